import { pageTitle } from "@/app/page-title";
import { AuditTable } from "@/components/admin/audit-table";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { firstBrokenAuditSeq, listAuditEvents } from "@/lib/audit/service";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";
import { readId } from "../cursor";

export const generateMetadata = pageTitle("Audit", "admin");

export default async function AuditPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const before = readId((await searchParams).before);
  const [{ events, next }, broken, { zone }] = await Promise.all([
    listAuditEvents({ beforeSeq: before, limit: 100 }),
    firstBrokenAuditSeq(),
    getSettings(),
  ]);
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what. Each event is sealed with the hash of the one before, so that a change or a gap shows."
      />
      {broken === null ? (
        <Callout tone="good">The chain is whole: no event was changed, removed or put in between.</Callout>
      ) : (
        <Callout tone="danger" title="The chain is broken">
          Event {broken} does not fit the one before it: something was changed, removed or put in from there on.
        </Callout>
      )}
      <AuditTable events={events} zone={zone} />
      <Pagination firstHref={before ? "/audit" : null} nextHref={next ? `/audit?before=${next}` : null} />
    </>
  );
}
