import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createRandom, type Random } from "@/ml/random/random";

/** How many rows of what were written. */
export type LookalikeCounts = {
  accounts: number;
  paid: number;
  trials: number;
  ended: number;
  usage: number;
  /** Usage ids that are there twice, of different subscriptions. */
  repeatedUsageIds: number;
  tickets: number;
  rated: number;
  churnEvents: number;
  accountsWithChurnEvents: number;
};

/**
 * Writes five files of a made-up vendor in the shape of RavenStack's, as dirty in the same ways and as random: usage
 * outside of subscriptions, tickets before sign-up, times in two forms, booleans in two, ids that repeat, churn events of
 * accounts that go on paying. By their subscriptions hardly any account leaves. The same seed gives the same files; the mappings of docs/examples take them.
 */
export function writeLookalikeFiles(args: { folder: string; accounts: number; seed?: number }): LookalikeCounts {
  const random = createRandom(args.seed ?? 1);
  const accounts = Array.from({ length: args.accounts }, (_, i) => makeAccount(random, i));
  const subscriptions = accounts.flatMap((account, i) => makeSubscriptions(random, account, i % 25 === 24));
  const usage = makeUsage(random, subscriptions);
  const tickets = accounts.flatMap((account) => Array.from({ length: 4 }, () => makeTicket(random, account)));
  const churnEvents = Array.from({ length: Math.round(accounts.length * 1.2) }, () =>
    makeChurnEvent(random, pick(random, accounts)),
  );
  mkdirSync(args.folder, { recursive: true });
  write(args.folder, "accounts.csv", accounts);
  write(args.folder, "subscriptions.csv", subscriptions);
  write(args.folder, "feature_usage.csv", usage);
  write(args.folder, "support_tickets.csv", tickets);
  write(args.folder, "churn_events.csv", churnEvents);
  return {
    accounts: accounts.length,
    paid: subscriptions.filter((subscription) => subscription.is_trial === "FALSE").length,
    trials: subscriptions.filter((subscription) => subscription.is_trial === "TRUE").length,
    ended: subscriptions.filter((subscription) => subscription.end_date !== "").length,
    usage: usage.length,
    repeatedUsageIds: usage.length - new Set(usage.map((event) => event.usage_id)).size,
    tickets: tickets.length,
    rated: tickets.filter((ticket) => ticket.satisfaction_score !== "").length,
    churnEvents: churnEvents.length,
    accountsWithChurnEvents: new Set(churnEvents.map((event) => event.account_id)).size,
  };
}

const FIRST_DAY = Date.UTC(2023, 0, 1);
const DAYS = 731;
const DAY_MS = 86_400_000;
const PRICES = { Basic: 19, Pro: 49, Enterprise: 199 };
const PLANS = Object.keys(PRICES) as (keyof typeof PRICES)[];

type Account = ReturnType<typeof makeAccount>;
type Subscription = ReturnType<typeof makeSubscription>;

function makeAccount(random: Random, number: number) {
  return {
    account_id: id(random, "B"),
    account_name: `Firm ${number + 1}`,
    industry: pick(random, ["Logistics", "Retail", "Energy", "Education"]),
    country: pick(random, ["US", "US", "UK", "DE", "IN"]),
    signup_date: day(random.nextInt(DAYS - 60)),
    referral_source: pick(random, ["partner", "organic", "ads", "other"]),
    plan_tier: pick(random, PLANS),
    seats: 1 + random.nextInt(60),
    is_trial: flag(random, 0.2),
    churn_flag: flag(random, 0.2),
  };
}

/** The first is paid and goes on, so that the account stays; of the few that leave it ends a month before the others begin. */
function makeSubscriptions(random: Random, account: Account, leaves: boolean) {
  const signedUp = dayNumber(account.signup_date);
  const first = makeSubscription(random, account, {
    trial: false,
    start: signedUp,
    end: leaves ? signedUp + 30 : null,
  });
  const from = leaves ? Math.min(signedUp + 60, DAYS - 1) : signedUp;
  const others = Array.from({ length: 9 }, () => {
    const start = from + random.nextInt(DAYS - from);
    const end = random.next() < 0.9 ? null : start + random.nextInt(DAYS - start);
    return makeSubscription(random, account, { trial: random.next() < 0.16, start, end });
  });
  return [first, ...others];
}

