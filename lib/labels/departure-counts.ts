import { inTransaction } from "@/lib/db/pool";
import { getSettings } from "@/lib/settings/service";
import { streamCoverage } from "./repository";
import { labelWindow, outcomeAt, readHistory } from "./resolve-outcome";
import { currentLabelRule } from "./service";

/** A span of time, [from, to). */
export type Span = { readonly from: Date; readonly to: Date };

/** `firstAt`: when the first customer on record left, in a span or not; null where none has. */
export type DepartureCounts = { readonly spans: DepartureCount[]; readonly firstAt: Date | null };

/** Of the customers with paid coverage and without a notice when a span began, how many departed in it. */
export type DepartureCount = { readonly atStart: number; readonly departed: number };

/**
 * Counts departures in each span by the same rule as labels and outcomes, from what is known at `now`. Unlike a label a
 * count does not wait for maturity: a lapse whose grace is not over counts until coverage begins anew.
 * Reads all coverage events once, in blocks; linear in events and spans.
 */
export async function countDepartures(args: {
  targetId: string;
  spans: readonly Span[];
  now: Date;
}): Promise<DepartureCounts> {
  const [{ graceDays }, { zone }] = await Promise.all([currentLabelRule(args.targetId), getSettings()]);
  const windows = args.spans.map(({ from, to }) => ({ asOf: from.getTime(), endsAt: to.getTime(), maturesAt: 0 }));
  const counts = windows.map(() => ({ atStart: 0, departed: 0 }));
  let firstAt = Number.POSITIVE_INFINITY;
  await inTransaction(async (client) => {
    for await (const customers of streamCoverage(client, args.now)) {
      for (const { events } of customers) {
        const history = readHistory({ subscriptions: events, graceDays, zone });
        firstAt = Math.min(firstAt, history.departures[0]?.at ?? firstAt);
        windows.forEach((window, i) => {
          const { status } = outcomeAt({ history, window, now: args.now.getTime() });
          const count = counts[i];
          if (count === undefined || (status !== "stayed" && status !== "departed")) return;
          count.atStart += 1;
          if (status === "departed") count.departed += 1;
        });
      }
    }
  });
  return { spans: counts, firstAt: Number.isFinite(firstAt) ? new Date(firstAt) : null };
}

/** Customers with a label at some as-of of a group, and of them those who departed in the window of some. */
export type LabelledCount = { readonly customers: number; readonly departedCustomers: number };

/**
 * Counts customers in groups of as-ofs as their labels would, without writing any; the windows must be mature. Reads all
 * coverage events once, in blocks; linear in events and as-ofs.
 */
export async function countLabelled(args: {
  targetId: string;
  groups: readonly (readonly Date[])[];
  now: Date;
}): Promise<LabelledCount[]> {
  const [rule, { zone }] = await Promise.all([currentLabelRule(args.targetId), getSettings()]);
  const groups = args.groups.map((asOfs) => asOfs.map((asOf) => labelWindow({ asOf, rule, zone })));
  const counts = groups.map(() => ({ customers: 0, departedCustomers: 0 }));
  await inTransaction(async (client) => {
    for await (const customers of streamCoverage(client, args.now)) {
      for (const { events } of customers) {
        const history = readHistory({ subscriptions: events, graceDays: rule.graceDays, zone });
        groups.forEach((windows, i) => {
          const outcomes = windows.map((window) => outcomeAt({ history, window, now: args.now.getTime() }).status);
          const count = counts[i];
          const departed = outcomes.includes("departed");
          if (count === undefined || !(departed || outcomes.includes("stayed"))) return;
          count.customers += 1;
          if (departed) count.departedCustomers += 1;
        });
      }
    }
  });
  return counts;
}
