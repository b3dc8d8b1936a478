import { FileInput } from "lucide-react";
import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ImportSummary } from "@/lib/import-history/contract";

export const IMPORT_TONES: Record<ImportSummary["status"], Tone> = {
  running: "accent",
  succeeded: "good",
  failed: "danger",
};

export const CHANNEL_WORDS: Record<ImportSummary["channel"], string> = {
  command: "command line",
  browser: "upload",
  api: "API",
  inbox: "watched folder",
  retry: "retry",
  simulator: "simulator",
};

export function ImportTable({ imports, zone }: { imports: ImportSummary[]; zone: string }) {
  if (imports.length === 0)
    return (
      <EmptyState icon={FileInput} title="Nothing has been imported yet">
        Upload files, or run <code className="font-mono text-xs">npm run import -- FOLDER</code>. What they hold is
        described in docs/import.md.
      </EmptyState>
    );
  return (
    <Table label="Imports">
      <TableHead>
        <HeaderCell>Import</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Came by</HeaderCell>
        <HeaderCell>Began</HeaderCell>
        <HeaderCell numeric>Files</HeaderCell>
        <HeaderCell numeric>Rows read</HeaderCell>
        <HeaderCell numeric>New</HeaderCell>
        <HeaderCell numeric>Quarantined</HeaderCell>
        <HeaderCell>By</HeaderCell>
      </TableHead>
      <TableBody>
        {imports.map((run) => (
          <Row key={run.id}>
            <Cell className="max-w-md">
              <Link href={`/imports/${run.id}`} className="font-medium text-accent-text hover:underline">
                #{run.id} {run.source}
              </Link>
              {run.error && <p className="mt-0.5 break-words text-xs text-danger-text">{run.error}</p>}
            </Cell>
            <Cell className="whitespace-nowrap">
              <Badge tone={IMPORT_TONES[run.status]}>{run.status}</Badge> {run.historical && <Badge>historical</Badge>}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">
              {CHANNEL_WORDS[run.channel]}
              {run.mappingVersion !== null && `, mapping version ${run.mappingVersion}`}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(run.startedAt, zone)}</Cell>
            <Cell numeric>{formatCount(run.files)}</Cell>
            <Cell numeric>{formatCount(run.rowsRead)}</Cell>
            <Cell numeric>{formatCount(run.rowsNew)}</Cell>
            <Cell numeric>{formatCount(run.rowsBad)}</Cell>
            <Cell className="whitespace-nowrap text-muted">{run.startedBy ?? "system"}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
