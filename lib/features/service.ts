import type { PoolClient } from "pg";
import type { Zone } from "@/lib/calendar/weeks";
import type { Fence } from "@/lib/db/fence";
import { inTransaction, pool } from "@/lib/db/pool";
import { getSettings } from "@/lib/settings/service";
import type { BuildMoment } from "./binding";
import { compileBuild, compileEligibilityCount, longestWindows } from "./compile";
import type {
  FeatureBuildReport,
  FeatureCatalogue,
  FeatureMatrix,
  FeatureRange,
  FeatureView,
  LeavingCustomer,
} from "./contract";
import { ACCOUNT_WEEKLY } from "./definitions/account-weekly";
import { THEMES } from "./definitions/definition";
import { formatValue } from "./definitions/format";
import { coverageAt, coveredWeekStarts, watermarkOf } from "./history";
import { EVERYONE } from "./peer-group";
import {
  analyzeNewTables,
  claimBuild,
  copyFeatureRows,
  ensurePartitions,
  findBuilds,
  findBuildsWithoutRanges,
  findDataCut,
  findLatestBuildWithRanges,
  findLeaving,
  findRanges,
  findSourceHistory,
  findViewColumns,
  finishBuild,
  insertRanges,
  registerView,
  runCompiled,
} from "./repository";
import { ensureFeatureRole } from "./role";
import { definitionHash, describeColumns, sourcesOf, windowWords } from "./view-registration";

/** The view that the code defines, registered as a new version where its computation changed. */
export async function currentFeatureView(): Promise<FeatureView> {
  const { id, version } = await registerView({
    name: ACCOUNT_WEEKLY.name,
    targetId: ACCOUNT_WEEKLY.targetId,
    definitionHash: definitionHash(ACCOUNT_WEEKLY),
    columns: describeColumns(ACCOUNT_WEEKLY),
  });
  return { id, version, columns: ACCOUNT_WEEKLY.features.map(({ name }) => name) };
}

/** Until when the imported data is complete, null before anything is imported. Cheap: for every page's "data as of". */
export async function dataWatermark(): Promise<Date | null> {
  const { zone } = await getSettings();
  return watermarkOf(await findSourceHistory(), zone);
}

/** The week starts for which features can be asked: from first history to the data's watermark or `until`; ascending. */
export async function buildableAsOfs(args: { until: Date }): Promise<Date[]> {
  const calendar = await getSettings();
  return coveredWeekStarts({ history: await findSourceHistory(), calendar, until: args.until });
}

/** Those of buildableAsOfs whose features are not left out: the usage history reaches back over the longest window. */
export async function usableAsOfs(args: { until: Date }): Promise<Date[]> {
  const [calendar, history] = await Promise.all([getSettings(), findSourceHistory()]);
  const longest = longestWindows(ACCOUNT_WEEKLY);
  return coveredWeekStarts({ history, calendar, until: args.until }).filter(
    (asOf) => !coverageAt({ asOf, zone: calendar.zone, history, longest }).usageTooShort,
  );
}

/**
 * Writes the feature rows of each as-of, one transaction each, two at a time; what is built already is skipped, so it
 * may be stopped and run again at any moment. An as-of whose usage window begins before the history is recorded as left
 * out, with the number of customers; it is tried again when earlier history has been imported.
 * @param args.now must not be before known-by (as-of plus the data cutoff) of any as-of.
 * @param args.ranges whether to store distributions for all these as-ofs; else only for the latest of them. They are
 * added to builds that were made without.
 * @param args.onBuilding called whenever the database has been given an as-of to compute; the data cut is taken by then.
 * @throws Error naming the as-of and when it can be built; the signal's reason where stopped.
 */
