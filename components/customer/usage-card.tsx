import { Chart } from "@/components/charts/chart";
import { prepareChart } from "@/components/charts/prepared-chart";
import { weekPoints } from "@/components/charts/week-points";
import { Card } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/format";
import type { CustomerPage } from "@/lib/customers/contract";
import { counted } from "./date-words";

const NO_DATA = "no data";

/** How much and by how many the product is used, week by week. */
export function UsageCard({ page }: { page: CustomerPage }) {
  const { usage } = page;
  const points = weekPoints(usage.map((week) => week.week));
  if (!usage.some((week) => week.sessions !== null))
    return (
      <Card title="Usage">
        <p className="text-sm text-muted">No usage was ever imported.</p>
      </Card>
    );
  const sessions = prepareChart({
    label: "Sessions a week",
    points,
    series: [
      {
        key: "sessions",
        name: "Sessions a week",
        kind: "bar",
        color: "chart-1",
        values: usage.map((week) => week.sessions),
        nullMeans: NO_DATA,
        format: (value) => formatNumber(value),
      },
      {
        key: "mean",
        name: "Mean of 28 days",
        kind: "line",
        color: "chart-2",
        values: usage.map((week) => week.sessionsMean28),
        nullMeans: "not yet 28 days",
        format: (value) => formatNumber(value),
      },
    ],
    formatTick: (value) => formatNumber(value),
    wholeSteps: true,
  });
  const people = prepareChart({
    label: "People and days of use a week",
    points,
    series: [
      {
        key: "people",
        name: "Most people on one day",
        kind: "line",
        color: "chart-3",
        values: usage.map((week) => week.peakUsers),
        nullMeans: NO_DATA,
        format: (value) => counted(value, "person").replace("persons", "people"),
      },
      {
        key: "days",
        name: "Days with any use",
        kind: "step",
        color: "chart-6",
        values: usage.map((week) => week.activeDays),
        nullMeans: NO_DATA,
        format: (value) => counted(value, "day"),
      },
    ],
    formatTick: (value) => formatNumber(value),
    wholeSteps: true,
  });
  return (
    <Card title="Usage">
      <div className="space-y-4">
        <Chart chart={sessions} height={170} />
        <Chart chart={people} height={150} />
      </div>
    </Card>
  );
}
