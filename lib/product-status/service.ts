import { cache } from "react";
import { addDays, latestWeekStart } from "@/lib/calendar/weeks";
import { getSettings } from "@/lib/settings/service";
import type { ProductStatus } from "./contract";
import { findStatus } from "./repository";

const WEEK_MS = 7 * 24 * 3_600_000;

/** What the frame around every page shows; read once per request. */
export const getProductStatus = cache(async (targetId: string): Promise<ProductStatus> => {
  const [settings, row] = await Promise.all([getSettings(), findStatus(targetId)]);
  const asOf = row?.as_of ?? null;
  return {
    companyName: settings.companyName,
    zone: settings.zone,
    currency: settings.currency,
    mode: row?.mode === "demo" || row?.mode === "own" ? row.mode : "empty",
    scores: asOf && {
      asOf: asOf.toISOString(),
      dataTo: addDays(asOf, -1, settings.zone).toISOString(),
      weeksBehind: weeksBetween(asOf, latestWeekStart(new Date(), settings)),
      modelNumber: row?.scored_by ?? 0,
    },
    override:
      row?.champion && row.gates_passed === false
        ? {
            modelNumber: row.champion,
            reason: row.reason ?? "",
            actorLabel: row.actor_label ?? "",
            movedAt: row.moved_at?.toISOString() ?? "",
          }
        : null,
  };
});

/** Rounded: across a change of clocks a week has an hour more or less. */
function weeksBetween(earlier: Date, later: Date): number {
  return Math.max(0, Math.round((later.getTime() - earlier.getTime()) / WEEK_MS));
}
