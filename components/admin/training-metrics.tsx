import { formatCount, formatPercent } from "@/components/ui/format";
import { Stat } from "@/components/ui/stat";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { IntervalEstimateView } from "@/lib/model-registry/contract";
import type { TrainingMetrics } from "@/lib/training/contract";
import { formatMetric } from "./metric-format";

/** The metrics of the out-of-time test, each with its 95% interval by customers. */
export function TrainingMetricsView({ metrics }: { metrics: TrainingMetrics }) {
  const threshold = formatPercent(metrics.threshold, 0);
  return (
    <div className="space-y-3">
      <dl className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <MetricStat label="ROC AUC" result={metrics.rocAuc} />
        <MetricStat label={`Precision above ${threshold}`} result={metrics.precision} />
        <MetricStat label={`Recall above ${threshold}`} result={metrics.recall} />
        <MetricStat label="Precision of the queue" result={metrics.queuePrecision} />
        <MetricStat label="Recall of the queue" result={metrics.queueRecall} />
        <MetricStat label="Average precision" result={metrics.averagePrecision} />
        <MetricStat label="Log loss" result={metrics.logLoss} />
        <MetricStat label="Brier score" result={metrics.brierScore} />
      </dl>
      <p className="text-xs text-faint">
        Test: {formatCount(metrics.customers)} customers in {formatCount(metrics.rows)} weekly rows,{" "}
        {formatCount(metrics.departedCustomers)} departed. {formatCount(metrics.flaggedRows)} rows were above{" "}
        {threshold}, {formatCount(metrics.listedRows)} on the list of {formatCount(metrics.capacity)} a week. Intervals
        from {formatCount(metrics.resamples)} resamples of customers with all their weeks.
        {metrics.expectedCalibrationError !== null &&
          ` Expected calibration error ${formatMetric(metrics.expectedCalibrationError)}.`}
      </p>
    </div>
  );
}

/** Predicted against observed, by bands of predicted probability. */
export function ReliabilityTable({ reliability }: { reliability: TrainingMetrics["reliability"] }) {
  return (
    <Table label="Predicted against observed">
      <TableHead>
        <HeaderCell>Predicted</HeaderCell>
        <HeaderCell numeric>Rows</HeaderCell>
        <HeaderCell numeric>Mean prediction</HeaderCell>
        <HeaderCell numeric>Departed</HeaderCell>
      </TableHead>
      <TableBody>
        {reliability
          .filter((band) => band.rows > 0)
          .map((band) => (
            <Row key={band.from}>
              <Cell className="whitespace-nowrap">
                {formatPercent(band.from)} to {formatPercent(band.to)}
              </Cell>
              <Cell numeric>{formatCount(band.rows)}</Cell>
              <Cell numeric>{formatPercent(band.meanProbability)}</Cell>
              <Cell numeric>{formatPercent(band.observedRate)}</Cell>
            </Row>
          ))}
      </TableBody>
    </Table>
  );
}

function MetricStat({ label, result }: { label: string; result: IntervalEstimateView }) {
  if (result.status === "undefined") return <Stat label={label} value="none" detail={result.reason} />;
  const detail =
    result.status === "ok"
      ? `95%: ${formatMetric(result.low)} to ${formatMetric(result.high)}`
      : `no interval: ${result.reason}`;
  return <Stat label={label} value={formatMetric(result.estimate)} detail={detail} />;
}
