import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";

const ROWS_SHOWN = 5;

/** How a file begins, as text, and what its columns look like. */
export function FirstRows({ sample, findings }: { sample: SampleFile; findings: readonly ColumnFinding[] }) {
  return (
    <Table label={`First rows of ${sample.name}`}>
      <TableHead>
        {sample.header.map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns stand in their place, and a name can come twice
          <HeaderCell key={at}>
            <span className="text-ink">{name}</span>
          </HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {findings.length > 0 && (
          <Row>
            {findings.map((finding, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Cell key={at} className="min-w-32 text-xs text-muted">
                {finding.why}
                {finding.doubt && <span className="block text-warn-text">{finding.doubt}</span>}
              </Cell>
            ))}
          </Row>
        )}
        {sample.rows.slice(0, ROWS_SHOWN).map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their place
          <Row key={line}>
            {sample.header.map((_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Cell key={at} className="max-w-64 truncate whitespace-nowrap font-mono text-xs" title={row[at]}>
                {row[at] ?? ""}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
