"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import { type ChangeUser, ROLE_LABELS, ROLES, RoleSchema, type UserSummary } from "@/lib/users/contract";

/** Name and role of an account; one's own role is another administrator's to change. */
export function AccountForm({ user, own }: { user: UserSummary; own: boolean }) {
  const router = useRouter();
  const change = useMutation({
    mutationFn: (body: ChangeUser) => callApi(`/api/v1/admin/users/${user.id}`, { method: "PATCH", body }),
    onSuccess: () => router.refresh(),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const role = own ? {} : { role: RoleSchema.parse(form.get("role")) };
    change.mutate({ name: String(form.get("name")), ...role });
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-4">
      {change.isError && (
        <div role="alert">
          <Callout tone="danger">{change.error.message}</Callout>
        </div>
      )}
      {change.isSuccess && (
        <div role="status">
          <Callout tone="good">Saved.</Callout>
        </div>
      )}
      <Field id="user-name" label="Name">
        {(control) => (
          <Input {...control} name="name" defaultValue={user.name} autoComplete="off" required maxLength={200} />
        )}
      </Field>
      <Field
        id="user-role"
        label="Role"
        hint={
          own ? "Your own role can be changed by another administrator." : "Another role holds from the next click on."
        }
      >
        {(control) => (
          <Select {...control} name="role" defaultValue={user.role} disabled={own}>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {ROLE_LABELS[role]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" busy={change.isPending}>
        Save
      </Button>
    </form>
  );
}
