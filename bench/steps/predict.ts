import { availableParallelism } from "node:os";
import { env } from "@/lib/env/env";
import { readFeatureMatrix } from "@/lib/features/service";
import { findChampion, loadModelVersion } from "@/lib/model-registry/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { createMatrix, sliceRows } from "@/ml/matrix/matrix";
import { Booster } from "@/ml/xgboost/booster";
import { UNTIL } from "../moments";

/** As many rows as scoring takes at a time. */
const BLOCK_ROWS = 5_000;

/** The numbers alone, without database writes: margins and contributions of the latest Monday by the champion. */
export async function predict(_args: Record<string, never>): Promise<{
  rows: number;
  readSeconds: number;
  marginSeconds: number;
  contributionSeconds: number;
}> {
  const champion = await findChampion(CHURN_TARGET_ID);
  if (!champion) throw new Error("There is no champion to predict with");
  const model = await loadModelVersion(champion.modelVersionId);
  const started = performance.now();
  const features = await readFeatureMatrix({ viewId: model.viewId, asOfs: [UNTIL], columns: model.columns });
  const readSeconds = (performance.now() - started) / 1000;
  const matrix = createMatrix({ columns: features.columns, rows: features.rows, values: features.values });
  const booster = Booster.load(model.booster, {
    columns: model.columns,
    threads: env().TIDELINE_THREADS ?? availableParallelism(),
  });
  try {
    const inBlocks = (work: (block: typeof matrix) => unknown) => {
      const begun = performance.now();
      for (let from = 0; from < matrix.rows; from += BLOCK_ROWS)
        work(sliceRows(matrix, from, Math.min(matrix.rows, from + BLOCK_ROWS)));
      return (performance.now() - begun) / 1000;
    };
    return {
      rows: matrix.rows,
      readSeconds,
      marginSeconds: inBlocks((block) => booster.predictMargin(block)),
      contributionSeconds: inBlocks((block) => booster.predictContributions(block)),
    };
  } finally {
    booster.dispose();
  }
}
