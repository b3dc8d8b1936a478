import { formatCount, formatDay } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Counts, Part, Splits } from "@/lib/training/contract";

const PART_ROWS: { key: Part | "gapAfterTrain" | "gapBeforeTest"; label: string; swatch: string }[] = [
  { key: "train", label: "Training", swatch: "bg-chart-1" },
  { key: "gapAfterTrain", label: "Gap", swatch: "bg-line-strong" },
  { key: "earlyStopping", label: "Early stopping", swatch: "bg-chart-3" },
  { key: "calibration", label: "Calibration", swatch: "bg-chart-4" },
  { key: "gapBeforeTest", label: "Gap", swatch: "bg-line-strong" },
  { key: "test", label: "Out-of-time test", swatch: "bg-chart-2" },
];

/** The split by time: which weeks went where, with rows, customers and departures. */
export function TrainingParts({
  splits,
  counts,
  zone,
  now,
}: {
  splits: Splits;
  counts: Counts | null;
  zone: string;
  now: Date;
}) {
  const parts = PART_ROWS.filter((part) => splits[part.key].length > 0);
  return (
    <div className="space-y-3">
      <div aria-hidden className="flex h-3 gap-0.5 overflow-hidden rounded">
        {parts.map((part) => (
          <div key={part.key} className={part.swatch} style={{ flexGrow: splits[part.key].length }} />
        ))}
      </div>
      <Table label="Parts of the split">
        <TableHead>
          <HeaderCell>Part</HeaderCell>
          <HeaderCell>Weeks of</HeaderCell>
          <HeaderCell numeric>Weeks</HeaderCell>
          <HeaderCell numeric>Rows</HeaderCell>
          <HeaderCell numeric>Customers</HeaderCell>
          <HeaderCell numeric>Departed customers</HeaderCell>
          <HeaderCell numeric>Departure rows</HeaderCell>
        </TableHead>
        <TableBody>
          {parts.map((part) => {
            const weeks = splits[part.key];
            const count = isGap(part.key) ? undefined : counts?.parts[part.key];
            return (
              <Row key={part.key}>
                <Cell className="whitespace-nowrap">
                  <span aria-hidden className={`mr-2 inline-block size-2.5 rounded-sm ${part.swatch}`} />
                  {part.label}
                </Cell>
                <Cell className="whitespace-nowrap text-muted">{rangeOf(weeks, zone, now)}</Cell>
                <Cell numeric>{formatCount(count?.weeks ?? weeks.length)}</Cell>
                <Cell numeric>{count && formatCount(count.rows)}</Cell>
                <Cell numeric>{count && formatCount(count.customers)}</Cell>
                <Cell numeric>{count && formatCount(count.departedCustomers)}</Cell>
                <Cell numeric>{count && formatCount(count.departureRows)}</Cell>
              </Row>
            );
          })}
        </TableBody>
      </Table>
      <p className="text-xs text-faint">
        {splits.stride > 1 && `Of the training weeks every ${ordinal(splits.stride)} is used, since windows overlap. `}
        {counts && counts.withoutLabel > 0 && `${formatCount(counts.withoutLabel)} rows have no label yet. `}
        Gaps are as long as the horizon, so that no window reaches from one part into the next.
      </p>
    </div>
  );
}

function isGap(key: (typeof PART_ROWS)[number]["key"]): key is "gapAfterTrain" | "gapBeforeTest" {
  return key === "gapAfterTrain" || key === "gapBeforeTest";
}

function rangeOf(weeks: string[], zone: string, now: Date): string {
  const first = weeks[0];
  const last = weeks.at(-1);
  if (!first || !last) return "";
  return first === last
    ? formatDay(first, zone, now)
    : `${formatDay(first, zone, now)} to ${formatDay(last, zone, now)}`;
}

function ordinal(count: number): string {
  if (count === 2) return "second";
  if (count === 3) return "third";
  return `${count}th`;
}
