import { z } from "zod";

export const LISTINGS = ["flagged", "watch", "unlisted"] as const;
/** Flagged: above the threshold. Watch: next in line by priority, up to the team's capacity. */
export type Listing = (typeof LISTINGS)[number];

export const BANDS = ["below_70", "band_70", "band_80", "band_90"] as const;
/** How high a probability is; `band_70` is above 0.7 up to 0.8, and so on. */
export type Band = (typeof BANDS)[number];

/** What priority was computed with; stored with every run and shown beside the queue. */
export const PriorityParametersSchema = z.object({
  /** Share of revenue left after its direct costs. */
  grossMargin: z.number(),
  /** Months looked ahead. */
  months: z.number(),
  /** Assumed monthly churn of a customer of the band once kept. */
  monthlyChurnOnceKept: z.record(z.enum(BANDS), z.number()),
});
export type PriorityParameters = z.infer<typeof PriorityParametersSchema>;

/** scoring_run.parameters */
export const ScoringParametersSchema = z.object({
  priority: PriorityParametersSchema,
});
export type ScoringParameters = z.infer<typeof ScoringParametersSchema>;
