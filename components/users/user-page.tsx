import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatInstant } from "@/components/ui/format";
import type { UserSummary } from "@/lib/users/contract";
import { AccountForm } from "./account-form";
import { AccountStateBadge } from "./account-state";
import { ActivitySwitch } from "./activity-switch";
import { countedCustomers } from "./counted-customers";
import { EndSessions } from "./end-sessions";
import { HandOverForm, type Successor } from "./hand-over-form";
import { LinkActions } from "./link-actions";
import { linkWords } from "./link-words";

/**
 * One account with all that an administrator can do to it; of one's own, only what cannot lock oneself out. `owned` is how
 * many customers it owns, `successors` are those who may take them over.
 */
export function UserPage({
  user,
  own,
  owned,
  successors,
  zone,
}: {
  user: UserSummary;
  own: boolean;
  owned: number;
  successors: Successor[];
  zone: string;
}) {
  const when = (iso: string | null) => (iso ? formatInstant(iso, zone) : "never");
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="space-y-4">
        <Card title="Account">
          <AccountForm user={user} own={own} />
        </Card>
        <Card
          title="Customers"
          description={
            owned === 0
              ? `${user.name} owns no customers.`
              : `${user.name} owns ${countedCustomers(owned)}, those who have left included. Handed over, all of them belong to somebody else from then on; who had them before stays on record.`
          }
        >
          {owned > 0 && <HandOverForm user={user} owned={owned} successors={successors} />}
        </Card>
      </div>
      <div className="space-y-4">
        <Card title="Signing in">
          <div className="space-y-4">
            <DefinitionList
              items={[
                { term: "State", value: <AccountStateBadge user={user} /> },
                { term: "Account since", value: when(user.createdAt) },
                { term: "Last sign-in", value: when(user.lastSignInAt) },
                { term: "Password changed", value: when(user.passwordChangedAt) },
                ...(user.deactivatedAt ? [{ term: "Deactivated", value: when(user.deactivatedAt) }] : []),
                ...(user.link ? [{ term: linkWords(user.link.purpose).noun, value: linkState(user.link, when) }] : []),
              ]}
            />
            {own ? (
              <p className="text-sm text-muted">This is you: change your password under Password and sessions.</p>
            ) : (
              user.state !== "deactivated" && <LinkActions user={user} />
            )}
          </div>
        </Card>
        {!own && user.state === "active" && (
          <Card title="Sessions" description="Ends every session; the password stays as it is.">
            <EndSessions userId={user.id} name={user.name} />
          </Card>
        )}
        {!own && (
          <Card
            title="Access"
            description={
              user.state === "deactivated"
                ? "The account cannot sign in. Reactivated, it has the password and the role that it had."
                : "For somebody who leaves the team: the account stays, but nobody can sign in with it."
            }
          >
            <ActivitySwitch user={user} owned={owned} successors={successors} />
          </Card>
        )}
      </div>
    </div>
  );
}

function linkState(link: { expiresAt: string; expired: boolean }, when: (iso: string) => string): string {
  return link.expired ? `expired on ${when(link.expiresAt)}` : `open until ${when(link.expiresAt)}`;
}
