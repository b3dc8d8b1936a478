import { buildableAsOfs, buildFeatures } from "@/lib/features/service";
import { resolveLabels } from "@/lib/labels/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { findTrainingBlock } from "@/lib/readiness/service";
import { trainModel } from "@/lib/training/service";
import { FinalJobError, type JobHandler } from "../runner/define-job";

/** Any fixed number: who does not ask for another seed gets the same model from the same data. */
const DEFAULT_SEED = 20_261_122;

/** Trains a model on all weeks there are; features and labels that are missing are made first. */
export const handleTrainModel: JobHandler<"train-model"> = async (job) => {
  const { now, fence, signal, onProgress } = job;
  const asOfs = await buildableAsOfs({ until: now });
  if (asOfs.length === 0) throw new FinalJobError("No week is covered by data yet: import data first.");
  // Where no model can come of it nothing is built: the training refuses by itself, and keeps why.
  const block = await findTrainingBlock({ targetId: CHURN_TARGET_ID, now });
  if (block === null) await prepareTraining(job, asOfs);
  return trainModel({
    targetId: CHURN_TARGET_ID,
    seed: job.payload.seed ?? DEFAULT_SEED,
    now,
    fence,
    signal,
    onProgress,
    startedBy: job.requestedBy.id,
  });
};

async function prepareTraining(
  { now, fence, signal, onProgress }: Parameters<JobHandler<"train-model">>[0],
  asOfs: readonly Date[],
): Promise<void> {
  await buildFeatures({
    asOfs,
    now,
    fence,
    signal,
    onProgress: ({ done, total, message }) =>
      onProgress({ step: "Building features", fraction: done / total, message }),
  });
  await resolveLabels({
    targetId: CHURN_TARGET_ID,
    asOfs,
    now,
    fence,
    onProgress: (progress) => onProgress({ step: "Resolving labels", ...progress }),
  });
}