export async function buildFeatures(args: {
  asOfs: readonly Date[];
  now: Date;
  fence: Fence;
  ranges?: boolean;
  onBuilding?: () => void;
  onProgress?: (progress: { done: number; total: number; rows: number; message: string }) => void;
  signal?: AbortSignal;
}): Promise<FeatureBuildReport> {
  const started = performance.now();
  const { zone, dataCutoffHours } = await getSettings();
  const asOfs = [...args.asOfs].sort((a, b) => Number(a) - Number(b));
  const knownBy = (asOf: Date) => new Date(asOf.getTime() + dataCutoffHours * MS_PER_HOUR);
  const early = asOfs.find((asOf) => knownBy(asOf) > args.now);
  if (early)
    throw new Error(
      `features for ${early.toISOString()} can be built from ${knownBy(early).toISOString()} on, when its data is known; ` +
        `now is ${args.now.toISOString()}`,
    );
  const view = await currentFeatureView();
  const report = { viewId: view.id, built: 0, existing: 0, leftOut: 0, rows: 0, seconds: 0 };
  const done = new Set(
    (await findBuilds(view.id, asOfs)).filter(({ status }) => status === "complete").map(({ asOf }) => Number(asOf)),
  );
  const open = asOfs.filter((asOf) => !done.has(Number(asOf)));
  report.existing = asOfs.length - open.length;
  if (open.length > 0) {
    const build = await prepare({ view, zone, open });
    let finished = report.existing;
    await eachInParallel(open, PARALLEL_BUILDS, async (asOf) => {
      args.signal?.throwIfAborted();
      const result = await build({ asOf, knownBy: knownBy(asOf), fence: args.fence, onBuilding: args.onBuilding });
      report[result.outcome] += 1;
      report.rows += result.rows;
      finished += 1;
      const message = `features of ${asOf.toISOString().slice(0, 10)}: ${result.rows} customers`;
      args.onProgress?.({ done: finished, total: asOfs.length, rows: report.rows, message });
    });
  }
  await addRanges({ view, asOfs: args.ranges ? asOfs : asOfs.slice(-1), fence: args.fence, signal: args.signal });
  report.seconds = (performance.now() - started) / 1000;
  return report;
}

/**
 * The stored rows of the given as-ofs, of all the view's columns or those named, in the order named.
 * @throws Error where the view, a column or the build of an as-of is not there; an as-of that was left out has no rows.
 */
export async function readFeatureMatrix(args: {
  viewId: number;
  asOfs: readonly Date[];
  columns?: readonly string[];
}): Promise<FeatureMatrix> {
  const stored = await findViewColumns(args.viewId);
  if (!stored) throw new Error(`feature view ${args.viewId} does not exist`);
  const columns = args.columns ?? stored;
  const positions = columns.map((name) => stored.indexOf(name));
  const unknown = columns.find((_, i) => positions[i] === -1);
  if (unknown !== undefined) throw new Error(`feature view ${args.viewId} has no column "${unknown}"`);
  const builds = await findBuilds(args.viewId, args.asOfs);
  const missing = args.asOfs.find((asOf) => !builds.some((build) => Number(build.asOf) === Number(asOf)));
  if (missing) throw new Error(`features of view ${args.viewId} are not built for ${missing.toISOString()}`);
  const complete = builds.filter(({ status }) => status === "complete");
  const rows = complete.reduce((total, build) => total + build.rows, 0);
  const asOfs = complete.map(({ asOf }) => asOf);
  if (asOfs.length === 0) return emptyMatrix(columns);
  return copyFeatureRows({ viewId: args.viewId, asOfs, columns, positions, width: stored.length, rows });
}

/**
 * Customers with paid coverage at the as-of who had given a notice, not withdrawn, by known-by: they get no prediction.
 * As known when the as-of was built. @throws Error where it was not.
 */
export async function findLeavingCustomers(args: { viewId: number; asOf: Date }): Promise<LeavingCustomer[]> {
  const { zone } = await getSettings();
  const build = await requireBuild(args.viewId, args.asOf);
  const role = await withClient(ensureFeatureRole);
  return findLeaving({ ...build, viewId: args.viewId, zone, covered: new Set() }, role);
}

/** The distributions stored with the build of an as-of, by peer group ("*" is everyone); empty where none were asked for. */
export async function readFeatureRanges(args: { viewId: number; asOf: Date }): Promise<FeatureRange[]> {
  const build = await requireBuild(args.viewId, args.asOf);
  return findRanges(build.id);
}

/** Every feature of the current view with its meaning, and how its values are spread in the latest build with ranges. */
export async function getFeatureCatalogue(): Promise<FeatureCatalogue> {
  const { currency } = await getSettings();
  const view = await currentFeatureView();
  const build = await findLatestBuildWithRanges(view.id);
  const ranges = new Map((build ? await findRanges(build.id, EVERYONE) : []).map((range) => [range.column, range]));
  return {
    viewName: ACCOUNT_WEEKLY.name,
    version: view.version,
    asOf: build?.asOf.toISOString() ?? null,
    features: ACCOUNT_WEEKLY.features.map((feature) => {
      const range = ranges.get(feature.name);
      const show = (value: number | null) => (value === null ? null : formatValue(value, feature.unit, currency));
      return {
        name: feature.name,
        label: feature.label,
        theme: feature.theme,
        themeLabel: THEMES[feature.theme],
        meaning: feature.meaning,
        window: windowWords(feature.expression),
        sources: sourcesOf(feature.expression),
        type: feature.type,
        unit: feature.unit,
        missing: feature.missing,
        direction: feature.direction,
        actionable: feature.actionable,
        distribution: range
          ? {
              n: range.n,
              missingRate: range.missing / range.n,
              quantiles: [range.p05, range.p25, range.p50, range.p75, range.p95].map(show),
              quantileValues: [range.p05, range.p25, range.p50, range.p75, range.p95],
            }
          : null,
      };
    }),
  };
}

