import type { PoolClient } from "pg";
import type { Zone } from "@/lib/calendar/weeks";
import type { FileSpec } from "../file-spec";
import { execute, executeMerge } from "../repository";
import { MERGE_CONTACTS, REJECT_ERASED } from "./contacts-sql";
import {
  ASSIGN_OWNERS,
  AWAIT_OWNERS,
  FORGET_AWAITED_OWNERS,
  INSERT_CUSTOMERS,
  REJECT_ERASED_CUSTOMERS,
} from "./customers-sql";
import { compareSql, contentColumns, insertVersionsSql, REJECT_ORPHANS, REJECT_STALE } from "./facts-sql";
import { rejectFutureSql } from "./future-sql";
import {
  APPEND_DIFFERENCES,
  DATE_EVENTS,
  FIND_CONTESTED_DAYS,
  FIND_TOUCHED_DAYS,
  INSERT_NEW_DAYS,
  REJECT_DAYS_OF_EVENTS,
  REJECT_EVENTS_OF_TOTALLED_DAYS,
  STATE_CONTESTED_DAYS,
  STATE_DAYS_OF_EVENTS,
  TELL_TOUCHED_DAYS,
} from "./usage-sql";
import { FIND_ARRIVED, FORGET_ARRIVED, SET_ORPHANS_ASIDE, stageArrivedSql } from "./waiting-sql";

export type MergeArgs = {
  client: PoolClient;
  spec: FileSpec;
  importId: number;
  zone: Zone;
  /** Rows of later times are refused; null where the data has a clock of its own. */
  latestAt: Date | null;
  /** How long rows of facts wait for their customer, who may be told about later; 0: not at all, null: nothing ever waited. */
  waitingDays: number | null;
  importedBy: number | null;
};

/** Facts told for the first time, and further versions of known ones. */
export type MergeCounts = { added: number; versions: number };

/** Takes the staged rows of one file into the tables of facts, set by set; what it refuses is in the table `rejected`. */
export async function mergeFile(args: MergeArgs): Promise<MergeCounts & { arrived: number }> {
  await execute(args.client, "ANALYZE staged");
  if (args.latestAt !== null) await execute(args.client, rejectFutureSql(args.spec), [args.latestAt, args.zone]);
  const { kind } = args.spec.merge;
  // Customers wait for nobody; contacts do not wait, since personal data stands in its own table alone.
  if (kind === "customers" || kind === "contacts") return { ...(await mergeStaged(args)), arrived: 0 };
  const arrived = args.waitingDays === null ? 0 : await takeArrived(args);
  await execute(args.client, args.waitingDays ? SET_ORPHANS_ASIDE : REJECT_ORPHANS);
  return { ...(await mergeStaged(args)), arrived };
}

/** Stages what had waited for customers that are known by now. @returns how many rows */
async function takeArrived({ client, spec }: MergeArgs): Promise<number> {
  await execute(client, FIND_ARRIVED, [spec.file]);
  const arrived = await execute(client, FORGET_ARRIVED);
  if (arrived === 0) return 0;
  await execute(client, stageArrivedSql(spec));
  await execute(client, "ANALYZE staged");
  return arrived;
}

async function mergeStaged(args: MergeArgs): Promise<MergeCounts> {
  switch (args.spec.merge.kind) {
    case "customers":
      return mergeCustomers(args);
    case "facts":
      return mergeFacts(args, args.spec.merge.table);
    case "usage":
      return mergeUsage(args);
    case "usage-events":
      return mergeUsageEvents(args);
    case "contacts":
      return mergeContacts(args);
  }
}

async function mergeCustomers({ client, spec, importId, importedBy }: MergeArgs): Promise<MergeCounts> {
  await execute(client, INSERT_CUSTOMERS);
  await execute(client, REJECT_ERASED_CUSTOMERS);
  const versioned = { table: "customer_version", many: false };
  const counts = await mergeVersions(client, importId, {
    ...versioned,
    columns: contentColumns(spec).filter((column) => column !== "owner_email"),
    occurredAt: "coalesce(s.occurred_at, s.signed_up_at)",
  });
  await execute(client, ASSIGN_OWNERS, [importId, importedBy]);
  await execute(client, FORGET_AWAITED_OWNERS, [importId]);
  await execute(client, AWAIT_OWNERS, [importId]);
  return counts;
}

async function mergeFacts({ client, spec, importId }: MergeArgs, table: string): Promise<MergeCounts> {
  return mergeVersions(client, importId, {
    table,
    many: true,
    columns: contentColumns(spec),
    occurredAt: "s.occurred_at",
  });
}

async function mergeVersions(
  client: PoolClient,
  importId: number,
  versioned: { table: string; many: boolean; columns: string[]; occurredAt: string },
): Promise<MergeCounts> {
  await execute(client, compareSql(versioned));
  await execute(client, REJECT_STALE);
  return executeMerge(client, insertVersionsSql(versioned), [importId]);
}

async function mergeUsage({ client, importId, zone }: MergeArgs): Promise<MergeCounts> {
  await execute(client, REJECT_DAYS_OF_EVENTS, [zone]);
  await execute(client, FIND_CONTESTED_DAYS);
  await execute(client, "ANALYZE contested");
  const fresh = await execute(client, INSERT_NEW_DAYS, [importId]);
  await execute(client, STATE_CONTESTED_DAYS);
  const contested = await executeMerge(client, APPEND_DIFFERENCES, [importId]);
  return { added: fresh + contested.added, versions: contested.versions };
}

async function mergeUsageEvents(args: MergeArgs): Promise<MergeCounts> {
  const { client, importId, zone } = args;
  await execute(client, REJECT_EVENTS_OF_TOTALLED_DAYS, [zone]);
  const counts = await mergeFacts(args, "usage_event");
  await execute(client, "ANALYZE usage_event");
  await execute(client, FIND_TOUCHED_DAYS, [importId, zone]);
  await execute(client, "ANALYZE touched_day");
  await execute(client, DATE_EVENTS, [zone]);
  await execute(client, "ANALYZE dated_event");
  await execute(client, TELL_TOUCHED_DAYS);
  await execute(client, "ANALYZE told_event");
  await execute(client, STATE_DAYS_OF_EVENTS, [zone]);
  await execute(client, "ANALYZE statement");
  await executeMerge(client, APPEND_DIFFERENCES, [importId]);
  return counts;
}

async function mergeContacts({ client, importId }: MergeArgs): Promise<MergeCounts> {
  await execute(client, REJECT_ORPHANS);
  await execute(client, REJECT_ERASED);
  return executeMerge(client, MERGE_CONTACTS, [importId]);
}