function makeSubscription(
  random: Random,
  account: Account,
  { trial, start, end }: { trial: boolean; start: number; end: number | null },
) {
  const plan = pick(random, PLANS);
  const seats = 1 + random.nextInt(60);
  const revenue = trial ? 0 : seats * PRICES[plan];
  return {
    subscription_id: id(random, "T"),
    account_id: account.account_id,
    start_date: day(start),
    end_date: end === null ? "" : day(end),
    plan_tier: plan,
    seats,
    mrr_amount: revenue,
    arr_amount: revenue * 12,
    is_trial: trial ? "TRUE" : "FALSE",
    upgrade_flag: flag(random, 0.1),
    downgrade_flag: flag(random, 0.05),
    churn_flag: end === null ? "FALSE" : "TRUE",
    billing_frequency: pick(random, ["monthly", "annual"]),
    auto_renew_flag: flag(random, 0.8),
  };
}

/** Five for each subscription, whenever that was; every 500th repeats the id before it. */
function makeUsage(random: Random, subscriptions: readonly Subscription[]) {
  let before = "";
  return subscriptions.flatMap((subscription, number) =>
    Array.from({ length: 5 }, (_, i) => {
      const repeats = number % 100 === 99 && i === 0;
      before = repeats ? before : id(random, "V");
      return {
        usage_id: before,
        subscription_id: subscription.subscription_id,
        usage_date: day(random.nextInt(DAYS)),
        feature_name: `feature_${1 + random.nextInt(40)}`,
        usage_count: random.nextInt(25),
        usage_duration_secs: random.nextInt(6000),
        error_count: random.nextInt(4),
        is_beta_feature: random.next() < 0.1 ? "True" : "False",
      };
    }),
  );
}

function makeTicket(random: Random, account: Account) {
  const submitted = random.nextInt(DAYS - 4);
  const hours = 1 + random.nextInt(72);
  const closed = new Date(FIRST_DAY + submitted * DAY_MS + hours * 3_600_000).toISOString();
  return {
    ticket_id: id(random, "K"),
    account_id: account.account_id,
    submitted_at: day(submitted),
    closed_at: `${closed.slice(0, 10)} ${Number(closed.slice(11, 13))}:00`,
    resolution_time_hours: hours,
    priority: pick(random, ["low", "medium", "high", "urgent"]),
    first_response_time_minutes: 1 + random.nextInt(180),
    satisfaction_score: random.next() < 0.4 ? "" : 3 + random.nextInt(3),
    escalation_flag: flag(random, 0.05),
  };
}

function makeChurnEvent(random: Random, account: Account) {
  const signedUp = dayNumber(account.signup_date);
  return {
    churn_event_id: id(random, "L"),
    account_id: account.account_id,
    churn_date: day(signedUp + 1 + random.nextInt(DAYS - signedUp - 1)),
    reason_code: pick(random, ["pricing", "support", "budget", "features"]),
    refund_amount_usd: random.next() < 0.7 ? 0 : (random.nextInt(20_000) / 100).toFixed(2),
    preceding_upgrade_flag: flag(random, 0.2),
    preceding_downgrade_flag: flag(random, 0.1),
    is_reactivation: flag(random, 0.1),
    feedback_text: pick(random, ["", "cost too much", 'no "export", no deal', "went elsewhere"]),
  };
}

function write(folder: string, name: string, rows: readonly Record<string, string | number>[]): void {
  const header = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => header.map((column) => quoted(String(row[column]))).join(","));
  writeFileSync(path.join(folder, name), [header.join(","), ...lines, ""].join("\n"));
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function day(number: number): string {
  return new Date(FIRST_DAY + number * DAY_MS).toISOString().slice(0, 10);
}

function dayNumber(date: string): number {
  return (Date.parse(date) - FIRST_DAY) / DAY_MS;
}

function flag(random: Random, share: number): string {
  return random.next() < share ? "TRUE" : "FALSE";
}

function id(random: Random, letter: string): string {
  return `${letter}-${random.nextUint32().toString(16).padStart(8, "0")}`;
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.nextInt(from.length)] as T;
}
