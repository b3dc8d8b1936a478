import { formatCount, formatPercent } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { LATELY_DAYS, SOURCE_LABELS, type SourceReport } from "@/lib/data-report/contract";

/** One line for each source: how much, from when to when, whom it covers, and whether it says when things were known. */
export function SourceTable({ sources }: { sources: readonly SourceReport[] }) {
  return (
    <Table label="Sources">
      <TableHead>
        <HeaderCell>Source</HeaderCell>
        <HeaderCell numeric>Rows</HeaderCell>
        <HeaderCell>First day</HeaderCell>
        <HeaderCell>Last day</HeaderCell>
        <HeaderCell numeric title={`In the last ${LATELY_DAYS} days of the data`}>
          Paying customers with rows, {LATELY_DAYS} days
        </HeaderCell>
        <HeaderCell numeric>Recorded: assumed</HeaderCell>
        <HeaderCell numeric>Recorded: at import</HeaderCell>
      </TableHead>
      <TableBody>
        {sources.map((source) => (
          <Row key={source.source}>
            <Cell className="whitespace-nowrap font-medium text-ink">{SOURCE_LABELS[source.source]}</Cell>
            <Cell numeric>{formatCount(source.rows)}</Cell>
            <Cell className="whitespace-nowrap tabular-nums">{source.firstDay ?? "none"}</Cell>
            <Cell className="whitespace-nowrap tabular-nums">{source.lastDay ?? "none"}</Cell>
            <Cell numeric>{coverageWords(source)}</Cell>
            <Cell numeric>{shareWords(source.assumed, source.rows)}</Cell>
            <Cell numeric>{shareWords(source.received, source.rows)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function coverageWords({ covered }: SourceReport): string {
  if (!covered) return "nobody pays";
  return `${formatCount(covered.customers)} of ${formatCount(covered.of)}`;
}

function shareWords(rows: number, of: number): string {
  return of === 0 ? "no rows" : formatPercent(rows / of, 0);
}
