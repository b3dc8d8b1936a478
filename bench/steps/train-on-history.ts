import { NO_FENCE } from "@/lib/db/fence";
import { buildableAsOfs } from "@/lib/features/service";
import { resolveLabels } from "@/lib/labels/service";
import { loadModelVersion } from "@/lib/model-registry/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getTrainingRun, trainModel } from "@/lib/training/service";
import { NOW, SEED, UNTIL } from "../moments";

/** What makes a model, to take it to the database of another world. */
export type PortableModel = {
  readonly booster: Uint8Array;
  readonly calibrator: { readonly a: number; readonly b: number };
  readonly columns: readonly string[];
};

/** Resolves labels and trains on the history. @throws Error where the training was refused. */
export async function trainOnHistory(_args: Record<string, never>): Promise<{
  labelSeconds: number;
  trainingSeconds: number;
  trainingRows: number;
  trees: number;
  rocAuc: string;
  model: PortableModel;
}> {
  const started = performance.now();
  const asOfs = await buildableAsOfs({ until: UNTIL });
  await resolveLabels({ targetId: CHURN_TARGET_ID, asOfs, now: NOW, fence: NO_FENCE });
  const labelled = performance.now();
  const outcome = await trainModel({ targetId: CHURN_TARGET_ID, seed: SEED, now: NOW, fence: NO_FENCE });
  const trained = performance.now();
  if (outcome.modelVersionId === undefined) throw new Error(outcome.message);
  const run = await getTrainingRun(outcome.trainingRunId);
  const { booster, calibrator, columns } = await loadModelVersion(outcome.modelVersionId);
  const rocAuc = run?.metrics?.rocAuc;
  return {
    labelSeconds: (labelled - started) / 1000,
    trainingSeconds: (trained - labelled) / 1000,
    trainingRows: run?.counts?.parts.train?.rows ?? 0,
    trees: (run?.learningCurve?.bestRound ?? -1) + 1,
    rocAuc: rocAuc && rocAuc.status !== "undefined" ? rocAuc.estimate.toFixed(3) : "undefined",
    model: {
      booster: Uint8Array.from(booster),
      calibrator: { a: calibrator.a, b: calibrator.b },
      columns: [...columns],
    },
  };
}
