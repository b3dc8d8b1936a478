import clsx from "clsx";
import Link from "next/link";
import { ListingBadge } from "@/components/queue/listing-badge";
import { ProbabilityFigure } from "@/components/queue/probability-figure";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatDay, formatMoney } from "@/components/ui/format";
import { Pagination } from "@/components/ui/pagination";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Backtest, BacktestedCustomer } from "@/lib/backtest/contract";
import { backtestHref } from "./backtest-href";

type Props = { backtest: Backtest; currency: string; zone: string; linked: boolean };

/** The customers of one backtested week: its list by priority, or those who left without being on it, by revenue. */
export function BacktestedCustomers({ backtest, currency, zone, linked }: Props) {
  const { shown, threshold } = backtest;
  const missed = shown.show === "missed";
  const monday = formatDay(`${shown.day}T12:00:00Z`, zone);
  return (
    <section className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2 pt-2">
        <h2 className="text-base font-semibold">
          {missed ? `Left unlisted after ${monday}` : `The list of ${monday}`}
        </h2>
        <nav aria-label="Which customers" className="flex rounded-md border border-line bg-surface p-0.5 text-sm">
          <ListLink backtest={backtest} show="listed" label="Would have been listed" />
          <ListLink backtest={backtest} show="missed" label="Left unlisted" />
        </nav>
      </div>
      {shown.rows.length === 0 ? (
        <EmptyState title={missed ? "Nobody left unlisted" : "Nobody would have been listed"}>
          {missed
            ? "Everyone who left within the label window was on the list of this week."
            : "No customer was above the floor of the watch list."}
        </EmptyState>
      ) : (
        <Table label={missed ? "Customers who left unlisted" : "Customers who would have been listed"}>
          <TableHead>
            <HeaderCell>Customer</HeaderCell>
            <HeaderCell>Probability</HeaderCell>
            <HeaderCell>{missed ? "What was known" : "Reasons"}</HeaderCell>
            <HeaderCell numeric>Revenue a month</HeaderCell>
            <HeaderCell>What came of it</HeaderCell>
          </TableHead>
          <TableBody>
            {shown.rows.map((row) => (
              <Row key={row.customerId}>
                <Cell className="min-w-44">
                  <CustomerName row={row} linked={linked} />
                  <p className="mt-0.5 flex items-center gap-1.5 text-xs text-faint">
                    <ListingBadge listing={row.listing} /> #{formatCount(row.probabilityRank)} by probability
                  </p>
                </Cell>
                <Cell>
                  <ProbabilityFigure probability={row.probability} threshold={threshold} listing={row.listing} />
                </Cell>
                <Cell className="min-w-64">
                  <Reasons reasons={row.reasons} />
                </Cell>
                <Cell numeric>{formatMoney(row.mrrCents, currency)}</Cell>
                <Cell className="whitespace-nowrap">
                  {row.departedAt ? (
                    <>
                      <span className="font-medium text-danger-text">Left {formatDay(row.departedAt, zone)}</span>
                      <span className="block text-xs text-faint">{row.warningDays} days after the Monday</span>
                    </>
                  ) : (
                    <span className="text-muted">Stayed</span>
                  )}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination firstHref={null} nextHref={shown.next ? backtestHref(backtest, { after: shown.next }) : null} />
    </section>
  );
}

function ListLink({ backtest, show, label }: { backtest: Backtest; show: string; label: string }) {
  const current = backtest.shown.show === show;
  return (
    <Link
      href={backtestHref(backtest, { show })}
      aria-current={current ? "true" : undefined}
      className={clsx(
        "rounded px-2.5 py-1 font-medium",
        current ? "bg-accent-soft text-accent-text" : "text-muted hover:text-ink",
      )}
    >
      {label}
    </Link>
  );
}

function CustomerName({ row, linked }: { row: BacktestedCustomer; linked: boolean }) {
  if (!linked) return <span className="font-medium text-ink">{row.name}</span>;
  return (
    <Link
      href={`/customers/${row.customerId}`}
      prefetch={false}
      className="font-medium text-accent-text hover:underline"
    >
      {row.name}
    </Link>
  );
}

function Reasons({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return <span className="text-faint">Nothing stood out</span>;
  return (
    <ul className="space-y-0.5">
      {reasons.map((text, index) => (
        <li key={text} className={index === 0 ? "text-ink" : "text-muted"}>
          {text}
        </li>
      ))}
    </ul>
  );
}
