"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TOO_MANY_ATTEMPTS } from "@/lib/auth/contract";

/** E-mail address and password; `next` is where a good sign-in leads. */
export function SignInForm({ next }: { next: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const result = await signIn("credentials", {
      redirect: false,
      email: String(form.get("email")),
      password: String(form.get("password")),
    }).catch(() => undefined);
    if (result?.ok && !result.error) {
      // A full load: nothing made for another session stays in the browser.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setProblem(problemText(result?.error));
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-4">
      {problem && (
        <div role="alert">
          <Callout tone="danger">{problem}</Callout>
        </div>
      )}
      <Field id="email" label="E-mail">
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" required autoFocus />}
      </Field>
      <Field id="password" label="Password">
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" look="primary" busy={busy} className="h-9 w-full">
        Sign in
      </Button>
    </form>
  );
}

function problemText(error: string | null | undefined): string {
  if (error === TOO_MANY_ATTEMPTS) return "Too many failed attempts. Wait a quarter of an hour and try again.";
  if (error === "CredentialsSignin") return "E-mail or password is not right.";
  return "Signing in did not work: the server could not be reached or had a fault. Try again.";
}
