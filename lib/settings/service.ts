import { recordAudit } from "@/lib/audit/service";
import { type SettingKey, type Settings, SettingsSchema } from "./contract";
import { findCurrentSettings, insertSettingVersion } from "./repository";

/** The settings in force: stored versions over the defaults. @throws ZodError where a stored value no longer fits. */
export async function getSettings(): Promise<Settings> {
  return SettingsSchema.parse(await findCurrentSettings());
}

/** Stores a new version of one setting, after checking it, and audits it. The caller has checked the permission. */
export async function changeSetting<K extends SettingKey>(args: {
  key: K;
  value: Settings[K];
  actor: { id: number | null; label: string };
  reason: string | null;
}): Promise<void> {
  const before = await getSettings();
  const value = SettingsSchema.parse({ ...before, [args.key]: args.value })[args.key];
  if (value === before[args.key]) return;
  await insertSettingVersion({ key: args.key, value, setBy: args.actor.id, reason: args.reason });
  await recordAudit({
    actor: args.actor,
    action: "setting.change",
    subjectType: "setting",
    subjectId: args.key,
    detail: { from: before[args.key], to: value },
  });
}
