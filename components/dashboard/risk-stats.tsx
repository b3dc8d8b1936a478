import Link from "next/link";
import { formatCount, formatDay, formatMoney, formatPercent } from "@/components/ui/format";
import { Stat } from "@/components/ui/stat";
import type { Dashboard } from "@/lib/retention/contract";
import { measuredDetail, measuredWords } from "./measured-words";

/** Where things stand this week. */
export function RiskStats({ dashboard }: { dashboard: Dashboard }) {
  const { now, months, currency, zone, targetMonthlyChurn } = dashboard;
  const lastOver = months.findLast((month) => month.state !== "partial" && month.churn.state !== "none");
  return (
    <section aria-label="This week" className="space-y-2">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label={lastOver ? `Churn in ${monthWords(lastOver.month)}` : "Monthly churn"}
          value={lastOver ? measuredWords(lastOver.churn) : "no data"}
          detail={
            lastOver
              ? `${lastOver.churn.state === "measured" ? "95% interval " : ""}${measuredDetail(lastOver.churn, "customers")} · target ${formatPercent(targetMonthlyChurn, 1)}`
              : "no month is over yet"
          }
        />
        <Stat
          label="Revenue at risk"
          value={now ? formatMoney(now.flaggedMrrCents, currency) : "none yet"}
          detail={
            now
              ? `a month, flagged · ${formatMoney(now.watchedMrrCents, currency)} on watch`
              : "before the first published scores"
          }
        />
        <Stat
          label="Expected loss"
          value={now ? formatMoney(now.expectedLossCents, currency) : "none yet"}
          detail={
            now && now.scoredMrrCents > 0
              ? `a month, probability × revenue · ${formatPercent(now.expectedLossCents / now.scoredMrrCents, 1)} of ${formatMoney(now.scoredMrrCents, currency)}`
              : "before the first published scores"
          }
        />
        <Stat
          label="Leaving"
          value={now ? formatCount(now.leaving) : "none yet"}
          detail={now ? `on notice · ${formatMoney(now.leavingMrrCents, currency)} a month` : ""}
        />
      </dl>
      {now && (
        <p className="text-sm text-muted">
          <Link className="text-accent-text underline" href="/queue?listing=flagged">
            {formatCount(now.flagged)} flagged
          </Link>{" "}
          and{" "}
          <Link className="text-accent-text underline" href="/queue?listing=watch">
            {formatCount(now.watched)} on watch
          </Link>{" "}
          of {formatCount(now.scored)} customers scored on {formatDay(now.asOf, zone)};{" "}
          <Link className="text-accent-text underline" href="/leaving">
            {formatCount(now.leaving)} on notice
          </Link>{" "}
          are listed apart.
        </p>
      )}
    </section>
  );
}

const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "October 2026" of 2026-10. */
export function monthWords(month: string): string {
  const [year, number] = month.split("-");
  return `${MONTH_NAMES[Number(number) - 1]} ${year}`;
}
