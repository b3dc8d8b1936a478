import { pageTitle } from "@/app/page-title";
import { NothingPublished } from "@/components/queue/nothing-published";
import { PriorityDialog } from "@/components/queue/priority-dialog";
import { QueueFilters } from "@/components/queue/queue-filters";
import { QueueList } from "@/components/queue/queue-list";
import { QueueTotals } from "@/components/queue/queue-totals";
import { formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { queueQueryFromAddress, queueQueryToAddress } from "@/lib/queue/contract";
import { readQueueHeader, readQueuePage } from "@/lib/queue/service";
import { getReadiness } from "@/lib/readiness/service";

export const generateMetadata = pageTitle("Risk queue", "csm", "vp", "admin");

export default async function QueuePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const user = await requireUser("csm", "vp", "admin");
  const query = queueQueryFromAddress(await searchParams);
  const [header, firstPage] = await Promise.all([readQueueHeader(user), readQueuePage({ viewer: user, query })]);
  if (!header) {
    const readiness = await getReadiness(CHURN_TARGET_ID, new Date());
    return <NothingPublished title="Risk queue" role={user.role} readiness={readiness} />;
  }
  const address = queueQueryToAddress(query);
  return (
    <>
      <PageHeader
        title="Risk queue"
        description={`Who is likely to leave within 30 days of ${formatDay(header.run.asOf, header.zone)}, most at stake first.`}
        actions={<PriorityDialog terms={header.priority} run={header.run} />}
      />
      <QueueTotals header={header} />
      <QueueFilters query={query} header={header} ownsCustomers={user.role === "csm"} />
      <QueueList
        key={`${header.run.scoringRunId}?${address}`}
        query={query}
        firstPage={firstPage}
        run={header.run}
        currency={header.currency}
        zone={header.zone}
      />
    </>
  );
}
