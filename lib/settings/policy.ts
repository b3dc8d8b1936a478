import { DECIDED_BEFORE_DATA, type DecidedBeforeData, type SettingKey, type Settings } from "./contract";

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
 * weeks cut in the zone, from the week start, of their time: another one would silently give stored figures another meaning.
 */
export function frozenProblem(keys: readonly SettingKey[], hasCustomers: boolean): string | null {
  const frozen = hasCustomers ? FROZEN_WITH_DATA.find((key) => keys.includes(key)) : undefined;
  if (!frozen) return null;
  return `${frozen} cannot change once customers were imported, as stored figures would take on another meaning: begin with an empty installation`;
}

/** Which of the settings that come before the data nobody has decided yet. @param stored the newest stored value by key */
export function undecidedAmong(stored: Readonly<Record<string, unknown>>): DecidedBeforeData[] {
  return DECIDED_BEFORE_DATA.filter((key) => !(key in stored));
}

/**
 * The settings of which a version is to be stored: those whose value differs, and those that were sent and nobody had
 * decided, so that who agrees to a default has decided it.
 */
export function settingsToStore(args: {
  stored: Readonly<Record<string, unknown>>;
  before: Settings;
  after: Settings;
  sent: readonly string[];
}): SettingKey[] {
  const { before, after, sent } = args;
  const undecided = new Set<SettingKey>(undecidedAmong(args.stored));
  const decided = (key: SettingKey) => undecided.has(key) && sent.includes(key);
  return (Object.keys(after) as SettingKey[]).filter((key) => after[key] !== before[key] || decided(key));
}

const FROZEN_WITH_DATA = ["zone", "currency", "weekStart"] as const;
