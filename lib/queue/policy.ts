import type { Listing } from "@/lib/scoring/contract";
import type { Role } from "@/lib/users/contract";
import type { QueueReason } from "./contract";

/** Who asks, as lib/auth read it from the database for this request. */
export type Viewer = { id: number; role: Role };

/** Whether the role sees customers at all; to others their pages look like any unknown address. */
export function seesCustomers(role: Role): boolean {
  return role === "csm" || role === "vp" || role === "admin";
}

/** What is known of a customer's part in an experiment when one prediction is to be shown. */
export type Blinding = {
  /** an experiment that holds customers out covers the prediction's as-of */
  experimentRunning: boolean;
  /** the customer was drawn into the comparison group of that experiment, and is counted */
  inComparisonGroup: boolean;
  /** every label window in which the customer would have been listed has matured */
  windowsMatured: boolean;
};

/** Why a prediction is not shown: to the viewer the customer is simply not on the list. */
export type Visibility = "shown" | "unlisted";

/**
 * The one decision of what a user may see of a prediction, for every channel: queue, page, search, export, API.
 *
 * Who works with customers must not be able to tell a comparison customer from any unlisted one. A hidden list place is
 * not enough, since a probability of 0.9 on an unlisted customer gives it away: so while an experiment runs, they see no
 * score of anyone unlisted, and a comparison customer counts as unlisted until its windows have matured. Other roles
 * contact nobody and see everything.
 */
export function visiblePrediction(args: { role: Role; listing: Listing; blinding: Blinding }): Visibility {
  if (!isBlinded(args.role)) return "shown";
  const { experimentRunning, inComparisonGroup, windowsMatured } = args.blinding;
  if (inComparisonGroup && !windowsMatured) return "unlisted";
  if (experimentRunning && args.listing === "unlisted") return "unlisted";
  return "shown";
}

/** Whether the role is kept from telling who is in the comparison group. */
export function isBlinded(role: Role): boolean {
  return role === "csm";
}

/** How many sentences of reason a row of the queue shows. */
const REASONS_SHOWN = 3;

/** A part that multiplies the odds by less than 1.16 explains nothing that a person could act on. */
const REASON_LEAST_LOG_ODDS = 0.15;

/**
 * The sentences of what raises the probability, strongest first, from the JSON that publishing stored. What lowers it
 * is left to the customer's page: the queue answers "why this one".
 */
export function raisingReasons(stored: unknown): QueueReason[] {
  return storedReasons(stored)
    .filter((reason) => reason.direction === "raises" && reason.logOdds >= REASON_LEAST_LOG_ODDS)
    .slice(0, REASONS_SHOWN)
    .map(({ text, typical }) => ({ text, typical: typical?.slice(typical.indexOf(": ") + 2) ?? null }));
}

export type StoredReason = {
  feature: string;
  theme: string;
  direction: "raises" | "lowers";
  logOdds: number;
  text: string;
  /** "typical for Team accounts of 5–9 seats: 4 to 9 people" */
  typical?: string;
};

/** The reasons in `prediction.reasons`; what does not have their shape is passed over. */
export function storedReasons(stored: unknown): StoredReason[] {
  const reasons = (stored as { reasons?: unknown } | null)?.reasons;
  return Array.isArray(reasons) ? reasons.filter(isStoredReason) : [];
}

function isStoredReason(value: unknown): value is StoredReason {
  const reason = value as Partial<StoredReason> | null;
  return (
    typeof reason?.text === "string" &&
    typeof reason.feature === "string" &&
    typeof reason.logOdds === "number" &&
    (reason.typical === undefined || typeof reason.typical === "string") &&
    (reason.direction === "raises" || reason.direction === "lowers")
  );
}
