import { DateTime } from "luxon";
import { addDays } from "@/lib/calendar/weeks";
import { notFoundError } from "@/lib/http/domain-error";
import { getSettings } from "@/lib/settings/service";
import type { Role } from "@/lib/users/contract";
import { type ChurnMonth, type Dashboard, LEAST_FOR_CHURN, LEAST_FOR_PRECISION, type RealisedWeek } from "./contract";
import { measure, monthState } from "./policy";
import {
  findChurnMonths,
  findFirstSubscriptionEvent,
  findNow,
  findRealised,
  findRule,
  findUnresolvedAsOf,
  type RealisedRecord,
} from "./repository";

/** Months with a figure, and the one under way. */
const MONTHS_SHOWN = 18;
const REALISED_WEEKS_SHOWN = 12;

/**
 * The figures of the VP's page. Counts run up to the published as-of, or to now before the first.
 * @throws DomainError not_found for any role but vp and admin
 */
export async function readDashboard(args: { viewer: { role: Role }; now: Date }): Promise<Dashboard> {
  if (args.viewer.role !== "vp" && args.viewer.role !== "admin") throw notFoundError();
  const [settings, present, rule, realised, unresolved, first] = await Promise.all([
    getSettings(),
    findNow(),
    findRule(),
    findRealised({ limit: REALISED_WEEKS_SHOWN }),
    findUnresolvedAsOf(),
    findFirstSubscriptionEvent(),
  ]);
  const countedTo = present?.asOf ?? args.now;
  const { zone } = settings;
  return {
    months: await readMonths({ countedTo, zone, graceDays: rule.graceDays, first }),
    countedTo: countedTo.toISOString(),
    targetMonthlyChurn: settings.targetMonthlyChurn,
    targetPrecision: settings.targetPrecision,
    targetRecall: settings.targetRecall,
    now: present && {
      asOf: present.asOf.toISOString(),
      flagged: present.flagged,
      watched: present.watched,
      leaving: present.leaving,
      scored: present.scored,
      flaggedMrrCents: present.flaggedMrrCents,
      watchedMrrCents: present.watchedMrrCents,
      leavingMrrCents: present.leavingMrrCents,
      expectedLossCents: present.expectedLossCents,
      scoredMrrCents: present.scoredMrrCents,
    },
    realised: realised.map(realisedWeek),
    nextRealisedAt: unresolved && addDays(unresolved, rule.maturityDays, zone).toISOString(),
    currency: settings.currency,
    zone,
  };
}

async function readMonths(args: {
  countedTo: Date;
  zone: string;
  graceDays: number;
  first: Date | null;
}): Promise<ChurnMonth[]> {
  const current = DateTime.fromJSDate(args.countedTo, { zone: args.zone }).startOf("month");
  const starts = Array.from({ length: MONTHS_SHOWN + 2 }, (_, i) => current.plus({ months: i - MONTHS_SHOWN }));
  const rows = await findChurnMonths({
    starts: starts.map((start) => start.toJSDate()),
    until: args.countedTo,
    graceDays: args.graceDays,
  });
  return rows.map((row, i): ChurnMonth => {
    const monthEnd = (starts[i + 1] as DateTime).toJSDate();
    const hasData = args.first !== null && args.first <= row.start;
    return {
      month: (starts[i] as DateTime).toFormat("yyyy-MM"),
      atStart: hasData ? row.atStart : null,
      departures: hasData ? row.departures : null,
      churn: hasData ? measure({ hits: row.departures, n: row.atStart, least: LEAST_FOR_CHURN }) : { state: "none" },
      state: monthState({
        monthEnd,
        graceEnd: addDays(monthEnd, args.graceDays, args.zone),
        countedTo: args.countedTo,
      }),
    };
  });
}

function realisedWeek(record: RealisedRecord): RealisedWeek {
  const least = LEAST_FOR_PRECISION;
  return {
    asOf: record.asOf.toISOString(),
    modelNumber: record.modelNumber,
    predicted: record.predicted,
    flagged: record.flagged,
    departed: record.departed,
    flaggedDeparted: record.flaggedDeparted,
    precision: measure({ hits: record.flaggedDeparted, n: record.flagged, least }),
    recall: measure({ hits: record.flaggedDeparted, n: record.departed, least }),
    queuePrecision: measure({ hits: record.listedDeparted, n: record.listed, least }),
    queueRecall: measure({ hits: record.listedDeparted, n: record.departed, least }),
  };
}
