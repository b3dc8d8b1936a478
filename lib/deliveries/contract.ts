import { z } from "zod";
import { SourceSchema } from "@/lib/ingest/mapping/contract";

/**
 * How far a delivery is. receiving: its files are coming in · queued: they are here and wait for the import job · importing ·
 * imported · refused: as a whole, nothing of it was kept · discarded: cut off while it came in, or not wanted.
 */
export const DELIVERY_STATUSES = ["receiving", "queued", "importing", "imported", "refused", "discarded"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export type DeliveryChannel = "api" | "inbox";

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
