import { measuredWords } from "@/components/dashboard/measured-words";
import { monthWords } from "@/components/dashboard/risk-stats";
import { Badge } from "@/components/ui/badge";
import { formatCount, formatPercent } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { CheckedMonth, ChurnCheck } from "@/lib/churn-check/contract";
import type { Measured } from "@/lib/retention/contract";

/** Each month that the data covers in full, newest first, and the average below. */
export function MonthsTable({ check }: { check: ChurnCheck }) {
  const { months, average } = check;
  return (
    <Table label="Churn by month">
      <TableHead>
        <HeaderCell>Month</HeaderCell>
        <HeaderCell numeric>At start</HeaderCell>
        <HeaderCell numeric>Left</HeaderCell>
        <HeaderCell numeric>Churn</HeaderCell>
        <HeaderCell numeric className="max-sm:hidden">
          95% interval
        </HeaderCell>
      </TableHead>
      <TableBody>
        {months.toReversed().map(({ month, atStart, departures, churn, state }) => (
          <Row key={month}>
            <Cell className="whitespace-nowrap">
              {monthWords(month)}{" "}
              {state === "provisional" && (
                <Badge className="ml-1.5 max-sm:ml-0 max-sm:block max-sm:w-fit">may still change</Badge>
              )}
            </Cell>
            <Cell numeric>{formatCount(atStart)}</Cell>
            <Cell numeric>{formatCount(departures)}</Cell>
            <Cell numeric className={churn.state === "measured" ? undefined : "text-faint"}>
              {churn.state === "none" ? "no rate" : measuredWords(churn)}
              <span className="block text-xs text-faint sm:hidden">{detailWords(churn, state)}</span>
            </Cell>
            <Cell numeric className="text-muted max-sm:hidden">
              {detailWords(churn, state)}
            </Cell>
          </Row>
        ))}
        {average.churn.state === "measured" && (
          <Row className="bg-sunken/60 font-medium">
            <Cell>
              Average of {average.months === 1 ? "the last final month" : `the last ${average.months} final months`}
            </Cell>
            <Cell numeric>{formatCount(average.churn.proportion.n)}</Cell>
            <Cell numeric>{formatCount(average.churn.proportion.hits)}</Cell>
            <Cell numeric>
              {measuredWords(average.churn)}
              <span className="block text-xs text-faint sm:hidden">{detailWords(average.churn, "whole")}</span>
            </Cell>
            <Cell numeric className="max-sm:hidden">
              {detailWords(average.churn, "whole")}
            </Cell>
          </Row>
        )}
      </TableBody>
    </Table>
  );
}

function detailWords(churn: Measured, state: CheckedMonth["state"]): string {
  if (state === "before_departures") return "before the first departure on record";
  if (churn.state === "too_few") return `fewer than ${churn.least} customers`;
  if (churn.state === "none") return "nobody at start";
  return `${formatPercent(churn.proportion.low, 1)} to ${formatPercent(churn.proportion.high, 1)}`;
}
