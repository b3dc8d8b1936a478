/** What happened to a customer around the label window of one row. */
export type RowTreatment = {
  /** Whether it stood on the list in a week that overlaps the window. */
  readonly listed: boolean;
  readonly arm: "treated" | "comparison" | null;
  /** Share of the comparison group in force, 0 where there is none. */
  readonly share: number;
};

/**
 * Weight of a row in training, calibration, metrics and gates, so that the model estimates the risk *without* outreach: who
 * was not listed counts once; listed comparison customers stand for all listed ones, 1 / share each; listed and treated
 * ones not at all. Without a comparison group every row counts once, and the estimate is of the risk under the present
 * practice.
 *
 * @throws RangeError where the share is not at least 0 and below 1
 */
export function rowWeight({ listed, arm, share }: RowTreatment): number {
  if (!(share >= 0 && share < 1)) throw new RangeError(`Comparison share is ${share}; expected at least 0 and below 1`);
  if (share === 0 || !listed || arm === null) return 1;
  return arm === "comparison" ? 1 / share : 0;
}
