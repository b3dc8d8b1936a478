import Link from "next/link";
import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";
import { ImportRemarksTable, StillWaitingNote } from "@/components/admin/import-remarks";
import { ImportFilesTable, ImportInputsTable, QuarantineReasonsTable } from "@/components/admin/import-report";
import { CHANNEL_WORDS, IMPORT_TONES } from "@/components/admin/import-table";
import { QuarantineTable } from "@/components/admin/quarantine-table";
import { RetryQuarantine } from "@/components/admin/retry-quarantine";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatCount, formatInstant } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { getImport, listQuarantined } from "@/lib/import-history/service";
import { getSettings } from "@/lib/settings/service";
import { readId } from "../../cursor";

export const generateMetadata = pageTitle("Import", "admin");

type Props = { params: Promise<{ importId: string }>; searchParams: Promise<Record<string, unknown>> };

export default async function ImportPage({ params, searchParams }: Props) {
  await requireUser("admin");
  const importId = readId((await params).importId);
  const detail = importId && (await getImport(importId));
  if (!detail) notFound();
  const after = readId((await searchParams).after);
  const [{ entries, next }, { zone }] = await Promise.all([
    listQuarantined({ filter: { importId: detail.id }, after, limit: 50 }),
    getSettings(),
  ]);
  const here = `/imports/${detail.id}`;
  return (
    <>
      <PageHeader
        title={`Import #${detail.id}`}
        back={{ href: "/imports", label: "Imports" }}
        actions={
          <>
            <Badge tone={IMPORT_TONES[detail.status]}>{detail.status}</Badge>
            <ButtonLink href="/data-report">Data report</ButtonLink>
          </>
        }
      />
      {detail.error && <Callout tone="danger">{detail.error}</Callout>}
      <DefinitionList
        items={[
          { term: "Source", value: detail.source },
          { term: "From", value: <Origin origin={detail.origin} /> },
          { term: "Came by", value: CHANNEL_WORDS[detail.channel] },
          {
            term: "Mapping",
            value:
              detail.mappingVersion === null ? (
                "none: canonical files"
              ) : (
                <Link href={`/mappings/${detail.source}`} className="text-accent-text hover:underline">
                  version {detail.mappingVersion}
                </Link>
              ),
          },
          { term: "Began", value: formatInstant(detail.startedAt, zone) },
          { term: "Ended", value: detail.finishedAt ? formatInstant(detail.finishedAt, zone) : "not yet" },
          {
            term: "Rows without recorded_at",
            value: detail.historical
              ? "known since they occurred, plus the stated lag (historical)"
              : "known since this import",
          },
          { term: "Started by", value: detail.startedBy ?? "system" },
        ]}
      />
      {detail.inputs.length > 0 && <ImportInputsTable inputs={detail.inputs} />}
      {detail.fileReports.length > 0 && (
        <ImportFilesTable files={detail.fileReports} mapped={detail.inputs.length > 0} zone={zone} now={new Date()} />
      )}
      <ImportRemarksTable files={detail.fileReports} rowsGivenUp={detail.rowsGivenUp} />
      <StillWaitingNote {...detail.stillWaiting} />
      <h2 className="pt-2 text-base font-semibold">Quarantine</h2>
      {detail.rowsTakenLater > 0 && (
        <p className="text-sm text-muted">
          {detail.rowsTakenLater === 1 ? "1 row was" : `${formatCount(detail.rowsTakenLater)} rows were`} taken later,
          when tried again.
        </p>
      )}
      <RetryQuarantine imports={detail.retriable ? [detail.retriable] : []} />
      {entries.length === 0 ? (
        <p className="text-sm text-muted">{detail.rowsTakenLater === 0 ? "No row was refused." : "Nothing is open."}</p>
      ) : (
        <>
          {!after && <QuarantineReasonsTable reasons={detail.reasons} />}
          <ButtonLink href={`/quarantine?importId=${detail.id}`}>Filter and export</ButtonLink>
          <QuarantineTable entries={entries} />
          <Pagination firstHref={after ? here : null} nextHref={next ? `${here}?after=${next}` : null} />
        </>
      )}
    </>
  );
}

/** The delivery whose files were imported, which have moved since; else the folder. */
function Origin({ origin }: { origin: string }) {
  const delivery = /[\\/]import[\\/]deliveries[\\/]([0-9a-f-]{36})$/.exec(origin)?.[1];
  if (!delivery) return <span className="font-mono text-xs">{origin}</span>;
  return (
    <Link href={`/imports/deliveries/${delivery}`} className="text-accent-text hover:underline">
      the files that came
    </Link>
  );
}
