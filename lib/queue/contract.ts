import { z } from "zod";
import type { Band, Listing } from "@/lib/scoring/contract";

export const QUEUE_SORTS = ["priority", "probability", "revenue"] as const;
export const QUEUE_LISTINGS = ["listed", "flagged", "watch"] as const;
export const QUEUE_BANDS = ["any", "band_90", "band_80", "band_70", "below_70"] as const;

export type QueueSort = (typeof QUEUE_SORTS)[number];

/** Rows a page of the queue holds. */
export const QUEUE_PAGE_SIZE = 50;

/** What narrows and orders the queue, as it stands in the page's address. */
export const QueueQuerySchema = z
  .object({
    /** all, me, none (nobody looks after it) or a user's id */
    owner: z
      .union([
        z.enum(["all", "me", "none"]),
        z.string().regex(/^[1-9]\d{0,8}$/, "expected all, me, none or a user's id"),
      ])
      .default("all"),
    listing: z.enum(QUEUE_LISTINGS).default("listed"),
    band: z.enum(QUEUE_BANDS).default("any"),
    /** a peer group (plan and size band) of the run, empty for all */
    group: z.string().trim().max(100).default(""),
    segment: z.string().trim().max(100).default(""),
    /** part of the customer's name */
    q: z
      .string()
      .trim()
      .max(100)
      .refine((text) => !text.includes("\0"), "must not contain a NUL character")
      .default(""),
    sort: z.enum(QUEUE_SORTS).default("priority"),
  })
  .strict();

export type QueueQuery = z.infer<typeof QueueQuerySchema>;

/** The query of GET /api/v1/queue: the same, and where the page before ended. */
export const QueuePageQuerySchema = QueueQuerySchema.extend({ after: z.string().max(200).optional() }).strict();

export const DEFAULT_QUEUE_QUERY: QueueQuery = QueueQuerySchema.parse({});

/**
 * The query in a page's address. A value that does not fit falls back to its default, since an old or mistyped link
 * should still show the queue; the API refuses such a value instead.
 */
export function queueQueryFromAddress(address: Readonly<Record<string, string | string[] | undefined>>): QueueQuery {
  const query: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(QueueQuerySchema.shape)) {
    const given = address[name];
    const parsed = schema.safeParse(Array.isArray(given) ? given[0] : given);
    query[name] = parsed.success ? parsed.data : undefined;
  }
  return QueueQuerySchema.parse(query);
}

/** The address of a query, without what is at its default. */
export function queueQueryToAddress(query: QueueQuery): string {
  const search = new URLSearchParams();
  for (const name of Object.keys(QueueQuerySchema.shape) as (keyof QueueQuery)[]) {
    if (query[name] !== DEFAULT_QUEUE_QUERY[name]) search.set(name, query[name]);
  }
  return search.toString();
}

/** A person who looks after customers. */
export type Owner = { id: number; name: string };

/** A sentence, and what is usual among comparable customers ("4 to 9 people"): a level alone does not say whether it is low. */
export type QueueReason = { text: string; typical: string | null };

/** One customer in the queue. Money is in cents of the reporting currency. */
export type QueueRow = {
  customerId: number;
  name: string;
  segment: string | null;
  /** plan and size in words */
  peerGroup: string;
  listing: Exclude<Listing, "unlisted">;
  band: Band;
  probability: number;
  /** probability minus that of the week before by the same model; null: the customer was not scored then, or nothing was */
  change: number | null;
  mrrCents: number;
  priorityCents: number;
  /** the strongest reasons that raise the probability */
  reasons: QueueReason[];
  owner: Owner | null;
};

export type QueuePage = {
  rows: QueueRow[];
  /** hand back as `after`; null where this is the end */
  next: string | null;
};

/** The published run that queue and pages show. Times are ISO 8601. */
export type PublishedRun = {
  scoringRunId: number;
  asOf: string;
  publishedAt: string;
  modelNumber: number;
  threshold: number;
  floor: number;
  capacity: number;
  /** as-of of the published run before; null where there is none */
  previousAsOf: string | null;
  /** the model changed since, and the week before was compared by the earlier model's bridge run */
  comparedByBridge: boolean;
  /** the model changed since, and no bridge run exists: changes mix both causes */
  modelChanged: boolean;
};

export type QueueTotals = {
  flagged: number;
  watched: number;
  leaving: number;
  /** monthly revenue of the flagged and of the watched */
  flaggedMrrCents: number;
  watchedMrrCents: number;
};

/** What priority was computed with: probability x gross margin x monthly revenue x expected months of the band. */
export type PriorityTerms = {
  grossMargin: number;
  months: number;
  bands: { band: Band; monthlyChurn: number; expectedMonths: number }[];
};

export type QueueHeader = {
  run: PublishedRun;
  totals: QueueTotals;
  /** null where the run stored none that are understood */
  priority: PriorityTerms | null;
  owners: Owner[];
  /** peer groups of the listed: the key that filters, and its words */
  groups: { key: string; words: string }[];
  segments: string[];
  currency: string;
  zone: string;
};

/** Where a customer stands this week: its place on the list, or on notice. */
export type Standing = Listing | "leaving";

export const LEAVING_PAGE_SIZE = 50;

export const LeavingQuerySchema = z
  .object({
    owner: QueueQuerySchema.shape.owner,
    q: QueueQuerySchema.shape.q,
    after: z.string().max(200).optional(),
  })
  .strict();

export type LeavingQuery = z.infer<typeof LeavingQuerySchema>;

/** A customer who has given notice. */
export type LeavingRow = {
  customerId: number;
  name: string;
  noticeAt: string;
  /** when coverage is to end; null where the notice does not say */
  effectiveAt: string | null;
  mrrCents: number;
  owner: Owner | null;
};

export type LeavingPage = { rows: LeavingRow[]; next: string | null };

export const BAND_LABELS: Record<Band, string> = {
  band_90: "above 90%",
  band_80: "80 to 90%",
  band_70: "70 to 80%",
  below_70: "up to 70%",
};

export const LISTING_LABELS: Record<Listing, string> = {
  flagged: "Flagged",
  watch: "Watch",
  unlisted: "Not listed",
};
