import { getChurnCheck } from "@/lib/churn-check/service";
import { currentLabelRule } from "@/lib/labels/service";
import { listAwaitedOwners } from "@/lib/owners/service";
import { isFailed, type Readiness } from "@/lib/readiness/contract";
import { getReadiness } from "@/lib/readiness/service";
import { getSettings, listUndecidedSettings } from "@/lib/settings/service";
import type { SetUp } from "./contract";
import { nextStep, setUpSteps } from "./policy";
import { selectSetUpFacts } from "./repository";

/**
 * How far an installation of one's own is on its way to the first queue. Once there is data it reads every coverage event,
 * for the churn check. The caller has checked that it is an admin who asks.
 */
export async function getSetUp({ targetId, now }: { targetId: string; now: Date }): Promise<SetUp> {
  const [settings, undecided, rule, row, awaited] = await Promise.all([
    getSettings(),
    listUndecidedSettings(),
    currentLabelRule(targetId),
    selectSetUpFacts(targetId),
    listAwaitedOwners(),
  ]);
  const [check, readiness] =
    row.customers > 0
      ? await Promise.all([getChurnCheck({ targetId, now }), getReadiness(targetId, now)])
      : [null, null];
  const facts = {
    company: {
      name: settings.companyName,
      zone: settings.zone,
      currency: settings.currency,
      weekStart: settings.weekStart,
      undecided,
    },
    rule,
    data: { customers: row.customers, imports: row.imports, running: row.importing, lastError: row.importError },
    churnCheck: check && {
      months: check.months.length,
      survivorship: check.survivorship?.says ?? null,
      confirmation: check.confirmation,
    },
    dataProblem: readiness && problemOf(readiness),
    team: { csms: row.csms, accounts: row.accounts, invited: row.invited, awaited: awaited.length },
    training: {
      running: row.training,
      lastRefusal: row.trainingRefusal,
      newestModel: row.newestModel,
      champion: row.champion,
    },
    queue: { listed: row.listed, running: row.scoring, lastError: row.scoringError },
  };
  const steps = setUpSteps(facts);
  return { steps, next: nextStep(steps), facts };
}

function problemOf({ state, title, says, helps }: Readiness): string | null {
  if (!isFailed(state)) return null;
  return `${title}. ${says}${helps ? ` What would help: ${helps}` : ""}`;
}
