import { USAGE_COUNTERS } from "@/lib/ingest/contract";
import { type Finding, LATELY_DAYS, type ReportedSource, SOURCE_LABELS, type SourceReport } from "./contract";
import { byWeek, type DayCount, findGaps, findSilence, findSteps } from "./policy";

/** What findings are made of: the report's figures, the days they were counted from, and where the data ends. */
export type ReportFacts = {
  readonly sources: readonly SourceReport[];
  readonly days: Readonly<Record<ReportedSource, readonly DayCount[]>>;
  /** Sums of usage counters by day, of the days of `days.usage`. */
  readonly counters: readonly { readonly day: string; readonly sums: Readonly<Record<string, number>> }[];
  /** The day on which the data ends (exclusive), YYYY-MM-DD. */
  readonly end: string;
  /** Days from there to now. */
  readonly ageDays: number;
  readonly paying: number;
  readonly withoutUsage: number;
  /** Of the usage, tickets and payments that imports took: those of a time when the customer was none. */
  readonly odd: { readonly rows: number; readonly beforeSignUp: number; readonly outsideSubscription: number };
};

/** The weekly run looks for a Monday's data; what is older than a week and a day has missed one. */
const FRESH_DAYS = 8;
const ASSUMED_SHARE = 0.2;
const RECEIVED_SHARE = 0.5;
const ODD = { notable: 0.05, serious: 0.25 };
const UNCOVERED = { notable: 0.05, serious: 0.3 };
const STEP_LEAST_ROWS = 20;
/** A mean of fewer events than this in a week says little of a counter. */
const STEP_LEAST_COUNT = 200;
const GAPS_NAMED = 3;
const LONG_GAP_DAYS = 3;

/** Everything in the data that an admin should look at, serious things first. */
export function findingsOf(facts: ReportFacts): Finding[] {
  const findings = [
    ...ageFindings(facts),
    ...oddFindings(facts),
    ...facts.sources.flatMap((source) => sourceFindings(source, facts)),
    ...usageFindings(facts),
    ...counterFindings(facts),
    ...assumedFindings(facts),
  ];
  return [
    ...findings.filter(({ severity }) => severity === "serious"),
    ...findings.filter(({ severity }) => severity === "notable"),
  ];
}

function ageFindings({ ageDays, end }: ReportFacts): Finding[] {
  if (ageDays <= FRESH_DAYS) return [];
  return [
    {
      severity: "serious",
      source: "usage",
      fact: `The data ends before ${end}, ${ageDays} days ago.`,
      advice: "Scores are of the last Monday that the data covers. Import what has happened since.",
    },
  ];
}

function oddFindings({ odd }: ReportFacts): Finding[] {
  const share = odd.rows === 0 ? 0 : odd.outsideSubscription / odd.rows;
  if (share < ODD.notable) return [];
  return [
    {
      severity: share >= ODD.serious ? "serious" : "notable",
      source: "usage",
      fact: `${odd.outsideSubscription} of ${odd.rows} rows of usage, tickets and payments (${percent(share)}) are of a time at which no subscription covered their customer, ${odd.beforeSignUp} of a time before it signed up.`,
      advice:
        "They are kept. So many mean that dates or ids of the sources do not agree: a model would learn from what did not happen to paying customers.",
    },
  ];
}

/** One finding for all such sources: they mostly come by one mapping. */
function assumedFindings({ sources }: ReportFacts): Finding[] {
  const assumed = sources.filter(({ rows, assumed: of }) => rows > 0 && of / rows > ASSUMED_SHARE);
  if (assumed.length === 0) return [];
  const named = assumed.map(
    ({ source, rows, assumed: of }) => `${SOURCE_LABELS[source]} (${percent(of / rows)} of ${rows})`,
  );
  return [
    {
      severity: "notable",
      source: assumed[0]!.source,
      fact: `The time of recording is assumed in ${named.join(", ")}.`,
      advice:
        "What reached you later than the assumed lag makes past weeks look better informed than they were. Map a column to recorded_at where there is one.",
    },
  ];
}

function sourceFindings(report: SourceReport, facts: ReportFacts): Finding[] {
  const { source, rows } = report;
  const label = SOURCE_LABELS[source];
  if (rows === 0) return missingFindings(source);
  const findings: Finding[] = [];
  const days = facts.days[source];
  // Days of sign-up are about the customers; they do not tell how rows come in.
  if (source !== "customers")
    findings.push(
      ...silenceFindings(report, days, facts.end),
      ...gapFindings(report, days),
      ...stepFindings(report, days, facts.end),
    );
  if (report.received / rows > RECEIVED_SHARE)
    findings.push({
      severity: "serious",
      source,
      fact: `${label}: ${percent(report.received / rows)} of ${rows} rows count as known from the moment of their import on.`,
      advice:
        "For the weeks before they do not exist. If this is history, import it as historical, or map a column to recorded_at.",
    });
  return findings;
}

