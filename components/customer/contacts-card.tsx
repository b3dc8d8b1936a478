"use client";

import { useMutation } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import {
  type Contact,
  type ContactAccess,
  VIEW_REASONS,
  type ViewReason,
  ViewReasonSchema,
} from "@/lib/customers/contract";
import { callApi } from "@/lib/http/client";

/** People are shown on request only, and each request is written down; who is not the owner says why. */
export function ContactsCard({
  customerId,
  count,
  access,
}: {
  customerId: number;
  count: number;
  access: ContactAccess;
}) {
  const [asking, setAsking] = useState(false);
  const contacts = useMutation({
    mutationFn: (reason: ViewReason | undefined) =>
      callApi<Contact[]>(`/api/v1/customers/${customerId}/contacts`, { body: { reason } }),
    onSuccess: () => setAsking(false),
  });
  if (access === "never") return null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    contacts.mutate(ViewReasonSchema.parse(new FormData(event.currentTarget).get("reason")));
  }

  return (
    <Card
      title="Contacts"
      description="Personal data: shown when asked for, and each viewing is recorded in the audit."
      actions={
        !contacts.data && (
          <Button
            busy={contacts.isPending}
            disabled={count === 0}
            onClick={() => {
              contacts.reset();
              if (access === "as_owner") contacts.mutate(undefined);
              else setAsking(true);
            }}
          >
            <Eye aria-hidden />
            {count === 0 ? "No contacts" : count === 1 ? "Show 1 contact" : `Show ${count} contacts`}
          </Button>
        )
      }
    >
      <Dialog open={asking} onClose={() => setAsking(false)} title="Show the people at this customer?">
        <form method="post" onSubmit={submit} className="space-y-4">
          <p className="text-sm text-muted">You are not the owner of this customer, so the audit keeps why you look.</p>
          {contacts.error && (
            <div role="alert">
              <Callout tone="danger">{contacts.error.message}</Callout>
            </div>
          )}
          <Field id="view-reason" label="Why">
            {(control) => (
              <Select {...control} name="reason" required defaultValue="">
                <option value="" disabled>
                  Choose a reason
                </option>
                {Object.entries(VIEW_REASONS).map(([reason, words]) => (
                  <option key={reason} value={reason}>
                    {words}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <DialogActions>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button type="submit" look="primary" busy={contacts.isPending}>
              Show
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      {contacts.error && !asking && <Callout tone="danger">{contacts.error.message}</Callout>}
      {contacts.data && (
        <ul className="divide-y divide-line text-sm">
          {contacts.data.map((contact) => (
            <li key={`${contact.fullName} ${contact.email}`} className="py-2 first:pt-0">
              <p>
                <span className="font-medium">{contact.fullName}</span>
                {contact.jobTitle && <span className="text-muted">, {contact.jobTitle}</span>}
                {contact.isPrimary && <span className="text-muted"> · main contact</span>}
              </p>
              <p className="text-muted">
                {contact.email && (
                  <a className="text-accent-text underline" href={`mailto:${contact.email}`}>
                    {contact.email}
                  </a>
                )}
                {contact.email && contact.phone && " · "}
                {contact.phone}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
