import { Chart } from "@/components/charts/chart";
import { prepareChart } from "@/components/charts/prepared-chart";
import { dayIn, weekPoints } from "@/components/charts/week-points";
import { Card } from "@/components/ui/card";
import { formatPercent } from "@/components/ui/format";
import type { CustomerPage, HistoryPoint } from "@/lib/customers/contract";

const STATE_WORDS = { shown: "", unlisted: "not listed", not_scored: "not scored" } as const;

/** The probability of every published week, as it was published then. */
export function HistoryCard({ page }: { page: CustomerPage }) {
  const { history, zone } = page;
  const last = history.at(-1);
  if (!last || !history.some((point) => point.probability !== null)) return null;
  const chart = prepareChart({
    label: "Probability of leaving within 30 days, by week",
    points: weekPoints(history.map((point) => dayIn(point.asOf, zone))),
    series: [
      {
        key: "probability",
        name: "Probability",
        kind: "line",
        color: "chart-1",
        values: history.map((point) => point.probability),
        nullMeans: (i) => STATE_WORDS[history[i]?.state ?? "not_scored"],
        format: (value) => formatPercent(value, 1),
      },
    ],
    scale: { min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
    formatTick: (value) => formatPercent(value, 0),
    references: [{ value: last.threshold, text: `flagged above ${formatPercent(last.threshold, 0)}` }],
    marks: modelChanges(history).map((point) => ({
      key: dayIn(point.asOf, zone),
      // One word to a chart, which would break it at the blank.
      text: `model\u00a0${point.modelNumber}`,
    })),
  });
  return (
    <Card
      title="Probability over time"
      description="As published each week. A gap is a week without a score to show: not paying yet, on notice, or not listed."
    >
      <Chart chart={chart} height={210} />
    </Card>
  );
}

/** Weeks whose model is another than that of the week before. */
function modelChanges(history: readonly HistoryPoint[]): HistoryPoint[] {
  return history.filter((point, i) => i > 0 && point.modelNumber !== history[i - 1]?.modelNumber);
}