const MS_PER_HOUR = 3_600_000;
/** One statement keeps one core of the database busy; more than two would only compete. */
const PARALLEL_BUILDS = 2;

/** All that the builds of one call share, and the function that makes one. */
async function prepare(args: { view: FeatureView; zone: Zone; open: readonly Date[] }) {
  const { view, zone } = args;
  const role = await withClient(ensureFeatureRole);
  await ensurePartitions(args.open);
  await analyzeNewTables();
  const history = await findSourceHistory();
  const dataCut = await findDataCut();
  const longest = longestWindows(ACCOUNT_WEEKLY);
  const write = compileBuild(ACCOUNT_WEEKLY);
  const countEligible = compileEligibilityCount();

  return async (one: { asOf: Date; knownBy: Date; fence: Fence; onBuilding?: () => void }) => {
    const { covered, usageTooShort } = coverageAt({ asOf: one.asOf, zone, history, longest });
    const moment: BuildMoment = { viewId: view.id, asOf: one.asOf, knownBy: one.knownBy, dataCut, zone, covered };
    return inTransaction(async (client) => {
      const id = await claimBuild(client, moment, { retryLeftOut: !usageTooShort });
      if (id === null) return { outcome: usageTooShort ? "leftOut" : "existing", rows: 0 } as const;
      if (usageTooShort) {
        const counts = await runCompiled<Counts>(client, { statement: countEligible, moment, role });
        const leftOut = { history_too_short: counts.predictable, leaving: counts.leaving, trial: counts.trial };
        await finishBuild(client, { id, status: "left_out", rows: 0, leftOut });
        await one.fence(client);
        return { outcome: "leftOut", rows: 0 } as const;
      }
      const counts = await runCompiled<Counts>(client, { statement: write, moment, role, onSent: one.onBuilding });
      const leftOut = { leaving: counts.leaving, trial: counts.trial };
      await finishBuild(client, { id, status: "complete", rows: counts.rows, leftOut });
      await one.fence(client);
      return { outcome: "built", rows: counts.rows } as const;
    });
  };
}

/** Stores the distributions of those complete builds that have none; two at once write the same. */
async function addRanges(args: { view: FeatureView; asOfs: readonly Date[]; fence: Fence; signal?: AbortSignal }) {
  const { view } = args;
  const builds = await findBuildsWithoutRanges(view.id, args.asOfs);
  if (builds.length === 0) return;
  const role = await withClient(ensureFeatureRole);
  await eachInParallel(builds, PARALLEL_BUILDS, async ({ id, asOf }) => {
    args.signal?.throwIfAborted();
    await inTransaction(async (client) => {
      await insertRanges(client, { buildId: id, viewId: view.id, asOf, columns: view.columns, role });
      await args.fence(client);
    });
  });
}

type Counts = { rows: number; predictable: number; leaving: number; trial: number };

async function requireBuild(viewId: number, asOf: Date) {
  const [build] = await findBuilds(viewId, [asOf]);
  if (!build) throw new Error(`features of view ${viewId} are not built for ${asOf.toISOString()}`);
  return build;
}

async function withClient<T>(work: (client: PoolClient) => Promise<T>) {
  const client = await pool().connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Works through `items` in order with `workers` at a time; the first error stops all after what is under way. */
async function eachInParallel<T>(items: readonly T[], workers: number, work: (item: T) => Promise<void>) {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const run = async () => {
    for (const item of queue) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: workers }, run));
  const rejected = results.find((result) => result.status === "rejected");
  if (rejected) throw rejected.reason;
}

function emptyMatrix(columns: readonly string[]): FeatureMatrix {
  return {
    columns,
    rows: 0,
    values: new Float32Array(0),
    customerIds: new Int32Array(0),
    asOf: new Float64Array(0),
    mrrCents: new Int32Array(0),
    peerGroup: [],
  };
}
