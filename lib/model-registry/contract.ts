import { z } from "zod";

/** A metric's estimate with its 95% interval by customers, or why there is none. */
export const IntervalEstimateSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ok"),
    estimate: z.number(),
    low: z.number(),
    high: z.number(),
    resamples: z.number(),
  }),
  z.object({ status: z.literal("no_interval"), estimate: z.number(), reason: z.string() }),
  z.object({ status: z.literal("undefined"), reason: z.string() }),
]);
export type IntervalEstimateView = z.infer<typeof IntervalEstimateSchema>;

/** A stated rule on an out-of-time metric: the point estimate is at least the target. */
export const GateSchema = z.object({
  metric: z.enum(["precision", "recall", "rocAuc"]),
  label: z.string(),
  target: z.number(),
  result: IntervalEstimateSchema,
  passed: z.boolean(),
});
export type Gate = z.infer<typeof GateSchema>;

export const PROMOTION_REASON_LENGTH_MIN = 10;

export const PromoteSchema = z
  .object({
    modelVersionId: z.number().int().positive(),
    reason: z
      .string()
      .trim()
      .min(PROMOTION_REASON_LENGTH_MIN, `expected a reason of at least ${PROMOTION_REASON_LENGTH_MIN} characters`)
      .max(1000),
  })
  .strict();
export type Promote = z.infer<typeof PromoteSchema>;

/** A model version as pages see it; times are ISO. */
export type ModelVersionView = {
  id: number;
  number: number;
  trainingRunId: number;
  createdAt: string;
  checksum: string;
  boosterBytes: number;
  columnCount: number;
  calibrator: { a: number; b: number };
  gates: Gate[];
  gatesPassed: boolean;
  isChampion: boolean;
  /** When and why it was last made champion; null where it never was. */
  promotion: { at: string; by: string; reason: string; gatesPassed: boolean } | null;
};

/** Which model makes the predictions. `overridden`: its gates had failed when it was appointed, for the reason given. */
export type ChampionStatus =
  | { status: "none" }
  | {
      status: "champion";
      modelVersionId: number;
      number: number;
      trainedAt: string;
      promotedAt: string;
      promotedBy: string;
      reason: string;
      gates: Gate[];
      overridden: boolean;
    };
