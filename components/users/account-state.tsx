import { Badge } from "@/components/ui/badge";
import type { UserSummary } from "@/lib/users/contract";

/** Whether a person can sign in, and what is missing where not. */
export function AccountStateBadge({ user }: { user: Pick<UserSummary, "state" | "link"> }) {
  if (user.state === "deactivated") return <Badge>deactivated</Badge>;
  if (user.state === "active") return <Badge tone="good">active</Badge>;
  if (user.link && !user.link.expired) return <Badge tone="accent">invited</Badge>;
  return <Badge tone="warn">{user.link ? "invitation expired" : "no invitation"}</Badge>;
}
