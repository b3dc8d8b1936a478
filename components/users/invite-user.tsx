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
import { type InviteUser as Invitation, ROLE_LABELS, ROLES, RoleSchema } from "@/lib/users/contract";
import type { NewLink } from "@/lib/users/link-contract";
import { LinkOnce } from "./link-once";
import { linkWords } from "./link-words";

/** A button that opens the form for a new account, then shows its link, once. `email` fills the form in. */
export function InviteUser({ email, size = "md" }: { email?: string; size?: "sm" | "md" }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const invite = useMutation({
    mutationFn: (body: Invitation) => callApi<{ id: number; link: NewLink }>("/api/v1/admin/users", { body }),
  });

  function close() {
    setOpen(false);
    if (invite.isSuccess) router.refresh();
    invite.reset();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    invite.mutate({
      name: String(form.get("name")),
      email: String(form.get("email")),
      role: RoleSchema.parse(form.get("role")),
    });
  }

  return (
    <>
      <Button
        look={email ? "secondary" : "primary"}
        size={size}
        aria-label={email && `Invite ${email}`}
        onClick={() => setOpen(true)}
      >
        <UserPlus aria-hidden strokeWidth={1.75} />
        {email ? "Invite" : "Invite a user"}
      </Button>
      <Dialog open={open} onClose={close} title={invite.isSuccess ? "Hand this link over" : "Invite a user"}>
        {invite.isSuccess ? (
          <LinkOnce link={invite.data.link} name={invite.variables.name} onDone={close} />
        ) : (
          <form method="post" onSubmit={submit} className="space-y-4">
            {invite.isError && (
              <div role="alert">
                <Callout tone="danger">{invite.error.message}</Callout>
              </div>
            )}
            <p className="text-sm text-muted">
              You get a link to hand over, by which the person sets a password. It {linkWords("invite").lasts}; nothing
              is sent by e-mail.
            </p>
            <Field id="new-name" label="Name">
              {(control) => <Input {...control} name="name" autoComplete="off" required maxLength={200} />}
            </Field>
            <Field id="new-email" label="E-mail" hint="To sign in with, and as the import names owners of customers.">
              {(control) => (
                <Input {...control} name="email" type="email" defaultValue={email} autoComplete="off" required />
              )}
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
            <DialogActions>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" busy={invite.isPending}>
                Make the link
              </Button>
            </DialogActions>
          </form>
        )}
      </Dialog>
    </>
  );
}
