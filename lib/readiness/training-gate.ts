import { getChurnCheck } from "@/lib/churn-check/service";
import { usableAsOfs } from "@/lib/features/service";
import { findInstallation } from "@/lib/installation/service";
import { countLabelled } from "@/lib/labels/departure-counts";
import { departuresKnownUntil } from "@/lib/labels/departures-known-until";
import { keptCounts } from "@/lib/labels/kept-counts";
import { labelWindow } from "@/lib/labels/resolve-outcome";
import { currentLabelRule } from "@/lib/labels/service";
import { getSettings } from "@/lib/settings/service";
import { PARTS, type Part } from "@/lib/training/contract";
import { type DepartureCounts, departureShortage } from "@/lib/training/departure-shortage";
import { planSplit, splitWeeksMin } from "@/lib/training/part-plan";
import type { FailedState, ReadinessCheck } from "./contract";
import { isFailed } from "./contract";
import { checksOfChurn, departuresCheck, historyCheck, judgeReadiness } from "./policy";

/**
 * What can be said of a model before features are built: whether there is data with those who left, enough weeks and
 * departures in them, and whether an admin has confirmed the churn. Reads every coverage event twice where something was imported since the last time.
 */
export async function checkBeforeTraining(args: { targetId: string; now: Date }): Promise<ReadinessCheck[]> {
  const { targetId, now } = args;
  const [churn, installation, rule, settings, knownUntil] = await Promise.all([
    getChurnCheck(args),
    findInstallation(),
    currentLabelRule(targetId),
    getSettings(),
    departuresKnownUntil(now),
  ]);
  const checks = checksOfChurn(churn, installation?.mode === "demo");
  const weeks = (await usableAsOfs({ until: now })).filter(
    (asOf) => knownUntil !== null && labelWindow({ asOf, rule, zone: settings.zone }).maturesAt <= knownUntil.getTime(),
  );
  const needed = splitWeeksMin(rule.horizonDays);
  const maturityDays = rule.horizonDays + rule.graceDays + rule.settlementDays;
  const history = historyCheck({ weeks: weeks.length, needed, maturityDays });
  if (history.state === "failed")
    return [
      ...checks,
      history,
      { id: "departures", state: "unknown", says: "Cannot be told before there are enough weeks.", helps: null },
    ];
  const counts = await countParts({ targetId, now, weeks, horizonDays: rule.horizonDays, ruleId: rule.id });
  const { average } = churn;
  const perMonth = average.churn.state === "measured" ? average.churn.proportion.hits / average.months : null;
  const departures = departuresCheck({
    shortage: departureShortage({ counts, minimumDepartures: settings.minimumDepartures }),
    departed: counts.train.departedCustomers,
    weeks: counts.train.weeks,
    perMonth,
  });
  return [...checks, history, departures];
}

/** Why no training may begin, with the counts and what helps; null where it may. A demo is never held back. */
export async function findTrainingBlock(args: {
  targetId: string;
  now: Date;
}): Promise<{ state: FailedState; message: string } | null> {
  if ((await findInstallation())?.mode === "demo") return null;
  const { state, says, helps } = judgeReadiness(await checkBeforeTraining(args));
  return isFailed(state) ? { state, message: [says, helps].filter(Boolean).join(" ") } : null;
}

/** Customers and departures in each part that a training would split the weeks into. */
async function countParts(args: {
  targetId: string;
  now: Date;
  weeks: readonly Date[];
  horizonDays: number;
  ruleId: number;
}): Promise<Record<Part, DepartureCounts>> {
  const split = planSplit({ asOfTimes: args.weeks.map((asOf) => asOf.getTime()), horizonDays: args.horizonDays });
  const groups = PARTS.map((part) => split[part].map((time) => new Date(time)));
  const question = JSON.stringify(["parts", args.ruleId, groups]);
  const counts = await keptCounts(question, () => countLabelled({ targetId: args.targetId, groups, now: args.now }));
  return Object.fromEntries(
    PARTS.map((part, i) => [part, { weeks: split[part].length, customers: 0, departedCustomers: 0, ...counts[i] }]),
  ) as Record<Part, DepartureCounts>;
}
