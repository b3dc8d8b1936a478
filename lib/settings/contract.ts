import { z } from "zod";
import { WEEK_STARTS, type WeekStart } from "@/lib/calendar/contract";

/** All settings with their defaults; stored as versions, one row per change, under these keys. */
export const SettingsSchema = z
  .object({
    /** null: the company has no name yet. */
    companyName: z.string().trim().min(1).max(200).nullable().default(null),
    /** IANA zone: weeks, days and the schedule go by it. */
    zone: z.string().refine(isZone, "expected an IANA time zone such as Europe/Berlin").default("America/New_York"),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "expected three capital letters such as EUR")
      .default("USD"),
    /** The day that the company's weeks begin on: as-of times, the schedule and weekly figures go by it. */
    weekStart: z.enum(Object.keys(WEEK_STARTS) as [WeekStart, ...WeekStart[]]).default("monday"),
    /** What came after as-of but within this many hours still counts as known. */
    dataCutoffHours: z.number().min(0).max(72).default(2),
    /** Above this probability a customer is flagged. */
    flagThreshold: z.number().gt(0).lt(1).default(0.7),
    /** Below this probability nobody is put on the watch list. */
    watchFloor: z.number().min(0).lt(1).default(0.15),
    /** A flagged customer below this for two weeks has recovered. */
    exitThreshold: z.number().gt(0).lt(1).default(0.6),
    /** Customers the team can contact in a week: the length of the queue. */
    weeklyCapacity: z.number().int().min(1).max(100_000).default(500),
    /** Gross margin of revenue, for priority. */
    grossMargin: z.number().gt(0).max(1).default(0.8),
    /** Targets of the promotion gates, out of time. */
    targetPrecision: z.number().gt(0).lt(1).default(0.8),
    targetRecall: z.number().gt(0).lt(1).default(0.7),
    targetRocAuc: z.number().gt(0.5).lt(1).default(0.85),
    /** Monthly churn that the company aims at, for the dashboard's line. */
    targetMonthlyChurn: z.number().gt(0).lt(1).default(0.05),
    /** recorded_at of historical imports without that column: occurred_at plus this. */
    historicalLagHours: z
      .number()
      .min(0)
      .max(24 * 60)
      .default(24),
    /** How long rows of a customer that is not known yet wait for it; 0: not at all. */
    waitingDays: z.number().int().min(0).max(365).default(30),
    /** The most that one delivery of files may have, in megabytes of a million bytes. */
    deliveryMegabytesMax: z.number().int().min(1).max(1_000_000).default(2_000),
    /** How long the files of a delivery are kept after it was imported or refused. */
    deliveryDaysKept: z.number().int().min(0).max(3_650).default(30),
    /** Fewest departures in training data for a model to be made. */
    minimumDepartures: z.number().int().min(10).default(100),
  })
  .strict();

export type Settings = z.infer<typeof SettingsSchema>;
export type SettingKey = keyof Settings;

/**
 * What an admin decides before the first import. Zone and currency have defaults so that the product runs, but facts are
 * stored in them for good: they are taken as decided only where a version was stored.
 */
export const DECIDED_BEFORE_DATA = ["companyName", "zone", "currency"] as const satisfies readonly SettingKey[];
export const DECIDED_WORDS = { companyName: "name", zone: "time zone", currency: "currency" } as const;
export type DecidedBeforeData = (typeof DECIDED_BEFORE_DATA)[number];

/** A change as it is sent: `version` is the newest version the sender saw (0: none yet), `changes` new values by key. */
export const ChangeSettingsSchema = z
  .object({
    version: z.number().int().min(0),
    changes: z
      .record(z.string(), z.unknown())
      .refine((changes) => Object.keys(changes).length > 0, "expected at least one setting to change"),
    reason: z.string().trim().min(1).max(500).nullable(),
  })
  .strict();

export type ChangeSettings = z.infer<typeof ChangeSettingsSchema>;

/** One change of one setting; `from` is null where nothing was decided before, `setBy` a person's name, null for the product itself. */
export type SettingVersion = {
  id: number;
  key: string;
  from: unknown;
  to: unknown;
  setAt: string;
  setBy: string | null;
  reason: string | null;
};

export const DEFAULT_SETTINGS: Settings = SettingsSchema.parse({});

/** By name alone: what Intl takes besides, such as +02:00, means the opposite to Postgres. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
