import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { IntervalEstimateView } from "@/lib/model-registry/contract";
import type { TrainingRunSummary, TrainingStatus } from "@/lib/training/contract";
import { formatMetric } from "./metric-format";

export const TRAINING_TONES: Record<TrainingStatus, Tone> = {
  running: "accent",
  succeeded: "good",
  refused: "warn",
  failed: "danger",
};

export function TrainingRunTable({ runs, zone }: { runs: TrainingRunSummary[]; zone: string }) {
  if (runs.length === 0)
    return (
      <EmptyState icon={FlaskConical} title="Nothing has been trained yet">
        An administrator begins a training run under job runs, or by{" "}
        <code className="font-mono text-xs">npm run job -- train-model</code>.
      </EmptyState>
    );
  return (
    <Table label="Training runs">
      <TableHead>
        <HeaderCell>Run</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Model</HeaderCell>
        <HeaderCell numeric>ROC AUC</HeaderCell>
        <HeaderCell numeric>Precision</HeaderCell>
        <HeaderCell numeric>Recall</HeaderCell>
        <HeaderCell>Features</HeaderCell>
        <HeaderCell>Began</HeaderCell>
        <HeaderCell>By</HeaderCell>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <Row key={run.id}>
            <Cell className="max-w-md">
              <Link href={`/training-runs/${run.id}`} className="font-medium text-accent-text hover:underline">
                #{run.id}
              </Link>
              {run.message && <p className="text-xs text-muted">{run.message}</p>}
            </Cell>
            <Cell>
              <Badge tone={TRAINING_TONES[run.status]}>{run.status}</Badge>
            </Cell>
            <Cell className="whitespace-nowrap">{run.modelVersion ? `Model ${run.modelVersion.number}` : "none"}</Cell>
            <Cell numeric>{estimateOf(run.metrics?.rocAuc)}</Cell>
            <Cell numeric>{estimateOf(run.metrics?.precision)}</Cell>
            <Cell numeric>{estimateOf(run.metrics?.recall)}</Cell>
            <Cell className="whitespace-nowrap text-muted">
              {run.viewName} v{run.viewVersion}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(run.startedAt, zone)}</Cell>
            <Cell className="whitespace-nowrap text-muted">{run.startedBy?.name ?? "system"}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function estimateOf(result: IntervalEstimateView | undefined): string {
  return result && result.status !== "undefined" ? formatMetric(result.estimate) : "none";
}