function missingFindings(source: ReportedSource): Finding[] {
  const without: Partial<Record<ReportedSource, Pick<Finding, "severity" | "advice">>> = {
    subscriptions: {
      severity: "serious",
      advice: "Without starts and ends nobody is a customer and nobody can leave.",
    },
    usage: { severity: "serious", advice: "All features of usage are without a value, which are most of them." },
    tickets: { severity: "notable", advice: "Features of support are without a value." },
    payments: { severity: "notable", advice: "Features of billing are without a value." },
    customers: { severity: "serious", advice: "Rows of other sources wait for their customers." },
  };
  const { severity = "notable", advice = "" } = without[source] ?? {};
  return [{ severity, source, fact: `${SOURCE_LABELS[source]}: nothing is imported.`, advice }];
}

function silenceFindings({ source }: SourceReport, days: readonly DayCount[], end: string): Finding[] {
  const silence = findSilence(days, end);
  if (!silence) return [];
  return [
    {
      severity: "serious",
      source,
      fact: `${SOURCE_LABELS[source]}: nothing in the last ${silence.days} days of the data, where about ${silence.expected} rows were to be expected.`,
      advice: "An export may have stopped. Until it is imported, the latest weeks look quieter than they were.",
    },
  ];
}

function gapFindings({ source }: SourceReport, days: readonly DayCount[]): Finding[] {
  const gaps = findGaps(days).sort((a, b) => b.days - a.days || (a.from < b.from ? -1 : 1));
  if (gaps.length === 0) return [];
  const named = gaps
    .slice(0, GAPS_NAMED)
    .map(
      ({ from, to, expected }) => `${from === to ? from : `${from} to ${to}`} (about ${expected} rows to be expected)`,
    );
  const more = gaps.length > GAPS_NAMED ? `, and ${gaps.length - GAPS_NAMED} shorter` : "";
  return [
    {
      severity: source === "usage" && gaps[0]!.days >= LONG_GAP_DAYS ? "serious" : "notable",
      source,
      fact: `${SOURCE_LABELS[source]}: no rows on ${named.join(", ")}${more}.`,
      advice: "Import these days if they exist. Otherwise customers look idle there who were not.",
    },
  ];
}

function stepFindings({ source }: SourceReport, days: readonly DayCount[], end: string): Finding[] {
  return findSteps(byWeek(days, end), STEP_LEAST_ROWS).map(({ week, before, after }) => ({
    severity: "notable",
    source,
    fact: `${SOURCE_LABELS[source]}: from ${before} to ${after} rows a week in the week of ${week}, and it stayed there.`,
    advice: "A change of what is recorded, such as a new tracking, looks to a model like a change of the customers.",
  }));
}

function usageFindings({ sources, paying, withoutUsage }: ReportFacts): Finding[] {
  const usage = sources.find(({ source }) => source === "usage");
  if (!usage?.covered || usage.rows === 0 || paying === 0) return [];
  const lately = paying - usage.covered.customers;
  const share = lately / paying;
  if (share < UNCOVERED.notable) return [];
  return [
    {
      severity: share >= UNCOVERED.serious ? "serious" : "notable",
      source: "usage",
      fact: `${lately} of ${paying} paying customers (${percent(share)}) have no usage in the last ${LATELY_DAYS} days, ${withoutUsage} have none at all.`,
      advice: "Either they use another product, or ids of usage and of customers do not agree.",
    },
  ];
}

function counterFindings({ counters, days, end }: ReportFacts): Finding[] {
  if (counters.length === 0) return [];
  const total = (name: string) => counters.reduce((sum, { sums }) => sum + (sums[name] ?? 0), 0);
  const never = USAGE_COUNTERS.filter((name) => total(name) === 0);
  const findings: Finding[] = [];
  if (never.length > 0)
    findings.push({
      severity: never.includes("active_users") ? "serious" : "notable",
      source: "usage",
      fact: `Usage: ${never.join(", ")} ${never.length === 1 ? "is" : "are"} 0 in every row.`,
      advice: "If the source tells of it, map it. Features made of it say nothing.",
    });
  const rowsByWeek = new Map(byWeek(days.usage, end).map(({ week, value }) => [week, value]));
  for (const name of USAGE_COUNTERS) {
    const sums = byWeek(
      counters.map(({ day, sums: found }) => ({ day, rows: found[name] ?? 0 })),
      end,
    );
    const means = sums.map(({ week, value }) => ({
      week,
      value: value >= STEP_LEAST_COUNT && rowsByWeek.get(week) ? value / rowsByWeek.get(week)! : null,
    }));
    for (const { week, before, after } of findSteps(means, 0))
      findings.push({
        severity: "notable",
        source: "usage",
        fact: `Usage: ${name} went from ${before.toPrecision(2)} to ${after.toPrecision(2)} a customer and day in the week of ${week}.`,
        advice: "A change of what is counted looks to a model like a change of the customers.",
      });
  }
  return findings;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
