import { Chart } from "@/components/charts/chart";
import { prepareChart } from "@/components/charts/prepared-chart";
import { MONTHS } from "@/components/charts/week-points";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatPercent } from "@/components/ui/format";
import type { ChurnMonth, Dashboard } from "@/lib/retention/contract";
import { monthWords } from "./risk-stats";

const STATE_WORDS: Record<ChurnMonth["state"], string> = {
  whole: "",
  provisional: " (provisional)",
  partial: " (so far)",
};

/** Monthly churn with its interval, against the target. */
export function ChurnCard({ dashboard }: { dashboard: Dashboard }) {
  const { months, targetMonthlyChurn, countedTo, zone } = dashboard;
  const known = months.filter((month) => month.churn.state === "measured");
  if (known.length === 0)
    return (
      <Card title="Monthly churn">
        <EmptyState title="No month to show yet">
          A month is shown once a departure is on record before it and at least 50 customers were paying when it began.
        </EmptyState>
      </Card>
    );
  const rateless = (index: number) => {
    const month = months[index];
    if (month?.churn.state === "too_few") return `too few: ${month.churn.n} customers`;
    if (month?.atStart == null) return "before the first departure on record";
    return month.state === "partial" ? "no rate before the month is over" : "no customers";
  };
  const chart = prepareChart({
    label: "Monthly churn, with 95% intervals",
    points: months.map((month) => ({
      key: month.month,
      axis: axisWords(month.month),
      title: `${monthWords(month.month)}${STATE_WORDS[month.state]}${countWords(month)}`,
    })),
    series: [
      {
        key: "churn",
        name: "Churn of the month",
        color: "chart-1",
        kind: "bar",
        values: months.map(({ churn }) => (churn.state === "measured" ? churn.proportion.share : null)),
        intervals: months.map(({ churn }) => (churn.state === "measured" ? churn.proportion : null)),
        nullMeans: rateless,
        format: (value: number) => formatPercent(value, 1),
      },
    ],
    references: [{ value: targetMonthlyChurn, text: `target ${formatPercent(targetMonthlyChurn, 1)}` }],
    formatTick: (value) => formatPercent(value, 1),
    axisWordsMax: 19,
  });
  const provisional = months.filter((month) => month.state === "provisional");
  return (
    <Card
      title="Monthly churn"
      description="Customers who left in the month, of those who paid when it began. A customer leaves on the day of a notice that is not withdrawn, or when coverage ends without one and does not begin anew in time."
    >
      <Chart
        chart={chart}
        height={260}
        note={`Counted up to ${formatDay(countedTo, zone)}. The lines on the bars are 95% Wilson intervals.${
          provisional.length > 0
            ? ` ${provisional.map((month) => monthWords(month.month)).join(" and ")} may still change: ended coverage can begin anew.`
            : ""
        }`}
      />
    </Card>
  );
}

function axisWords(month: string): string {
  const [year, number] = month.split("-");
  const name = MONTHS[Number(number) - 1] as string;
  return number === "01" ? `${name} ${year}` : name;
}

function countWords(month: ChurnMonth): string {
  if (month.atStart === null || month.departures === null) return "";
  return `: ${month.departures.toLocaleString("en-US")} of ${month.atStart.toLocaleString("en-US")}`;
}
