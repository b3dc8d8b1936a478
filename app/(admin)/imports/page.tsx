import { pageTitle } from "@/app/page-title";
import { ImportTable } from "@/components/admin/import-table";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { listImports } from "@/lib/import-history/service";
import { getSettings } from "@/lib/settings/service";
import { readId } from "../cursor";

export const generateMetadata = pageTitle("Imports", "admin");

export default async function ImportsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const before = readId((await searchParams).before);
  const [{ imports, next }, { zone }] = await Promise.all([listImports({ before, limit: 50 }), getSettings()]);
  return (
    <>
      <PageHeader
        title="Imports"
        description="What came in, what of it was new, and what was set aside. Bad rows never stop good ones."
      />
      <ImportTable imports={imports} zone={zone} />
      <Pagination firstHref={before ? "/imports" : null} nextHref={next ? `/imports?before=${next}` : null} />
    </>
  );
}
