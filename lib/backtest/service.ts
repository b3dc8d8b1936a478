import { notFoundError } from "@/lib/http/domain-error";
import { measure } from "@/lib/retention/policy";
import { getSettings } from "@/lib/settings/service";
import type { Role } from "@/lib/users/contract";
import {
  BACKTEST_PAGE_SIZE,
  type Backtest,
  type BacktestedCustomer,
  type BacktestQuery,
  LEAST_FOR_CAUGHT,
} from "./contract";
import { type CustomersRecord, findCustomers, findRun, findShown, findWeeks, type ShownRecord } from "./repository";

/** Who reads backtests: they show customers of every owner, with what came of them. */
export const BACKTEST_ROLES: readonly Role[] = ["vp", "admin", "data_scientist"];

/**
 * The out-of-time weeks of a training run as the queues that they would have been; null where no model was trained yet. A
 * week that the run does not have falls back to the latest.
 * @throws DomainError not_found for a role that may not, and for a run that has no backtest
 */
export async function readBacktest(args: {
  viewer: { role: Role };
  targetId: string;
  query: BacktestQuery;
}): Promise<Backtest | null> {
  const { query } = args;
  if (!BACKTEST_ROLES.includes(args.viewer.role)) throw notFoundError();
  const run = await findRun(args.targetId, query.run ?? null);
  if (!run && query.run !== undefined) throw notFoundError();
  if (!run) return null;
  const { zone } = await getSettings();
  const [weeks, customers] = await Promise.all([findWeeks(run.runId, zone), findCustomers(run.runId)]);
  const week = weeks.find(({ day }) => day === query.week) ?? weeks[0]!;
  const [rank, customerId] = week.day === query.week || !query.week ? (query.after?.split(".") ?? []) : [];
  const found = await findShown({
    runId: run.runId,
    day: week.day,
    zone,
    missed: query.show === "missed",
    after: rank !== undefined && customerId !== undefined ? { rank, customerId: Number(customerId) } : null,
    limit: BACKTEST_PAGE_SIZE + 1,
  });
  const last = found.length > BACKTEST_PAGE_SIZE ? found[BACKTEST_PAGE_SIZE - 1] : undefined;
  return {
    ...run,
    weeks,
    customers: describeCustomers(customers),
    shown: {
      day: week.day,
      show: query.show,
      rows: found.slice(0, BACKTEST_PAGE_SIZE).map(toCustomer),
      next: last ? `${last.rank}.${last.customerId}` : null,
    },
  };
}

function describeCustomers(found: CustomersRecord): Backtest["customers"] {
  const { medianDays, leastDays, mostDays } = found;
  return {
    departed: found.departed,
    missed: found.departed - found.caught,
    caught: measure({ hits: found.caught, n: found.departed, least: LEAST_FOR_CAUGHT }),
    caughtMrrCents: found.caughtMrrCents,
    departedMrrCents: found.departedMrrCents,
    warningDays:
      medianDays === null || leastDays === null || mostDays === null
        ? null
        : { median: medianDays, least: leastDays, most: mostDays },
  };
}

function toCustomer({ rank: _, departedAt, ...row }: ShownRecord): BacktestedCustomer {
  return { ...row, departedAt: departedAt?.toISOString() ?? null };
}
