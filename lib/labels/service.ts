import type { CopyValue } from "@/lib/db/copy";
import type { Fence } from "@/lib/db/fence";
import { inTransaction } from "@/lib/db/pool";
import { getSettings } from "@/lib/settings/service";
import type { LabelProgress, LabelRule } from "./contract";
import { departuresKnownUntil } from "./departures-known-until";
import {
  createLabelStaging,
  findLastCustomerId,
  findNewestRule,
  stageLabels,
  streamCoverage,
  writeStagedLabels,
} from "./repository";
import { type LabelWindow, labelWindow, outcomeAt, readHistory } from "./resolve-outcome";
import type { CoverageEvent } from "./subscription-timeline";

export { readDepartureTimes, readLabels } from "./repository";

/** The rule in force of a target. @throws Error where the target is unknown. */
export async function currentLabelRule(targetId: string): Promise<LabelRule> {
  const rule = await findNewestRule(targetId);
  if (rule === undefined) throw new Error(`target "${targetId}" has no label rule: expected one such as churn-30d`);
  return rule;
}

/**
 * Labels every customer with paid coverage and without a notice, at each as-of whose window has matured by `now` and by
 * the data's watermark, from what was known by `now`. A label that is there and still right stays; otherwise a further revision supersedes it, and
 * where a correction took the customer out of the question, a voided one. All in one transaction.
 * @returns how many as-ofs had matured and how many labels were added, revised and voided.
 */
export async function resolveLabels(args: {
  targetId: string;
  asOfs: readonly Date[];
  now: Date;
  fence: Fence;
  onProgress?: (progress: LabelProgress) => void;
}): Promise<{ matured: number; added: number; revised: number; voided: number }> {
  const { now } = args;
  const [rule, { zone }, knownUntil] = await Promise.all([
    currentLabelRule(args.targetId),
    getSettings(),
    departuresKnownUntil(now),
  ]);
  const windows = args.asOfs
    .map((asOf) => labelWindow({ asOf, rule, zone }))
    .filter((window) => knownUntil !== null && window.maturesAt <= knownUntil.getTime());
  if (windows.length === 0) return { matured: 0, added: 0, revised: 0, voided: 0 };
  return inTransaction(async (client) => {
    await createLabelStaging(client);
    const lastCustomerId = await findLastCustomerId(client);
    for await (const customers of streamCoverage(client, now)) {
      await stageLabels(client, labelRows({ customers, windows, rule, zone, now }));
      const done = customers.at(-1)?.customerId ?? lastCustomerId;
      const fraction = Math.min(1, done / lastCustomerId);
      args.onProgress?.({ fraction: fraction * 0.6, message: `Reading subscriptions of ${lastCustomerId} customers` });
    }
    args.onProgress?.({ fraction: 0.6, message: `Writing labels of ${windows.length} weeks` });
    const asOfs = windows.map((window) => new Date(window.asOf));
    const counts = await writeStagedLabels(client, { labelRuleId: rule.id, asOfs });
    await args.fence(client);
    args.onProgress?.({ fraction: 1, message: `${counts.added} labels added, ${counts.revised} revised` });
    return { matured: windows.length, ...counts };
  });
}

function* labelRows(args: {
  customers: readonly { customerId: number; events: readonly CoverageEvent[] }[];
  windows: readonly LabelWindow[];
  rule: LabelRule;
  zone: string;
  now: Date;
}): Generator<readonly CopyValue[]> {
  const now = args.now.getTime();
  const windows = args.windows.map((window) => ({ window, asOf: new Date(window.asOf).toISOString() }));
  for (const { customerId, events } of args.customers) {
    const history = readHistory({ subscriptions: events, graceDays: args.rule.graceDays, zone: args.zone });
    for (const { window, asOf } of windows) {
      const outcome = outcomeAt({ history, window, now });
      if (outcome.status === "stayed") yield [asOf, customerId, false, null, null];
      else if (outcome.status === "departed") yield [asOf, customerId, true, outcome.departedAt, outcome.kind];
    }
  }
}
