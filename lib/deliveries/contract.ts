import { z } from "zod";
import type { BadRow, ImportFileReport } from "@/lib/ingest/contract";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import type { JobProgress } from "@/lib/job-runs/contract";

/**
 * How far a delivery is. receiving: its files are coming in · received: a person brought them, and they wait to be checked ·
 * checking: a dry run is under way · checked: somebody must decide · queued: waits for its import · importing · imported ·
 * refused: as a whole, nothing of it was kept · discarded: cut off while it came in, or not wanted.
 */
export const DELIVERY_STATUSES = [
  "receiving",
  "received",
  "checking",
  "checked",
  "queued",
  "importing",
  "imported",
  "refused",
  "discarded",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export type DeliveryChannel = "browser" | "api" | "inbox";

/** What a dry run found: that the files would be refused, with the reason, or what importing them would change. */
export type DeliveryCheck =
  | { readonly outcome: "refused"; readonly reason: string }
  | {
      readonly outcome: "importable";
      readonly rowsRead: number;
      /** by canonical file, with what would become of its rows; times are ISO */
      readonly files: readonly CheckedFile[];
      /** the files as they came, where a mapping makes the rows */
      readonly inputs: readonly { readonly file: string; readonly rowsRead: number; readonly rowsUnused: number }[];
      /** rows and fields that would go to quarantine, by reason, most frequent first */
      readonly reasons: readonly { readonly reason: string; readonly count: number }[];
      /** the first of them */
      readonly samples: readonly BadRow[];
      /** rows of earlier imports that would have waited for their customer in vain */
      readonly rowsGivenUp: number;
    };

/** What would become of the rows of a file; times are ISO. */
export type CheckedFile = Omit<ImportFileReport, "bytes" | "sha256" | "seconds" | "file" | "firstAt" | "lastAt"> & {
  readonly file: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
};

export type DeliveredFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** A delivery as those who may see it do; times are ISO. */
export type DeliveryView = {
  id: string;
  source: string;
  channel: DeliveryChannel;
  status: DeliveryStatus;
  historical: boolean;
  /** none while they are coming in */
  files: readonly DeliveredFile[];
  receivedAt: string;
  /** a person or a token, by name; null for the inbox */
  receivedFrom: string | null;
  finishedAt: string | null;
  error: string | null;
  /** null before the dry run */
  check: DeliveryCheck | null;
  /** what the import made of it; null before, and where it was refused */
  import: {
    id: number;
    rowsRead: number;
    rowsNew: number;
    rowsChanged: number;
    rowsSame: number;
    rowsBad: number;
  } | null;
};

/** A delivery with what is happening to it: how far its job is, or what has to end before. */
export type DeliveryNow = DeliveryView & { progress: JobProgress | null; waitsFor: string | null };

/** The answer to files that were sent: `repeated` where the same ones had come before and nothing was taken. */
export type ReceivedDelivery = { delivery: DeliveryView; repeated: boolean };

export const DeliveryIdSchema = z.strictObject({ deliveryId: z.uuid("expected the id of a delivery") });

export const SendFilesPathSchema = z.strictObject({ source: SourceSchema });

export const SendFilesQuerySchema = z.strictObject({
  /** The file's name where the body is the file itself. */
  file: z.string().min(1).max(200).optional(),
  historical: z
    .enum(["true", "false"], "expected true or false")
    .default("false")
    .transform((text) => text === "true"),
});

/** Files that a person brings: their names come with them. */
export const BringFilesQuerySchema = SendFilesQuerySchema.omit({ file: true }).extend({ source: SourceSchema });

export const DELIVERY_ACTIONS = ["check", "import", "discard"] as const;
export const DeliveryActionSchema = z.strictObject({ action: z.enum(DELIVERY_ACTIONS) });
export type DeliveryAction = z.output<typeof DeliveryActionSchema>["action"];

/** Deliveries newest first; `next` is the `before` of the next page, null at the end. */
export type DeliveryPage = { deliveries: DeliveryView[]; next: string | null };
