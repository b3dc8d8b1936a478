import { FileInput } from "lucide-react";
import { pageTitle } from "@/app/page-title";
import { MappingTable } from "@/components/mapping/mapping-table";
import { NewMapping } from "@/components/mapping/new-mapping";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listNewestVersions } from "@/lib/ingest/mapping/editing-service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Mappings", "admin");

export default async function MappingsPage() {
  await requireUser("admin");
  const [mappings, { zone }] = await Promise.all([listNewestVersions(), getSettings()]);
  return (
    <>
      <PageHeader
        title="Mappings"
        description="How the files of other systems become customers, subscriptions, usage, tickets and payments: made once for each source, used by each next file of it."
        back={{ href: "/imports", label: "Imports" }}
      />
      {mappings.length === 0 ? (
        <EmptyState icon={FileInput} title="No mapping yet">
          Files in the product's own form need none. For others, name their source below and show some of its files: a
          mapping is proposed by their names and first rows.
        </EmptyState>
      ) : (
        <MappingTable mappings={mappings} zone={zone} />
      )}
      <Card title="A further source">
        <NewMapping />
      </Card>
    </>
  );
}
