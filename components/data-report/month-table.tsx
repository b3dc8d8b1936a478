import { formatCount } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { type DataReport, SOURCE_LABELS } from "@/lib/data-report/contract";

/** Rows by month and source; the bar under a number compares it with the source's other months. */
export function MonthTable({ months, sources }: Pick<DataReport, "months" | "sources">) {
  return (
    <Table label="Rows by month and source">
      <TableHead>
        <HeaderCell>Month</HeaderCell>
        {sources.map(({ source }) => (
          <HeaderCell key={source} numeric>
            {SOURCE_LABELS[source]}
          </HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {months.map((month, index) => (
          <Row key={month}>
            <Cell className="whitespace-nowrap tabular-nums">{month}</Cell>
            {sources.map(({ source, rowsByMonth }) => (
              <Cell key={source} numeric>
                {formatCount(rowsByMonth[index] ?? 0)}
                <Bar share={(rowsByMonth[index] ?? 0) / Math.max(1, ...rowsByMonth)} />
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span aria-hidden className="mt-1 flex h-1 justify-end rounded-full bg-sunken">
      <span className="h-1 rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
