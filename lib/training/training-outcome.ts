import { getFeatureCatalogue } from "@/lib/features/service";
import type { FailedState } from "@/lib/readiness/contract";
import { featureGap, featuresCheck, isNearChance, worthWords } from "@/lib/readiness/policy";
import { NoRankingError } from "@/ml/calibration/platt";
import { SplitError } from "@/ml/split/split-by-time";
import type { TrainingMetrics } from "./contract";
import type { LabelledRows } from "./labelled-rows";

/** The data does not allow a model; the message says why, with the counts. */
export class TrainingRefusal extends Error {
  override readonly name = "TrainingRefusal";

  constructor(
    readonly state: FailedState,
    message: string,
  ) {
    super(message);
  }
}

/** @throws TrainingRefusal where most columns have no value for nearly every row. */
export async function refuseMissingFeatures({ matrix }: LabelledRows): Promise<void> {
  const { features } = await getFeatureCatalogue();
  const check = featuresCheck(
    featureGap(
      matrix.columns.map((name, column) => {
        let missing = 0;
        for (let row = 0; row < matrix.rows; row++)
          if (Number.isNaN(matrix.values[row * matrix.columns.length + column])) missing += 1;
        const sources = features.find((feature) => feature.name === name)?.sources ?? [];
        return { missingRate: missing / matrix.rows, sources };
      }),
    ),
  );
  if (check.state === "failed")
    throw new TrainingRefusal("features_missing", `${check.says} ${check.helps ?? ""}`.trim());
}

/** What a training came to, in words. */
export function describeSuccess(args: {
  number: number;
  trees: number;
  gates: readonly { passed: boolean }[];
  metrics: TrainingMetrics;
}): string {
  const { number, trees, gates, metrics } = args;
  const passed = gates.filter((gate) => gate.passed).length;
  const chance = isNearChance(metrics) ? `. Near chance: ${worthWords(metrics)}` : "";
  return `Model version ${number}: ${trees} trees, ${passed} of ${gates.length} gates passed${chance}`;
}

/** What the data lacks, where that is why there is no model. */
export function refusalOf(error: unknown): FailedState | null {
  if (error instanceof TrainingRefusal) return error.state;
  if (error instanceof SplitError) return "too_short";
  return error instanceof NoRankingError ? "near_chance" : null;
}

/** Why there is no model, in words. */
export function describeFailure(error: unknown, refusal: FailedState | null): string {
  const message = error instanceof Error ? error.message : String(error);
  if (refusal !== "near_chance") return message;
  return `Near chance: in the calibration weeks the model put leavers in no better order than chance, so none was kept (${message})`;
}
