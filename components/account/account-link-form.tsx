"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { callApi } from "@/lib/http/client";
import { NewPasswordFields, readNewPassword } from "./new-password-fields";

/** Sets a password by a link and signs in with it. */
export function AccountLinkForm({ secret, email }: { secret: string; email: string }) {
  const [repeatProblem, setRepeatProblem] = useState<string | null>(null);
  const follow = useMutation({
    mutationFn: async (password: string) => {
      await callApi("/api/v1/account-links/follow", { body: { secret, password } });
      // The password is set and the link used up: where signing in fails now, the sign-in page is the way on.
      await signIn("credentials", { redirect: false, email, password }).catch(() => undefined);
      window.location.assign("/");
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = readNewPassword(new FormData(event.currentTarget));
    if (password === null) return setRepeatProblem("The two passwords differ.");
    setRepeatProblem(null);
    follow.mutate(password);
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-4">
      {follow.isError && (
        <div role="alert">
          <Callout tone="danger">{follow.error.message}</Callout>
        </div>
      )}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <NewPasswordFields label="Password" repeatProblem={repeatProblem} />
      <Button type="submit" look="primary" busy={follow.isPending || follow.isSuccess} className="h-9 w-full">
        Set the password and sign in
      </Button>
    </form>
  );
}
