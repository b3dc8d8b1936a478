import type { Band, PriorityParameters } from "./contract";

/**
 * What a kept customer is assumed to do after: somebody who was at risk stays more likely to leave than others. These are
 * stated assumptions, not estimates, until enough saves have matured to estimate them.
 */
export const MONTHLY_CHURN_ONCE_KEPT: Readonly<Record<Band, number>> = {
  below_70: 0.08,
  band_70: 0.1,
  band_80: 0.12,
  band_90: 0.15,
};

/** Months that priority looks ahead. */
export const PRIORITY_MONTHS = 12;

/** The band of a probability; the bounds belong to the band below, as "flagged" is strictly above its threshold. */
export function bandOf(probability: number): Band {
  if (probability > 0.9) return "band_90";
  if (probability > 0.8) return "band_80";
  if (probability > 0.7) return "band_70";
  return "below_70";
}

/** Expected paid months out of `months` at a constant monthly churn c: the sum of (1 - c)^m for m = 1 … months. */
export function expectedMonths(monthlyChurn: number, months: number): number {
  let [total, surviving] = [0, 1];
  for (let month = 1; month <= months; month++) {
    surviving *= 1 - monthlyChurn;
    total += surviving;
  }
  return total;
}

/**
 * Expected gross margin kept over the next months, in cents, if this departure were prevented:
 * probability x gross margin x monthly revenue x expected months of the band.
 * It ranks the queue; it is what is at stake, not what outreach will achieve.
 */
export function priorityCents(args: { probability: number; mrrCents: number; parameters: PriorityParameters }): number {
  const { grossMargin, months, monthlyChurnOnceKept } = args.parameters;
  const churn = monthlyChurnOnceKept[bandOf(args.probability)];
  return Math.round(args.probability * grossMargin * args.mrrCents * expectedMonths(churn, months));
}

/** The parameters of priority that are in force. */
export function priorityParameters(grossMargin: number): PriorityParameters {
  return { grossMargin, months: PRIORITY_MONTHS, monthlyChurnOnceKept: { ...MONTHLY_CHURN_ONCE_KEPT } };
}
