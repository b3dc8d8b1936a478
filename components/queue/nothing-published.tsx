import { Waves } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isFailed, noQueueTitle, type Readiness } from "@/lib/readiness/contract";
import type { Role } from "@/lib/users/contract";

/** Before the first scores: what stands in the way of a queue, or what has to happen, for admins with the way there. */
export function NothingPublished({ title, role, readiness }: { title: string; role: Role; readiness: Readiness }) {
  const isAdmin = role === "admin";
  const { state, says, helps } = readiness;
  const action = isAdmin && <ButtonLink href="/setup">Go on with set-up</ButtonLink>;
  if (isFailed(state) && state !== "no_data")
    return (
      <>
        <PageHeader title={title} />
        <EmptyState
          icon={Waves}
          title={noQueueTitle(state)}
          action={(isAdmin || role === "vp") && <ButtonLink href="/churn-check">Open the churn check</ButtonLink>}
        >
          <p>{says}</p>
          {helps && <p className="mt-2">What would help: {helps}</p>}
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader title={title} />
      <EmptyState icon={Waves} title="No scores have been published yet" action={action}>
        They appear here after the first model is trained and the first week is scored.
        {!isAdmin && " An administrator is setting that up."}
      </EmptyState>
    </>
  );
}
