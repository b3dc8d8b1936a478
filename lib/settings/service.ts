import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError } from "@/lib/http/domain-error";
import {
  type ChangeSettings,
  DECIDED_BEFORE_DATA,
  type DecidedBeforeData,
  type SettingKey,
  type Settings,
  SettingsSchema,
  type SettingVersion,
} from "./contract";
import { frozenProblem, settingsProblem, settingsToStore, undecidedAmong } from "./policy";
import {
  findCurrentSettings,
  findSettingVersions,
  hasAnyCustomer,
  insertSettingVersion,
  lockSettingVersions,
} from "./repository";

/** The settings in force: stored versions over the defaults. @throws ZodError where a stored value no longer fits. */
export async function getSettings(): Promise<Settings> {
  return SettingsSchema.parse(await findCurrentSettings());
}

/** Which of name, zone and currency nobody has decided yet: until they are, nothing of a company's own is imported. */
export async function listUndecidedSettings(): Promise<DecidedBeforeData[]> {
  return undecidedAmong(await findCurrentSettings());
}

/** Every change ever made, newest first, each with what it replaced (before the first change the default, or null where that decides nothing). */
export async function listSettingVersions(): Promise<SettingVersion[]> {
  return withFrom(await findSettingVersions());
}

/** Stores a new version of one setting, after checking it, and audits it. The caller has checked the permission. */
export async function changeSetting<K extends SettingKey>(args: {
  key: K;
  value: Settings[K];
  actor: Actor;
  reason: string | null;
}): Promise<void> {
  const { key, actor, reason } = args;
  await inTransaction(async (client) => {
    await lockSettingVersions(client);
    const stored = await findCurrentSettings(client);
    const before = SettingsSchema.parse(stored);
    const after = SettingsSchema.parse({ ...before, [key]: args.value });
    const keys = settingsToStore({ stored, before, after, sent: [key] });
    await storeChanges(client, { keys, stored, before, after, actor, reason });
  });
}

/**
 * Changes several settings at once, all or none, each audited. Repeating a change that is in force changes nothing. The
 * caller has checked that `actor` is an admin.
 * @throws DomainError invalid_input naming the setting, its value and what is expected; conflict naming what others changed
 * since `version`; refused for zone, currency and week start once there are customers.
 */
export async function changeSettings(args: ChangeSettings & { actor: Actor }): Promise<{ version: number }> {
  return inTransaction(async (client) => {
    await lockSettingVersions(client);
    const stored = await findCurrentSettings(client);
    const before = SettingsSchema.parse(stored);
    const after = checked(before, args.changes);
    const keys = settingsToStore({ stored, before, after, sent: Object.keys(args.changes) });
    const versions = await findSettingVersions(client);
    if (keys.length > 0) {
      refuseStale(withFrom(versions), args.version);
      // Who agrees to the value in force changes nothing that is stored.
      const changed = keys.filter((key) => after[key] !== before[key]);
      const frozen = frozenProblem(changed, await hasAnyCustomer(client));
      if (frozen) throw new DomainError("refused", `${frozen}.`);
    }
    const { actor, reason } = args;
    const last = await storeChanges(client, { keys, stored, before, after, actor, reason });
    return { version: last ?? versions[0]?.id ?? 0 };
  });
}

function checked(before: Settings, changes: Record<string, unknown>): Settings {
  const emptied = Object.entries(changes).find(([, value]) => value === null);
  if (emptied) throw new DomainError("invalid_input", `${emptied[0]} is null: expected a value`);
  const parsed = SettingsSchema.safeParse({ ...before, ...changes });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.path.map(String).join(".") ?? "";
    const place = key ? `${key} is ${JSON.stringify(changes[key])}: ` : "";
    throw new DomainError("invalid_input", `${place}${issue?.message ?? "not as expected"}`);
  }
  const problem = settingsProblem(parsed.data);
  if (problem) throw new DomainError("invalid_input", problem);
  return parsed.data;
}

function refuseStale(versions: readonly SettingVersion[], seen: number): void {
  const newer = versions.filter((version) => version.id > seen);
  if (newer.length === 0) return;
  const words = newer.map(({ key, from, to }) => `${key} from ${JSON.stringify(from)} to ${JSON.stringify(to)}`);
  throw new DomainError(
    "conflict",
    `Others changed settings since you looked: ${words.join("; ")}. Look again, then repeat your change.`,
  );
}

/** @returns the id of the last version stored, null where nothing changed. */
async function storeChanges(
  client: PoolClient,
  args: {
    keys: readonly SettingKey[];
    stored: Readonly<Record<string, unknown>>;
    before: Settings;
    after: Settings;
    actor: Actor;
    reason: string | null;
  },
): Promise<number | null> {
  const { after, actor, reason } = args;
  const before = { ...args.before, ...UNDECIDED, ...args.stored };
  let last: number | null = null;
  for (const key of args.keys) {
    last = await insertSettingVersion(client, { key, value: after[key], setBy: actor.id, reason });
    const detail = { from: before[key], to: after[key], reason };
    await recordAudit({ actor, action: "setting.change", subjectType: "setting", subjectId: key, detail }, client);
  }
  return last;
}

function withFrom(newestFirst: Awaited<ReturnType<typeof findSettingVersions>>): SettingVersion[] {
  const inForce: Record<string, unknown> = { ...SettingsSchema.parse({}), ...UNDECIDED };
  const versions = newestFirst.toReversed().map(({ value, setAt, ...row }) => {
    const version = { ...row, from: inForce[row.key], to: value, setAt: setAt.toISOString() };
    inForce[row.key] = value;
    return version;
  });
  return versions.reverse();
}

const UNDECIDED = Object.fromEntries(DECIDED_BEFORE_DATA.map((key) => [key, null]));
