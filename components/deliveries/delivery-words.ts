import type { Tone } from "@/components/ui/badge";
import type { DeliveryChannel, DeliveryStatus } from "@/lib/deliveries/contract";

/** How a state is called where people read it, and its tone. */
export const STATUS_WORDS: Record<DeliveryStatus, { label: string; tone: Tone }> = {
  receiving: { label: "coming in", tone: "accent" },
  received: { label: "waits for its check", tone: "accent" },
  checking: { label: "being checked", tone: "accent" },
  checked: { label: "waits for you", tone: "warn" },
  queued: { label: "waits for its import", tone: "accent" },
  importing: { label: "being imported", tone: "accent" },
  imported: { label: "imported", tone: "good" },
  refused: { label: "refused", tone: "danger" },
  discarded: { label: "discarded", tone: "neutral" },
};

export const CHANNEL_WORDS: Record<DeliveryChannel, string> = {
  browser: "uploaded",
  api: "sent by a program",
  inbox: "from the inbox",
};

/** Whether a delivery changes without anybody's doing. */
export function isMoving(status: DeliveryStatus): boolean {
  return !["checked", "imported", "refused", "discarded"].includes(status);
}
