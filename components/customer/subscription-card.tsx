import { Chart } from "@/components/charts/chart";
import { prepareChart } from "@/components/charts/prepared-chart";
import { weekPoints } from "@/components/charts/week-points";
import { Card } from "@/components/ui/card";
import { formatMoney, formatNumber } from "@/components/ui/format";
import type { CustomerPage } from "@/lib/customers/contract";
import { counted, dateWords } from "./date-words";

const CHANGES_SHOWN = 8;

/** What was paid for, and every change of it. */
export function SubscriptionCard({ page }: { page: CustomerPage }) {
  const { subscription, changes, currency, zone } = page;
  const points = weekPoints(subscription.map((week) => week.week));
  const notPaying = "not paying";
  const revenue = prepareChart({
    label: "Monthly revenue",
    points,
    series: [
      {
        key: "revenue",
        name: "Monthly revenue",
        kind: "step",
        color: "chart-4",
        values: subscription.map((week) => (week.seats === null ? null : week.mrrCents)),
        nullMeans: notPaying,
        format: (value) => formatMoney(value, currency),
      },
    ],
    formatTick: (value) => formatMoney(value, currency),
  });
  const seats = prepareChart({
    label: "Paid seats",
    points,
    series: [
      {
        key: "seats",
        name: "Paid seats",
        kind: "step",
        color: "chart-3",
        values: subscription.map((week) => week.seats),
        nullMeans: notPaying,
        format: (value) => counted(value, "seat"),
      },
    ],
    formatTick: (value) => formatNumber(value),
    wholeSteps: true,
  });
  return (
    <Card title="Subscription">
      <div className="space-y-4">
        {subscription.some((week) => week.seats !== null) ? (
          <>
            <Chart chart={revenue} height={120} />
            <Chart chart={seats} height={110} />
          </>
        ) : (
          <p className="text-sm text-muted">Nothing was paid for in the last year.</p>
        )}
        {changes.length > 0 && (
          <ol className="space-y-1 text-sm">
            {changes.slice(0, CHANGES_SHOWN).map((change) => (
              <li key={`${change.at} ${change.text}`} className="flex gap-3">
                <time dateTime={change.at} className="w-24 shrink-0 text-muted">
                  {dateWords(change.at, zone)}
                </time>
                <span className="min-w-0">{change.text}</span>
              </li>
            ))}
            {changes.length > CHANGES_SHOWN && (
              <li className="text-faint">and {counted(changes.length - CHANGES_SHOWN, "earlier change")}</li>
            )}
          </ol>
        )}
      </div>
    </Card>
  );
}
