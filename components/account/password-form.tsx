"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import type { ChangePassword } from "@/lib/users/contract";
import { NewPasswordFields, readNewPassword } from "./new-password-fields";

/** Changes the own password. Every session ends with it, so this browser signs in again with the new one. */
export function PasswordForm({ email }: { email: string }) {
  const [repeatProblem, setRepeatProblem] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: async (body: ChangePassword) => {
      await callApi("/api/v1/users/me/password", { body });
      await signIn("credentials", { redirect: false, email, password: body.newPassword });
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const newPassword = readNewPassword(form);
    if (newPassword === null) return setRepeatProblem("The two new passwords differ.");
    setRepeatProblem(null);
    change.mutate(
      { currentPassword: String(form.get("currentPassword")), newPassword },
      { onSuccess: () => element.reset() },
    );
  }

  return (
    <form method="post" onSubmit={submit} className="max-w-sm space-y-4">
      {change.isSuccess && (
        <div role="status">
          <Callout tone="good">
            Your password is changed. Other browsers that were signed in as you are signed out.
          </Callout>
        </div>
      )}
      {change.isError && (
        <div role="alert">
          <Callout tone="danger">{change.error.message}</Callout>
        </div>
      )}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field id="current-password" label="Current password">
        {(control) => (
          <Input {...control} name="currentPassword" type="password" autoComplete="current-password" required />
        )}
      </Field>
      <NewPasswordFields label="New password" repeatProblem={repeatProblem} />
      <Button type="submit" look="primary" busy={change.isPending}>
        Change password
      </Button>
    </form>
  );
}
