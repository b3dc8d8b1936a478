import Link from "next/link";
import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";
import { LearningCurveChart } from "@/components/admin/learning-curve";
import { ReliabilityTable, TrainingMetricsView } from "@/components/admin/training-metrics";
import { TrainingParts } from "@/components/admin/training-parts";
import { TrainingProvenance } from "@/components/admin/training-provenance";
import { TRAINING_TONES } from "@/components/admin/training-run-table";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";
import { getTrainingRun } from "@/lib/training/service";
import { readId } from "../../cursor";

export const generateMetadata = pageTitle("Training run", "data_scientist", "admin");

const MESSAGE_TONES = { running: "info", succeeded: "info", refused: "warn", failed: "danger" } as const;

export default async function TrainingRunPage({ params }: { params: Promise<{ runId: string }> }) {
  await requireUser("data_scientist", "admin");
  const runId = readId((await params).runId);
  const run = runId && (await getTrainingRun(runId));
  if (!run) notFound();
  const { zone } = await getSettings();
  return (
    <>
      <PageHeader
        title={`Training run #${run.id}`}
        back={{ href: "/training-runs", label: "Training runs" }}
        actions={
          <>
            {run.modelVersion && (
              <>
                <Link href={`/backtest?run=${run.id}`} className="text-sm text-accent-text hover:underline">
                  Backtest
                </Link>
                <Link href="/model-versions" className="text-sm text-accent-text hover:underline">
                  Model {run.modelVersion.number}
                </Link>
              </>
            )}
            <Badge tone={TRAINING_TONES[run.status]}>{run.status}</Badge>
          </>
        }
      />
      {run.message && <Callout tone={MESSAGE_TONES[run.status]}>{run.message}</Callout>}
      {run.metrics && <TrainingMetricsView metrics={run.metrics} />}
      {run.splits && (
        <Card title="Split by time">
          <TrainingParts splits={run.splits} counts={run.counts} zone={zone} now={new Date()} />
        </Card>
      )}
      {run.learningCurve && (
        <Card title="Learning curve" description="Log loss by round; lower is better.">
          <LearningCurveChart curve={run.learningCurve} />
        </Card>
      )}
      {run.metrics && run.metrics.reliability.length > 0 && (
        <Card title="Calibration" description="Out of time: of those given this probability, how many left.">
          <ReliabilityTable reliability={run.metrics.reliability} />
        </Card>
      )}
      <Card title="What made it">
        <TrainingProvenance run={run} zone={zone} />
      </Card>
    </>
  );
}
