import { monthsUpTo } from "@/lib/calendar/months";
import { addDays } from "@/lib/calendar/weeks";
import { notFoundError } from "@/lib/http/domain-error";
import { countDepartures } from "@/lib/labels/departure-counts";
import { departuresKnownUntil } from "@/lib/labels/departures-known-until";
import { keptCounts } from "@/lib/labels/kept-counts";
import { getSettings } from "@/lib/settings/service";
import type { Role } from "@/lib/users/contract";
import { type ChurnMonth, type Dashboard, LEAST_FOR_CHURN, LEAST_FOR_PRECISION, type RealisedWeek } from "./contract";
import { measure, monthState } from "./policy";
import {
  findFirstEnd,
  findNow,
  findRealised,
  findRule,
  findUnresolvedAsOf,
  type RealisedRecord,
  type RuleRecord,
} from "./repository";

/** Months with a figure, and the one under way. */
const MONTHS_SHOWN = 18;
const REALISED_WEEKS_SHOWN = 8;

/**
 * The figures of the VP's page. Counts run up to the published as-of, or before the first to where the data ends.
 * @throws DomainError not_found for any role but vp and admin
 */
export async function readDashboard(args: { viewer: { role: Role }; now: Date }): Promise<Dashboard> {
  if (args.viewer.role !== "vp" && args.viewer.role !== "admin") throw notFoundError();
  const [settings, present, rule, realised, unresolved, firstEnd, knownUntil] = await Promise.all([
    getSettings(),
    findNow(),
    findRule(),
    findRealised({ limit: REALISED_WEEKS_SHOWN }),
    findUnresolvedAsOf(),
    findFirstEnd(),
    departuresKnownUntil(args.now),
  ]);
  const countedTo = present?.asOf ?? knownUntil ?? args.now;
  const { zone } = settings;
  return {
    months: await readMonths({ countedTo, zone, rule, firstEnd, now: args.now }),
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
  rule: RuleRecord;
  firstEnd: Date | null;
  now: Date;
}): Promise<ChurnMonth[]> {
  const { countedTo, zone, rule, firstEnd } = args;
  const spans = monthsUpTo({ last: countedTo, count: MONTHS_SHOWN + 1, zone }).map(({ month, from, to: end }) => ({
    month,
    from,
    end,
    to: new Date(Math.min(end.getTime(), countedTo.getTime())),
  }));
  const { spans: counts, firstAt } = await keptCounts(`dashboard ${countedTo.toISOString()} ${rule.id}`, () =>
    countDepartures({ targetId: rule.targetId, spans, now: args.now }),
  );
  // A pause ends coverage too: only where nobody has left by the rule do ends tell since when departures are on record.
  const first = firstAt ?? firstEnd;
  return spans.map((span, i): ChurnMonth => {
    const count = first !== null && first <= span.from ? counts[i] : undefined;
    const state = monthState({ monthEnd: span.end, graceEnd: addDays(span.end, rule.graceDays, zone), countedTo });
    return {
      month: span.month,
      atStart: count?.atStart ?? null,
      departures: count?.departed ?? null,
      churn:
        count && state !== "partial"
          ? measure({ hits: count.departed, n: count.atStart, least: LEAST_FOR_CHURN })
          : { state: "none" },
      state,
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
