import { pageTitle } from "@/app/page-title";
import { LeavingFilters } from "@/components/queue/leaving-filters";
import { LeavingList } from "@/components/queue/leaving-list";
import { NothingPublished } from "@/components/queue/nothing-published";
import { formatCount, formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { queueQueryFromAddress } from "@/lib/queue/contract";
import { readLeavingPage, readQueueHeader } from "@/lib/queue/service";
import { getReadiness } from "@/lib/readiness/service";

export const generateMetadata = pageTitle("Leaving", "csm", "vp", "admin");

export default async function LeavingPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const user = await requireUser("csm", "vp", "admin");
  const { owner, q } = queueQueryFromAddress(await searchParams);
  const [header, firstPage] = await Promise.all([
    readQueueHeader(user),
    readLeavingPage({ viewer: user, query: { owner, q } }),
  ]);
  if (!header) {
    const readiness = await getReadiness(CHURN_TARGET_ID, new Date());
    return <NothingPublished title="Leaving" role={user.role} readiness={readiness} />;
  }
  return (
    <>
      <PageHeader
        title="Leaving"
        description={`${formatCount(header.totals.leaving)} customers had given notice by ${formatDay(header.run.asOf, header.zone)}. They get no prediction: what is known needs none.`}
      />
      <LeavingFilters owner={owner} q={q} owners={header.owners} ownsCustomers={user.role === "csm"} />
      <LeavingList
        key={`${header.run.scoringRunId}?${owner}&${q}`}
        owner={owner}
        q={q}
        firstPage={firstPage}
        currency={header.currency}
        zone={header.zone}
      />
    </>
  );
}
