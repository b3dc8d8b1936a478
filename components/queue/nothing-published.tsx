import { Waves } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { Role } from "@/lib/users/contract";

/** Before the first scores: what has to happen for this page to fill, for admins with the way there. */
export function NothingPublished({ title, role }: { title: string; role: Role }) {
  const isAdmin = role === "admin";
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={Waves}
        title="No scores have been published yet"
        action={isAdmin && <ButtonLink href="/setup">Go on with set-up</ButtonLink>}
      >
        They appear here after the first model is trained and the first week is scored.
        {!isAdmin && " An administrator is setting that up."}
      </EmptyState>
    </>
  );
}
