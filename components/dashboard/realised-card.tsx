import { Hourglass } from "lucide-react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatDay, formatPercent } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { Tooltip } from "@/components/ui/tooltip";
import type { Dashboard, Measured } from "@/lib/retention/contract";
import { IntervalMark } from "./interval-mark";
import { measuredDetail, measuredWords } from "./measured-words";

/** How right the published predictions were, once their 30 days were over. */
export function RealisedCard({ dashboard }: { dashboard: Dashboard }) {
  const { realised, nextRealisedAt, targetPrecision, targetRecall, zone } = dashboard;
  const next = nextRealisedAt ? `The next one is known on ${formatDay(nextRealisedAt, zone)}.` : "";
  return (
    <Card
      title="How right the predictions were"
      description={`By week of prediction, decided by subscriptions and payments when its 30 days, the grace and the settlement days were over. ${next}`}
    >
      {realised.length === 0 ? (
        <EmptyState icon={Hourglass} title="No published week is decided yet">
          {next || "This fills after the first scores are published."}
        </EmptyState>
      ) : (
        <Table label="Realised precision and recall by week, newest first">
          <TableHead>
            <HeaderCell>Week</HeaderCell>
            <HeaderCell numeric>Predicted</HeaderCell>
            <HeaderCell numeric>Left</HeaderCell>
            <HeaderCell numeric>Flagged</HeaderCell>
            <HeaderCell>
              <Tooltip text="Of the flagged, how many left. The bar is the 95% interval, the line the target.">
                Flag: right
              </Tooltip>
            </HeaderCell>
            <HeaderCell>
              <Tooltip text="Of those who left, how many had been flagged.">Flag: found</Tooltip>
            </HeaderCell>
            <HeaderCell>
              <Tooltip text="Of the whole list (flagged and watch), how many left.">List: right</Tooltip>
            </HeaderCell>
            <HeaderCell>
              <Tooltip text="Of those who left, how many had been on the list.">List: found</Tooltip>
            </HeaderCell>
          </TableHead>
          <TableBody>
            {realised.map((week) => (
              <Row key={week.asOf}>
                <Cell className="whitespace-nowrap">
                  {formatDay(week.asOf, zone)}
                  <span className="block text-xs text-faint">model {week.modelNumber}</span>
                </Cell>
                <Cell numeric>{formatCount(week.predicted)}</Cell>
                <Cell numeric>{formatCount(week.departed)}</Cell>
                <Cell numeric>{formatCount(week.flagged)}</Cell>
                <MeasuredCell measured={week.precision} ofWhat="flagged" target={targetPrecision} />
                <MeasuredCell measured={week.recall} ofWhat="who left" target={targetRecall} />
                <MeasuredCell measured={week.queuePrecision} ofWhat="listed" />
                <MeasuredCell measured={week.queueRecall} ofWhat="who left" />
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      {realised.length > 0 && (
        <p className="mt-2 text-xs text-faint">
          Targets: {formatPercent(targetPrecision, 0)} of the flagged leave, {formatPercent(targetRecall, 0)} of those
          who leave are flagged. Weeks overlap, so their figures are not independent of each other.
        </p>
      )}
    </Card>
  );
}

function MeasuredCell({ measured, ofWhat, target }: { measured: Measured; ofWhat: string; target?: number }) {
  return (
    <Cell className="min-w-40">
      <span className={measured.state === "measured" ? "font-medium" : "text-faint"}>{measuredWords(measured)}</span>
      {measured.state === "measured" && <IntervalMark proportion={measured.proportion} target={target} />}
      <span className="block text-xs text-faint">{measuredDetail(measured, ofWhat)}</span>
    </Cell>
  );
}
