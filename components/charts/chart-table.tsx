import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { PreparedChart } from "./prepared-chart";

/** The figures of a chart in words, newest first. */
export function ChartTable({ chart }: { chart: PreparedChart }) {
  const positions = chart.points.map((_, i) => i).reverse();
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table label={chart.label}>
        <TableHead>
          <HeaderCell>When</HeaderCell>
          {chart.series.map((series) => (
            <HeaderCell key={series.key} numeric>
              {series.name}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {positions.map((i) => (
            <Row key={chart.points[i]?.key}>
              <Cell className="whitespace-nowrap">{chart.points[i]?.title}</Cell>
              {chart.series.map((series) => (
                <Cell key={series.key} numeric className={series.values[i] === null ? "text-faint" : undefined}>
                  {series.texts[i]}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
