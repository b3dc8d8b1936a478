import { pageTitle } from "@/app/page-title";
import { QuarantineReasonsTable } from "@/components/admin/import-report";
import { QuarantineFilters } from "@/components/admin/quarantine-filters";
import { QuarantineTable } from "@/components/admin/quarantine-table";
import { RetryQuarantine } from "@/components/admin/retry-quarantine";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { QuarantineFilterSchema } from "@/lib/import-history/contract";
import { countReasons, listQuarantined, listRetriable } from "@/lib/import-history/service";
import { readId } from "../cursor";

export const generateMetadata = pageTitle("Quarantine", "admin");

export default async function QuarantinePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const { after: place, ...asked } = await searchParams;
  const after = readId(place);
  // A form sends its empty fields too, and an address that was changed by hand looks at everything.
  const named = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const filter = QuarantineFilterSchema.safeParse(named).data ?? {};
  const [{ entries, next }, reasons, retriable] = await Promise.all([
    listQuarantined({ filter, after, limit: 50 }),
    countReasons(filter),
    listRetriable(filter),
  ]);
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)])).toString();
  const here = `/quarantine?${query}`;
  return (
    <>
      <PageHeader title="Quarantine" description="Rows and single values that imports set aside, and why." />
      <QuarantineFilters filter={filter} exportHref={`/api/v1/admin/quarantine?${query}`} />
      <RetryQuarantine imports={after ? [] : retriable} />
      {entries.length === 0 ? (
        <EmptyState title={query ? "Nothing fits the filter" : "Every row was taken"}>
          {query ? "Clear the filter to see all that was set aside." : "No row that an import set aside is still open."}
        </EmptyState>
      ) : (
        <>
          {!after && <QuarantineReasonsTable reasons={reasons} />}
          <QuarantineTable entries={entries} withImport />
          <Pagination firstHref={after ? here : null} nextHref={next ? `${here}&after=${next}` : null} />
        </>
      )}
    </>
  );
}
