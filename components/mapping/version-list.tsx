import { formatCount, formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { MappingVersion } from "@/lib/ingest/mapping/editing-contract";

/** What was saved of a source's mapping, newest first: the first is in force. */
export function VersionList({ versions, zone }: { versions: MappingVersion[]; zone: string }) {
  return (
    <Table label="Versions">
      <TableHead>
        <HeaderCell numeric>Version</HeaderCell>
        <HeaderCell>Saved</HeaderCell>
        <HeaderCell>By</HeaderCell>
        <HeaderCell>Files</HeaderCell>
        <HeaderCell numeric>Imports by it</HeaderCell>
      </TableHead>
      <TableBody>
        {versions.map((version, index) => (
          <Row key={version.id}>
            <Cell numeric>{version.version}</Cell>
            <Cell className="whitespace-nowrap">
              {formatInstant(version.savedAt, zone)}
              {index === 0 && <span className="text-muted"> · in force</span>}
            </Cell>
            <Cell>{version.savedBy ?? "the command line"}</Cell>
            <Cell className="min-w-56 text-muted">{version.files.join(", ")}</Cell>
            <Cell numeric>{formatCount(version.imports)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
