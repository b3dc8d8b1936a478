import { recordAudit } from "@/lib/audit/service";
import { monthsUpTo } from "@/lib/calendar/months";
import { addDays } from "@/lib/calendar/weeks";
import { inTransaction } from "@/lib/db/pool";
import { DomainError } from "@/lib/http/domain-error";
import { findInstallation } from "@/lib/installation/service";
import { countDepartures } from "@/lib/labels/departure-counts";
import { departuresKnownUntil } from "@/lib/labels/departures-known-until";
import { keptCounts } from "@/lib/labels/kept-counts";
import { currentLabelRule } from "@/lib/labels/service";
import { LEAST_FOR_CHURN } from "@/lib/retention/contract";
import { measure, monthState } from "@/lib/retention/policy";
import { getSettings } from "@/lib/settings/service";
import { type CheckedMonth, type ChurnCheck, type ConfirmChurn, MONTHS_AVERAGED, MONTHS_CHECKED } from "./contract";
import { averagedMonths, differences, judgeConfirmation, noteProblem, survivorshipOf } from "./policy";
import {
  type ConfirmationRow,
  findEvidence,
  findNewestConfirmation,
  insertConfirmation,
  lockConfirmations,
} from "./repository";

/**
 * Monthly churn as the data shows it, by the rule of labels, up to where the data ends; whether those who left are in it
 * at all; and what an admin has confirmed. Reads every coverage event where something was imported since the last time. The caller has checked the role.
 */
export async function getChurnCheck(args: { targetId: string; now: Date }): Promise<ChurnCheck> {
  const { targetId, now } = args;
  const [rule, { zone }, evidence, knownUntil, newest] = await Promise.all([
    currentLabelRule(targetId),
    getSettings(),
    keptCounts("evidence", findEvidence),
    departuresKnownUntil(now),
    findNewestConfirmation(targetId),
  ]);
  const months = knownUntil
    ? await countMonths({
        targetId,
        now,
        knownUntil,
        zone,
        ruleId: rule.id,
        graceDays: rule.graceDays,
        firstEndAt: evidence.firstEndAt,
      })
    : [];
  const { months: averaged, atStart, departures } = averagedMonths(months, MONTHS_AVERAGED);
  return {
    rule: { id: rule.id, version: rule.version, graceDays: rule.graceDays },
    customers: evidence.customers,
    countedTo: knownUntil?.toISOString() ?? null,
    months,
    average: { months: averaged, churn: measure({ hits: departures, n: atStart, least: LEAST_FOR_CHURN }) },
    survivorship:
      knownUntil && survivorshipOf({ ...evidence, lastMonthFrom: addDays(knownUntil, -LAST_MONTH_DAYS, zone) }),
    confirmation: newest && {
      ...judgeConfirmation({ confirmation: stored(newest), labelRuleId: rule.id, months }),
      confirmedAt: newest.confirmedAt.toISOString(),
      confirmedBy: newest.confirmedBy,
      financeRate: newest.financeRate,
      note: newest.note,
    },
    zone,
  };
}

/**
 * Confirms that the months are as the business knows them. Repeating a confirmation that stands, with the same figure and
 * note, by the same person, writes nothing. The caller has checked that `actor` is an admin.
 * @throws DomainError conflict where the months or the rule are not those that were seen; refused in a demo and for files
 * without anyone who left; invalid_input where a note is needed and missing
 */
