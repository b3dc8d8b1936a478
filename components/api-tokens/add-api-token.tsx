"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SecretOnce } from "@/components/ui/secret-once";
import type { CreateApiToken, CreatedApiToken } from "@/lib/api-tokens/contract";
import { callApi } from "@/lib/http/client";
import { ExampleCall } from "./example-call";

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { days: 90, label: "90 days" },
  { days: 365, label: "A year" },
  { days: 0, label: "Until it is revoked" },
] as const;

/** A button that opens the form for a new token, and then shows its secret, once. */
export function AddApiToken() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const create = useMutation({
    mutationFn: (body: CreateApiToken) => callApi<CreatedApiToken>("/api/v1/admin/api-tokens", { body }),
    onSuccess: () => router.refresh(),
  });

  function close() {
    setOpen(false);
    // The secret must not stay in the page.
    create.reset();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = Number(form.get("days"));
    create.mutate({
      name: String(form.get("name")),
      source: String(form.get("source")),
      ...(days > 0 && { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() }),
    });
  }

  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <KeyRound aria-hidden strokeWidth={1.75} />
        Add a token
      </Button>
      <Dialog open={open} onClose={close} title={create.isSuccess ? "Copy the token now" : "Add a token"}>
        {create.isSuccess ? (
          <>
            <ExampleCall source={create.variables.source} />
            <SecretOnce
              label="Token"
              warning="It is shown this once. Whoever has it can send files, so keep it like a password."
              secret={create.data.secret}
              onDone={close}
            />
          </>
        ) : (
          <form method="post" onSubmit={submit} className="space-y-4">
            {create.isError && (
              <div role="alert">
                <Callout tone="danger">{create.error.message}</Callout>
              </div>
            )}
            <Field id="token-name" label="Name" hint="Which program will use it.">
              {(control) => <Input {...control} name="name" autoComplete="off" required maxLength={100} />}
            </Field>
            <Field id="token-source" label="Source" hint="Lower-case letters, digits and hyphens, such as billing.">
              {(control) => (
                <Input
                  {...control}
                  name="source"
                  autoComplete="off"
                  required
                  maxLength={40}
                  pattern="[a-z][a-z0-9\-]*"
                />
              )}
            </Field>
            <Field id="token-days" label="Holds for">
              {(control) => (
                <Select {...control} name="days" defaultValue="365">
                  {LIFETIMES.map(({ days, label }) => (
                    <option key={days} value={days}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <DialogActions>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" busy={create.isPending}>
                Add
              </Button>
            </DialogActions>
          </form>
        )}
      </Dialog>
    </>
  );
}
