import { percent, plainNumber } from "./format";

/** Within this of 1 a ratio counts as unchanged in words. */
const UNCHANGED = 0.05;

/**
 * "Sessions fell by 65% in the last four weeks (a day, against the eight weeks before)": a ratio of daily levels to the
 * customer's own baseline. As a change, since "35% of the eight weeks before" reads like a share of their total.
 */
export function tellRatio(args: { subject: string; ratio: number; recent: string; before: string }): string {
  const { subject, ratio, recent, before } = args;
  const span = `in the last ${recent} (a day, against the ${before} before)`;
  if (ratio < 1 - UNCHANGED) return `${subject} fell by ${percent(1 - ratio)} ${span}`;
  if (ratio > 1 + UNCHANGED) return `${subject} rose by ${percent(ratio - 1)} ${span}`;
  return `${subject} held level ${span}`;
}

/** "Active users fell from 14 to 3 in four weeks". Both values as shown decide the verb, so that words and numbers agree. */
export function tellMove(args: {
  subject: string;
  from: number;
  to: number;
  span: string;
  show?: (value: number) => string;
}): string {
  const show = args.show ?? plainNumber;
  const { subject, from, to, span } = args;
  if (Number.isNaN(from) || Number.isNaN(to)) return `${subject}: not enough history to compare with ${span} ago`;
  if (show(from) === show(to)) return `${subject} held at ${show(to)} over ${span}`;
  return `${subject} ${to < from ? "fell" : "rose"} from ${show(from)} to ${show(to)} in ${span}`;
}
