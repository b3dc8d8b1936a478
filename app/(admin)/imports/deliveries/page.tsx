import { Inbox } from "lucide-react";
import { pageTitle } from "@/app/page-title";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { listDeliveries } from "@/lib/deliveries/service";
import { getSettings } from "@/lib/settings/service";
import { readCursor } from "../../cursor";

export const generateMetadata = pageTitle("Deliveries", "admin");

export default async function DeliveriesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const before = readCursor((await searchParams).before, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/);
  const [{ deliveries, next }, { zone }] = await Promise.all([listDeliveries({ before, limit: 50 }), getSettings()]);
  return (
    <>
      <PageHeader
        title="Deliveries"
        back={{ href: "/imports", label: "Imports" }}
        description="Files that were uploaded, sent by programs, or found in the inbox, and what became of them."
        actions={
          <ButtonLink look="primary" href="/imports/new">
            Upload files
          </ButtonLink>
        }
      />
      {deliveries.length === 0 ? (
        <EmptyState icon={Inbox} title="No files have come yet">
          Upload them here, let a program send them with an API token, or put them into the inbox (docs/import.md).
        </EmptyState>
      ) : (
        <DeliveryTable deliveries={deliveries} zone={zone} />
      )}
      <Pagination
        firstHref={before ? "/imports/deliveries" : null}
        nextHref={next ? `/imports/deliveries?${new URLSearchParams({ before: next })}` : null}
      />
    </>
  );
}
