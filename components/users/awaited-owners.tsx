import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { AwaitedOwner } from "@/lib/owners/contract";
import { countedCustomers } from "./counted-customers";
import { InviteUser } from "./invite-user";

/** Whom the import names as owners though they have no active account, with the way to give them one. */
export function AwaitedOwners({ owners }: { owners: AwaitedOwner[] }) {
  return (
    <Card
      title="Waiting for their owner"
      description="The imported data names these people as owners. Their customers are theirs as soon as they have an active account."
      flush
    >
      <ul
        aria-label="Waiting for their owner"
        className="max-h-80 divide-y divide-line overflow-y-auto border-t border-line"
      >
        {owners.map(({ email, customers, accountId }) => (
          <li key={email} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-4 py-2 text-sm">
            <span className="min-w-0 break-words">
              {countedCustomers(customers)} {customers === 1 ? "waits" : "wait"} for{" "}
              <span className="font-medium">{email}</span>
              {accountId !== null && <span className="text-muted">, who is deactivated</span>}
            </span>
            {accountId === null ? (
              <InviteUser email={email} size="sm" />
            ) : (
              <ButtonLink href={`/users/${accountId}`} size="sm" aria-label={`See ${email}`}>
                See
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
