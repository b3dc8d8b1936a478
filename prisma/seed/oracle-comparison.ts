import { pool } from "@/lib/db/pool";
import { readFeatureMatrix } from "@/lib/features/service";
import { currentLabelRule, readLabels } from "@/lib/labels/service";
import { findChampion, loadModelVersion } from "@/lib/model-registry/service";
import { getSettings } from "@/lib/settings/service";
import { getTrainingRun } from "@/lib/training/service";
import { applyPlatt } from "@/ml/calibration/platt";
import { createMatrix } from "@/ml/matrix/matrix";
import { rocAuc } from "@/ml/metrics/ranking-metrics";
import { selectionAtThreshold } from "@/ml/metrics/selection-metrics";
import { drawMultiplicities } from "@/ml/random/distributions";
import { createRandom } from "@/ml/random/random";
import { Booster } from "@/ml/xgboost/booster";
import { oracleRows } from "./techflow/oracle";
import type { World } from "./techflow/world";

/** How a scorer did on the rows of the model's out-of-time test; null where the rows do not say. */
export type Performance = {
  readonly rocAuc: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
};

export type OracleComparison = {
  readonly rows: number;
  readonly departures: number;
  readonly threshold: number;
  readonly oracle: Performance;
  readonly model: Performance;
  /** AUC of the oracle minus that of the model, and its 95% interval from resampling customers. */
  readonly gap: { readonly estimate: number; readonly low: number; readonly high: number } | null;
};

const RESAMPLES = 200;

/**
 * Judges the champion and an observer of the hidden state on the same rows: those of the model's own out-of-time test.
 * @returns null where there is no champion or its test has no rows that the oracle knows
 */
export async function compareWithOracle(args: { world: World; targetId: string }): Promise<OracleComparison | null> {
  const champion = await findChampion(args.targetId);
  const splits = champion && (await getTrainingRun(champion.trainingRunId))?.splits;
  if (!champion || !splits) return null;
  const asOfs = splits.test.map((iso) => new Date(iso));
  const rows = await judgedRows({ ...args, modelVersionId: champion.modelVersionId, asOfs });
  if (rows.labels.length === 0) return null;
  const { flagThreshold } = await getSettings();
  const judge = (scores: readonly number[]): Performance => {
    const selection = selectionAtThreshold({ scores, labels: rows.labels }, flagThreshold);
    return {
      rocAuc: numberOf(rocAuc({ scores, labels: rows.labels })),
      precision: numberOf(selection.precision),
      recall: numberOf(selection.recall),
    };
  };
  return {
    rows: rows.labels.length,
    departures: rows.labels.filter((label) => label === 1).length,
    threshold: flagThreshold,
    oracle: judge(rows.oracle),
    model: judge(rows.model),
    gap: gapOf(rows),
  };
}

/** What is wrong with a comparison, in words: the model above the oracle beyond chance is a leak. Null where all is well. */
export function leakIn(comparison: OracleComparison): string | null {
  const { gap } = comparison;
  if (!gap || gap.high >= 0) return null;
  return (
    `the model's AUC is above that of an observer of the hidden state by ${(-gap.estimate).toFixed(3)} ` +
    `(95% interval ${(-gap.high).toFixed(3)} to ${(-gap.low).toFixed(3)}); expected at most the same: a feature leaks the future`
  );
}

type JudgedRows = { customers: number[]; labels: number[]; oracle: number[]; model: number[] };

async function judgedRows(args: {
  world: World;
  targetId: string;
  modelVersionId: number;
  asOfs: readonly Date[];
}): Promise<JudgedRows> {
  const [model, rule] = await Promise.all([loadModelVersion(args.modelVersionId), currentLabelRule(args.targetId)]);
  const [matrix, labels, sourceIds] = await Promise.all([
    readFeatureMatrix({ viewId: model.viewId, asOfs: args.asOfs, columns: model.columns }),
    readLabels({ labelRuleId: rule.id, asOfs: args.asOfs }),
    findSourceIds(),
  ]);
  const labelOf = new Map<string, number>();
  for (let row = 0; row < labels.customerIds.length; row++)
    labelOf.set(`${labels.asOf[row]} ${labels.customerIds[row]}`, labels.departed[row] ? 1 : 0);
  const oracleOf = new Map<string, number>();
  for (const row of oracleRows(args.world, args.asOfs))
    oracleOf.set(`${row.asOf.getTime()} ${row.customerId}`, row.probability);

  const booster = Booster.load(model.booster, { columns: model.columns });
  try {
    const margins = booster.predictMargin(
      createMatrix({ columns: matrix.columns, rows: matrix.rows, values: matrix.values }),
    );
    const judged: JudgedRows = { customers: [], labels: [], oracle: [], model: [] };
    for (let row = 0; row < matrix.rows; row++) {
      const asOf = matrix.asOf[row]!;
      const customer = matrix.customerIds[row]!;
      const label = labelOf.get(`${asOf} ${customer}`);
      const probability = oracleOf.get(`${asOf} ${sourceIds.get(customer)}`);
      // A notice that came in late leaves a row without a label or without an oracle: neither can be judged.
      if (label === undefined || probability === undefined) continue;
      judged.customers.push(customer);
      judged.labels.push(label);
      judged.oracle.push(probability);
      judged.model.push(applyPlatt(model.calibrator, margins[row]!));
    }
    return judged;
  } finally {
    booster.dispose();
  }
}

async function findSourceIds(): Promise<Map<number, string>> {
  const { rows } = await pool().query<{ id: number; source_id: string }>("SELECT id, source_id FROM customer");
  return new Map(rows.map((row) => [row.id, row.source_id]));
}

/** Customers are resampled with all their weeks, both scorers on the same resample: their errors are paired. */
function gapOf(rows: JudgedRows): OracleComparison["gap"] {
  const difference = (weights?: number[]) => {
    const oracle = numberOf(rocAuc({ scores: rows.oracle, labels: rows.labels, weights }));
    const model = numberOf(rocAuc({ scores: rows.model, labels: rows.labels, weights }));
    return oracle === null || model === null ? null : oracle - model;
  };
  const estimate = difference();
  if (estimate === null) return null;
  const places = new Map([...new Set(rows.customers)].map((customer, place) => [customer, place]));
  const random = createRandom("oracle-comparison");
  const differences: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const times = drawMultiplicities(random, places.size);
    const drawn = difference(rows.customers.map((customer) => times[places.get(customer)!]!));
    if (drawn !== null) differences.push(drawn);
  }
  differences.sort((a, b) => a - b);
  const at = (share: number) => differences[Math.round(share * (differences.length - 1))] ?? estimate;
  return { estimate, low: at(0.025), high: at(0.975) };
}

function numberOf(metric: ReturnType<typeof rocAuc>): number | null {
  return metric.status === "ok" ? metric.value : null;
}
