import Link from "next/link";
import { formatCount, formatDay, formatMoney } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Backtest } from "@/lib/backtest/contract";
import { backtestHref } from "./backtest-href";

/** What each week's list would have held, and what came of it; a week leads to its customers. */
export function BacktestWeeks({ backtest, currency, zone }: { backtest: Backtest; currency: string; zone: string }) {
  return (
    <section className="space-y-2">
      <h2 className="pt-2 text-base font-semibold">Weeks</h2>
      <Table label="Backtested weeks">
        <TableHead>
          <HeaderCell>Monday</HeaderCell>
          <HeaderCell numeric>Scored</HeaderCell>
          <HeaderCell numeric>Left of flagged</HeaderCell>
          <HeaderCell numeric>Left of listed</HeaderCell>
          <HeaderCell numeric>Left, all</HeaderCell>
          <HeaderCell numeric>Left unlisted</HeaderCell>
          <HeaderCell numeric>Revenue that left, listed</HeaderCell>
        </TableHead>
        <TableBody>
          {backtest.weeks.map((week) => (
            <Row key={week.day} className={week.day === backtest.shown.day ? "bg-sunken/60" : undefined}>
              <Cell className="whitespace-nowrap">
                <Link
                  href={backtestHref(backtest, { week: week.day })}
                  aria-current={week.day === backtest.shown.day ? "true" : undefined}
                  className="font-medium text-accent-text hover:underline"
                >
                  {formatDay(`${week.day}T12:00:00Z`, zone)}
                </Link>
              </Cell>
              <Cell numeric>{formatCount(week.scored)}</Cell>
              <Cell numeric>
                {formatCount(week.flaggedDeparted)} of {formatCount(week.flagged)}
              </Cell>
              <Cell numeric>
                {formatCount(week.listedDeparted)} of {formatCount(week.listed)}
              </Cell>
              <Cell numeric>{formatCount(week.departed)}</Cell>
              <Cell numeric>{formatCount(week.departed - week.listedDeparted)}</Cell>
              <Cell numeric>
                {formatMoney(week.listedDepartedMrrCents, currency)} of {formatMoney(week.departedMrrCents, currency)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
