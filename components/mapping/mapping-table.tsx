import Link from "next/link";
import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { MappingVersion } from "@/lib/ingest/mapping/editing-contract";

/** The mapping in force of each source. */
export function MappingTable({ mappings, zone }: { mappings: MappingVersion[]; zone: string }) {
  return (
    <Table label="Mappings">
      <TableHead>
        <HeaderCell>Source</HeaderCell>
        <HeaderCell>Files</HeaderCell>
        <HeaderCell numeric>Version</HeaderCell>
        <HeaderCell>Saved</HeaderCell>
        <HeaderCell>By</HeaderCell>
      </TableHead>
      <TableBody>
        {mappings.map((mapping) => (
          <Row key={mapping.source}>
            <Cell>
              <Link href={`/mappings/${mapping.source}`} className="font-medium text-accent-text underline">
                {mapping.source}
              </Link>
            </Cell>
            <Cell className="min-w-56 text-muted">{mapping.files.join(", ")}</Cell>
            <Cell numeric>{mapping.version}</Cell>
            <Cell className="whitespace-nowrap">{formatInstant(mapping.savedAt, zone)}</Cell>
            <Cell>{mapping.savedBy ?? "the command line"}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
