import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";
import { MappingEditor } from "@/components/mapping/mapping-editor";
import { VersionList } from "@/components/mapping/version-list";
import { formatInstant } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listUndecided } from "@/lib/deliveries/sample-service";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import { listCanonicalColumns, listMappingVersions } from "@/lib/ingest/mapping/editing-service";
import { findMapping } from "@/lib/ingest/mapping/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Mapping", "admin");

export default async function MappingPage({ params }: { params: Promise<{ source: string }> }) {
  await requireUser("admin");
  const { source } = await params;
  if (!SourceSchema.safeParse(source).success) notFound();
  const [saved, versions, undecided, { zone }] = await Promise.all([
    findMapping(source),
    listMappingVersions(source),
    listUndecided(source),
    getSettings(),
  ]);
  return (
    <>
      <PageHeader
        title={`Mapping of ${source}`}
        description="How the files of this source become rows of the product. What is proposed is a start: check it against the first rows."
        back={{ href: "/mappings", label: "Mappings" }}
      />
      <MappingEditor
        source={source}
        saved={saved?.mapping ?? null}
        version={saved?.version ?? 0}
        columns={listCanonicalColumns()}
        deliveries={undecided.map(({ id, files, receivedAt }) => ({
          id,
          came: formatInstant(receivedAt, zone),
          names: files.map(({ name }) => name),
        }))}
      />
      {versions.length > 0 && (
        <>
          <h2 className="mt-8 mb-3 text-base font-semibold text-ink">Versions</h2>
          <VersionList versions={versions} zone={zone} />
        </>
      )}
    </>
  );
}
