/** A metric, or why these rows have none. No data is never 0. */
export type MetricValue =
  | { readonly status: "ok"; readonly value: number }
  | { readonly status: "undefined"; readonly reason: string };

/** Rows to judge: one entry per row in each array. */
export type ScoredRows = {
  /** Higher means more likely positive; probabilities where the metric says so. */
  readonly scores: ArrayLike<number>;
  /** 0 or 1. */
  readonly labels: ArrayLike<number>;
  /** At least 0; default 1. Rows of weight 0 do not count. */
  readonly weights?: ArrayLike<number>;
};

/** Rows that no metric can be computed from: unequal lengths, or a value out of range (named by its row). */
export class MetricInputError extends Error {
  override readonly name = "MetricInputError";
}

export function defined(value: number): MetricValue {
  return { status: "ok", value };
}

export function undefinedMetric(reason: string): MetricValue {
  return { status: "undefined", reason };
}

/**
 * Checks rows and sums the weights of both classes.
 *
 * @param metric name for messages
 * @param kind what scores are allowed: any finite number, or a probability from 0 to 1
 * @throws MetricInputError
 */
export function checkRows(
  metric: string,
  rows: ScoredRows,
  kind: "score" | "probability",
): { positive: number; negative: number } {
  const { scores, labels, weights } = rows;
  if (labels.length !== scores.length || (weights && weights.length !== scores.length)) {
    throw new MetricInputError(
      `${metric} has ${scores.length} scores, ${labels.length} labels, ${weights?.length ?? "no"} weights; expected equal lengths`,
    );
  }
  let positive = 0;
  let negative = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const label = labels[row]!;
    const weight = weights ? weights[row]! : 1;
    if (!Number.isFinite(score) || (kind === "probability" && (score < 0 || score > 1))) {
      const expected = kind === "probability" ? "a probability from 0 to 1" : "a finite number";
      throw new MetricInputError(`${metric} score of row ${row} is ${score}; expected ${expected}`);
    }
    if (label !== 0 && label !== 1) {
      throw new MetricInputError(`${metric} label of row ${row} is ${label}; expected 0 or 1`);
    }
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new MetricInputError(`${metric} weight of row ${row} is ${weight}; expected a finite number of at least 0`);
    }
    if (label === 1) positive += weight;
    else negative += weight;
  }
  return { positive, negative };
}

/** Why a metric that needs some class has no value, or undefined when the classes are there. */
export function missingClass(
  metric: string,
  totals: { positive: number; negative: number },
  needs: "both" | "positive" | "any",
): string | undefined {
  if (totals.positive + totals.negative === 0) return `${metric} requires at least one row with weight above 0`;
  if (needs !== "any" && totals.positive === 0)
    return `${metric} requires at least one positive row with weight above 0`;
  if (needs === "both" && totals.negative === 0)
    return `${metric} requires at least one negative row with weight above 0`;
  return undefined;
}

/** Row numbers by score, highest first; rows of equal score keep their order. */
export function orderByScoreDescending(scores: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let row = 0; row < order.length; row++) order[row] = row;
  return order.sort((left, right) => scores[right]! - scores[left]! || left - right);
}
