import { percent, plainNumber } from "./format";

/** Within this of 1 a ratio counts as unchanged in words. */
const UNCHANGED = 0.05;

/** "Sessions fell to 35% of the usual": a ratio to the customer's own baseline, in words that are true for any value. */
export function tellRatio(subject: string, ratio: number, baseline: string): string {
  if (ratio < 1 - UNCHANGED) return `${subject} fell to ${percent(ratio)} of ${baseline}`;
  if (ratio > 1 + UNCHANGED) return `${subject} rose to ${percent(ratio)} of ${baseline}`;
  return `${subject} held at ${percent(ratio)} of ${baseline}`;
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
