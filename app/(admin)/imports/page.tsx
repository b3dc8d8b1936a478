import { Upload } from "lucide-react";
import Link from "next/link";
import { pageTitle } from "@/app/page-title";
import { ImportTable } from "@/components/admin/import-table";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { listDeliveries } from "@/lib/deliveries/service";
import { listImports } from "@/lib/import-history/service";
import { getSettings } from "@/lib/settings/service";
import { readId } from "../cursor";

export const generateMetadata = pageTitle("Imports", "admin");

const LATEST_DELIVERIES = 5;

export default async function ImportsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const before = readId((await searchParams).before);
  const [{ imports, next }, latest, { zone }] = await Promise.all([
    listImports({ before, limit: 50 }),
    listDeliveries({ before: null, limit: LATEST_DELIVERIES }),
    getSettings(),
  ]);
  const deliveries = before === null ? latest.deliveries : [];
  return (
    <>
      <PageHeader
        title="Imports"
        description="What came in, what of it was new, and what was set aside. Bad rows never stop good ones."
        actions={
          <ButtonLink look="primary" href="/imports/new">
            <Upload aria-hidden strokeWidth={1.75} />
            Upload files
          </ButtonLink>
        }
      />
      {deliveries.length > 0 && (
        <section className="space-y-2" aria-labelledby="latest-deliveries">
          <div className="flex flex-wrap items-baseline justify-between gap-2">
            <h2 id="latest-deliveries" className="text-base font-semibold">
              Files that came last
            </h2>
            <Link href="/imports/deliveries" className="text-sm text-accent-text hover:underline">
              All deliveries
            </Link>
          </div>
          <DeliveryTable deliveries={deliveries} zone={zone} />
        </section>
      )}
      {deliveries.length > 0 && <h2 className="pt-2 text-base font-semibold">Imports</h2>}
      <ImportTable imports={imports} zone={zone} />
      <Pagination firstHref={before ? "/imports" : null} nextHref={next ? `/imports?before=${next}` : null} />
    </>
  );
}
