"use client";

import { useMutation } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import { type CreateUser, PASSWORD_LENGTH_MIN, ROLE_LABELS, ROLES, RoleSchema } from "@/lib/users/contract";

/** A button that opens the form for a new account. The first password is handed over by the administrator. */
export function AddUser() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const create = useMutation({
    mutationFn: (body: CreateUser) => callApi("/api/v1/admin/users", { body }),
    onSuccess: () => {
      setOpen(false);
      router.refresh();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({
      name: String(form.get("name")),
      email: String(form.get("email")),
      role: RoleSchema.parse(form.get("role")),
      password: String(form.get("password")),
    });
  }

  return (
    <>
      <Button
        look="primary"
        onClick={() => {
          create.reset();
          setOpen(true);
        }}
      >
        <UserPlus aria-hidden strokeWidth={1.75} />
        Add a user
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Add a user">
        <form onSubmit={submit} className="space-y-4">
          {create.isError && (
            <div role="alert">
              <Callout tone="danger">{create.error.message}</Callout>
            </div>
          )}
          <Field id="new-name" label="Name">
            {(control) => <Input {...control} name="name" autoComplete="off" required maxLength={200} />}
          </Field>
          <Field id="new-email" label="E-mail">
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" required />}
          </Field>
          <Field id="new-role" label="Role">
            {(control) => (
              <Select {...control} name="role" defaultValue="csm">
                {ROLES.map((role) => (
                  <option key={role} value={role}>
                    {ROLE_LABELS[role]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            id="new-password"
            label="First password"
            hint={`At least ${PASSWORD_LENGTH_MIN} characters. Hand it over and ask for it to be changed after signing in.`}
          >
            {(control) => (
              <Input
                {...control}
                name="password"
                type="password"
                autoComplete="new-password"
                minLength={PASSWORD_LENGTH_MIN}
                required
              />
            )}
          </Field>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" look="primary" busy={create.isPending}>
              Add
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
