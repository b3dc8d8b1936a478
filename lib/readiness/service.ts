import { getFeatureCatalogue } from "@/lib/features/service";
import { listTrainingRuns } from "@/lib/training/service";
import type { Readiness } from "./contract";
import { featureGap, featuresCheck, judgeReadiness, modelCheck, type TrainedModel } from "./policy";
import { checkBeforeTraining } from "./training-gate";

export { findTrainingBlock } from "./training-gate";

/** Whether the data can carry a model, by everything that is known so far. Anybody signed in may read it: it names nobody. */
export async function getReadiness(targetId: string, now: Date): Promise<Readiness> {
  const [before, catalogue, trained] = await Promise.all([
    checkBeforeTraining({ targetId, now }),
    getFeatureCatalogue(),
    findTrainedModel(targetId),
  ]);
  const columns = catalogue.features.flatMap(({ distribution, sources }) =>
    distribution ? [{ missingRate: distribution.missingRate, sources }] : [],
  );
  const features = featuresCheck(columns.length > 0 ? featureGap(columns) : null);
  return judgeReadiness([...before, features, modelCheck(trained)]);
}

/** Of the newest training that came to a model, or to none since it found no order. */
async function findTrainedModel(targetId: string): Promise<TrainedModel | null> {
  const runs = await listTrainingRuns({ targetId, limit: 50 });
  const newest = runs.find((run) => run.metrics !== null || run.refusal === "near_chance");
  if (!newest) return null;
  return { metrics: newest.metrics, gates: newest.gates };
}
