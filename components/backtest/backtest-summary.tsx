import { measuredDetail, measuredWords } from "@/components/dashboard/measured-words";
import { formatCount, formatMoney, formatPercent } from "@/components/ui/format";
import { Stat } from "@/components/ui/stat";
import type { Backtest } from "@/lib/backtest/contract";

/** All backtested weeks together, by customers. */
export function BacktestSummary({ backtest, currency }: { backtest: Backtest; currency: string }) {
  const { customers, weeks, capacity, threshold } = backtest;
  const { warningDays } = customers;
  return (
    <section aria-label="All weeks" className="space-y-2">
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat
          label="Listed before they left"
          value={measuredWords(customers.caught)}
          detail={measuredDetail(customers.caught, "customers who left")}
        />
        <Stat
          label="Their revenue"
          value={formatMoney(customers.caughtMrrCents, currency)}
          detail={`a month, of ${formatMoney(customers.departedMrrCents, currency)} that left`}
        />
        <Stat
          label="Warning"
          value={warningDays ? `${warningDays.median} days` : "none"}
          detail={
            warningDays
              ? `half had more; from ${warningDays.least} to ${warningDays.most}`
              : "nobody who left had been listed"
          }
        />
        <Stat
          label="Left without being listed"
          value={formatCount(customers.missed)}
          detail={`of ${formatCount(customers.departed)} customers who left`}
        />
      </dl>
      <p className="text-xs text-faint">
        {weeks.length} weeks of up to {formatCount(capacity)} listed customers: everyone above{" "}
        {formatPercent(threshold, 0)}, then the next by priority. A customer who is in several weeks counts once here;
        left means a departure within {backtest.horizonDays} days of a Monday. The interval is 95%, by customers.
      </p>
    </section>
  );
}
