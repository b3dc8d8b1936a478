"use client";

import { useMutation } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import type { Contact } from "@/lib/customers/contract";
import { callApi } from "@/lib/http/client";

/** People are shown on request only, and each request is written down. */
export function ContactsCard({ customerId, count }: { customerId: number; count: number }) {
  const contacts = useMutation({
    mutationFn: () => callApi<Contact[]>(`/api/v1/customers/${customerId}/contacts`, { method: "POST" }),
  });
  return (
    <Card
      title="Contacts"
      description="Personal data: shown when asked for, and each viewing is recorded in the audit."
      actions={
        !contacts.data && (
          <Button busy={contacts.isPending} disabled={count === 0} onClick={() => contacts.mutate()}>
            <Eye aria-hidden />
            {count === 0 ? "No contacts" : count === 1 ? "Show 1 contact" : `Show ${count} contacts`}
          </Button>
        )
      }
    >
      {contacts.error && <Callout tone="danger">{contacts.error.message}</Callout>}
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
