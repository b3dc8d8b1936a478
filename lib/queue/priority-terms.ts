import { BANDS, ScoringParametersSchema } from "@/lib/scoring/contract";
import { expectedMonths } from "@/lib/scoring/priority";
import type { PriorityTerms } from "./contract";

/** The terms of priority in `scoring_run.parameters`, highest band first; null where they have another shape. */
export function priorityTerms(parameters: unknown): PriorityTerms | null {
  const parsed = ScoringParametersSchema.safeParse(parameters);
  if (!parsed.success) return null;
  const { grossMargin, months, monthlyChurnOnceKept } = parsed.data.priority;
  const bands = BANDS.toReversed().map((band) => {
    const monthlyChurn = monthlyChurnOnceKept[band];
    return { band, monthlyChurn, expectedMonths: expectedMonths(monthlyChurn, months) };
  });
  return { grossMargin, months, bands };
}
