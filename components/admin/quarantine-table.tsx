import Link from "next/link";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { QuarantinedEntry } from "@/lib/import-history/contract";

/** Rows and single fields that were not taken, with what stood there; `withImport` where they are of several imports. */
export function QuarantineTable({
  entries,
  withImport = false,
}: {
  entries: QuarantinedEntry[];
  withImport?: boolean;
}) {
  return (
    <Table label="Quarantine">
      <TableHead>
        {withImport && <HeaderCell>Import</HeaderCell>}
        <HeaderCell>Where</HeaderCell>
        <HeaderCell>Column</HeaderCell>
        <HeaderCell>Value</HeaderCell>
        <HeaderCell>Reason</HeaderCell>
        <HeaderCell>Row as it came</HeaderCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.id}>
            {withImport && (
              <Cell className="whitespace-nowrap">
                <Link href={`/imports/${entry.importId}`} className="text-accent-text underline">
                  #{entry.importId}
                </Link>{" "}
                <span className="text-muted">{entry.source}</span>
              </Cell>
            )}
            <Cell className="whitespace-nowrap">
              {entry.file}, line {entry.line}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{entry.column ?? "whole row"}</Cell>
            <Cell className="max-w-48 break-words font-mono text-xs">{entry.value ?? ""}</Cell>
            <Cell className="min-w-56">{entry.reason}</Cell>
            <Cell className="max-w-80 break-all font-mono text-xs text-muted">{entry.raw}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
