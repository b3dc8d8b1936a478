import type { SettingKey, Settings } from "./contract";

/** What two settings say together that cannot hold, as one sentence naming both values; null where all is well. */
export function settingsProblem(settings: Settings): string | null {
  const { watchFloor, exitThreshold, flagThreshold } = settings;
  if (watchFloor >= exitThreshold)
    return `watchFloor is ${watchFloor}: expected less than exitThreshold, which is ${exitThreshold}`;
  if (exitThreshold > flagThreshold)
    return `exitThreshold is ${exitThreshold}: expected at most flagThreshold, which is ${flagThreshold}`;
  return null;
}

/**
 * Why a setting may no longer change once there are customers; null where it may. Amounts were stored in the currency and
 * weeks cut in the zone of their time: another one would silently give stored figures another meaning.
 */
export function frozenProblem(keys: readonly SettingKey[], hasCustomers: boolean): string | null {
  const frozen = hasCustomers ? FROZEN_WITH_DATA.find((key) => keys.includes(key)) : undefined;
  if (!frozen) return null;
  return `${frozen} cannot change once customers were imported, as stored figures would take on another meaning: begin with an empty installation`;
}

const FROZEN_WITH_DATA = ["zone", "currency"] as const;