export async function confirmChurn(
  args: ConfirmChurn & { targetId: string; actor: { id: number; label: string }; now: Date },
): Promise<{ confirmationId: number; isNew: boolean }> {
  const { targetId, actor, now, financeRate, note } = args;
  if ((await findInstallation())?.mode === "demo")
    throw new DomainError("refused", "This is demo data: there is no churn of your own to confirm.");
  const check = await getChurnCheck({ targetId, now });
  refuseUnseen(args, check);
  if (check.survivorship) throw new DomainError("refused", check.survivorship.says);
  const problem = noteProblem({ financeRate, average: check.average.churn, note });
  if (problem) throw new DomainError("invalid_input", problem);
  const months = check.months.map(({ month, atStart, departures, state }) => ({
    month,
    atStart,
    departures,
    final: state !== "provisional",
  }));
  // An import between the count and here is no harm: the counts are stored, and what differs from them lapses.
  return inTransaction(async (client) => {
    await lockConfirmations(client);
    const newest = await findNewestConfirmation(targetId, client);
    if (newest && isSame(newest, { ...args, months })) return { confirmationId: newest.id, isNew: false };
    const confirmationId = await insertConfirmation(client, {
      labelRuleId: check.rule.id,
      months,
      financeRate,
      note,
      confirmedAt: now,
      confirmedBy: actor.id,
    });
    const detail = {
      labelRuleVersion: check.rule.version,
      from: months[0]?.month ?? null,
      to: months.at(-1)?.month ?? null,
      average: check.average.churn.state === "measured" ? check.average.churn.proportion.share : null,
      financeRate,
      note,
    };
    await recordAudit(
      { actor, action: "churn.confirm", subjectType: "churn_confirmation", subjectId: String(confirmationId), detail },
      client,
    );
    return { confirmationId, isNew: true };
  });
}

/** The data's last month, for survivorship. */
const LAST_MONTH_DAYS = 30;

async function countMonths(args: {
  targetId: string;
  now: Date;
  knownUntil: Date;
  zone: string;
  ruleId: number;
  graceDays: number;
  firstEndAt: Date | null;
}): Promise<CheckedMonth[]> {
  const { targetId, now, knownUntil, zone, graceDays, firstEndAt } = args;
  const spans = monthsUpTo({ last: knownUntil, count: MONTHS_CHECKED + 1, zone })
    .filter(({ to }) => to <= knownUntil)
    .slice(-MONTHS_CHECKED);
  const { spans: counts, firstAt } = await keptCounts(JSON.stringify(["check", args.ruleId, spans]), () =>
    countDepartures({ targetId, spans, now }),
  );
  // A pause ends coverage too: only where nobody has left by the rule do ends tell since when departures are on record.
  const onRecordFrom = firstAt ?? firstEndAt;
  const months = spans.map(({ month, from, to }, i): CheckedMonth => {
    const { atStart, departed } = counts[i] ?? { atStart: 0, departed: 0 };
    const counted = onRecordFrom !== null && onRecordFrom <= from;
    const state = monthState({ monthEnd: to, graceEnd: addDays(to, graceDays, zone), countedTo: knownUntil });
    return {
      month,
      atStart,
      departures: departed,
      churn: counted ? measure({ hits: departed, n: atStart, least: LEAST_FOR_CHURN }) : { state: "none" },
      state: !counted ? "before_departures" : state === "whole" ? "whole" : "provisional",
    };
  });
  // Before anybody paid there was nothing to lose.
  const first = months.findIndex(({ atStart }) => atStart > 0);
  return first === -1 ? [] : months.slice(first);
}

function refuseUnseen(seen: ConfirmChurn, check: ChurnCheck): void {
  if (seen.labelRuleId !== check.rule.id)
    throw new DomainError("conflict", "The rule of what counts as churn has changed since you looked. Look again.");
  const changed = differences(seen.months, check.months);
  if (changed.length > 0)
    throw new DomainError(
      "conflict",
      `The months are not those you saw: ${changed.join("; ")}. Below stand the new ones: look again, then confirm.`,
    );
}

function stored(row: ConfirmationRow) {
  return { labelRuleId: row.labelRuleId, finalMonths: row.months.filter(({ final }) => final) };
}

function isSame(
  newest: ConfirmationRow,
  sent: Pick<ConfirmChurn, "labelRuleId" | "financeRate" | "note"> & {
    months: ConfirmationRow["months"];
    actor: { id: number };
  },
): boolean {
  return (
    newest.labelRuleId === sent.labelRuleId &&
    newest.financeRate === sent.financeRate &&
    newest.note === sent.note &&
    newest.confirmedById === sent.actor.id &&
    differences(newest.months, sent.months).length === 0
  );
}
