import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";
import { buildPages } from "./start/web-build";
import { writeImportFolder } from "./survive/import-folder";
import { Installation } from "./survive/product";
import { stateOf } from "./survive/state";
import { describeCount, runSuites, type Suite } from "./test/suite";

// Treats small installations the way that crashes, impatient people and other programs do, and looks at what is left.
const DEMO = ["--customers", "200", "--weeks", "30", "--seed", "7", "--until", "2026-11-16"];
const READY = /Tideline is ready/;

const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-survive-"));
// Where root runs this, Postgres runs as another user and must reach it.
chmodSync(folder, 0o755);
const undisturbed = new Installation(path.join(folder, "undisturbed"));
const killed = new Installation(path.join(folder, "killed"));
const importing = new Installation(path.join(folder, "importing"));
const switching = new Installation(path.join(folder, "switching"));
let expected: Record<string, unknown> = {};

const SCENARIOS: Suite[] = [
  scenario("an undisturbed first start is ready; a second start beside it says so and leaves", async () => {
    const first = await undisturbed.start(...DEMO);
    await first.saw(/Postgres .* started/);
    const second = await undisturbed.start(...DEMO);
    assert.equal(await second.ended(), 1);
    assert.match(second.output(), new RegExp(`runs already, as process ${first.child.pid}`));
    await first.saw(READY);
    expected = await stateOf(undisturbed);
    assert.equal(expected.ready, true);
    assert.equal(expected.app_user, 9);
    assert.ok((expected.feature_row as number) > 1000, `feature rows: ${expected.feature_row}`);
    await first.kill("SIGKILL");
  }),
  scenario("a Postgres that a killed app left is adopted, and stopped with the app", async () => {
    assert.ok(
      undisturbed.processes().some((line) => line.includes("postgres")),
      "the killed app's Postgres still runs",
    );
    const again = await undisturbed.start();
    await again.saw(READY);
    assert.match(again.output(), /Postgres .* adopted/);
    assert.deepEqual(await stateOf(undisturbed), expected);
    assert.equal(await again.kill("SIGTERM"), 0);
    assert.deepEqual(undisturbed.processes(), []);
  }),
  scenario("a pid file that names another living process and a port that is taken do not stop a start", async () => {
    const cluster = path.join(undisturbed.dataFolder, "postgres");
    const port = undisturbed.databasePort();
    writeFileSync(
      path.join(cluster, "postmaster.pid"),
      `${process.pid}\n${cluster}\n1790000000\n${port}\n\n127.0.0.1\n 1 1\nready\n`,
    );
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const start = await undisturbed.start();
    await start.saw(READY);
    assert.match(start.output(), new RegExp(`port ${port} is taken`));
    assert.notEqual(undisturbed.databasePort(), port);
    assert.deepEqual(await stateOf(undisturbed), expected);
    assert.equal(await start.kill("SIGTERM"), 0);
    other.close();
  }),
  scenario("a Postgres that was killed itself recovers at the next start", async () => {
    const start = await undisturbed.start();
    await start.saw(READY);
    const pid = Number(
      readFileSync(path.join(undisturbed.dataFolder, "postgres/postmaster.pid"), "utf8").split("\n")[0],
    );
    await start.kill("SIGKILL");
    process.kill(pid, "SIGKILL");
    const again = await undisturbed.start();
    await again.saw(READY);
    assert.deepEqual(await stateOf(undisturbed), expected);
    assert.equal(await again.kill("SIGTERM"), 0);
  }),
  scenario("a first start that is killed again and again ends in the same state", async () => {
    const moments = [
      /is starting/,
      /Postgres/,
      // Nothing is said of migrations where the start that was killed before this one had sent them.
      /migrations applied|making the demo/,
      /demo: Simulating/,
      /demo: Importing/,
      /demo: Building/,
    ];
    for (const [i, moment] of moments.entries()) {
      const start = await killed.start(...DEMO);
      await start.saw(moment);
      // Not always right at the beginning of what was just announced.
      await sleep((i % 3) * 250);
      await start.kill("SIGKILL");
    }
    const last = await killed.start(...DEMO);
    await last.saw(READY);
    assert.deepEqual(await stateOf(killed), expected);
    assert.equal(await last.kill("SIGTERM"), 0);
    assert.deepEqual(killed.processes(), []);
  }),
  scenario("a choice of one's own data, made while the demo is made, holds through kills", async () => {
    const first = await switching.start(...DEMO);
    await first.saw(/demo: Importing/);
    const code = first.output().match(/the code (\S+)/)?.[1] ?? "";
    const answer = await fetch(`${switching.url()}/own-data`, {
      method: "POST",
      body: new URLSearchParams({ code }),
      redirect: "manual",
    });
    assert.equal(answer.status, 303);
    await first.kill("SIGKILL");
    // Killed once more, when the demo's database has just been replaced.
    const second = await switching.start(...DEMO);
    await second.saw(/Postgres .*Postgres .* started/s);
    await second.kill("SIGKILL");
    const last = await switching.start(...DEMO);
    await last.saw(READY);
    const [row] = await switching.query(
      "SELECT (SELECT mode FROM installation) AS mode, (SELECT count(*)::int FROM app_user) AS users, (SELECT count(*)::int FROM import_run) AS imports, (SELECT count(*)::int FROM setting_version) AS settings",
    );
    assert.deepEqual(row, { mode: "empty", users: 1, imports: 0, settings: 0 });
    assert.equal(await last.kill("SIGTERM"), 0);
    assert.deepEqual(switching.processes(), []);
    assert.ok(!existsSync(path.join(switching.dataFolder, "begin-empty")));
  }),
  scenario(
    "an import that was killed leaves nothing half-done; done again it is whole, once more it changes nothing",
    async () => {
      const source = path.join(folder, "source");
      const { customers, usage } = writeImportFolder(source);
      const beginning = await importing.start("--empty", "--company", "Harbour", "--zone", "UTC", "--currency", "USD");
      await beginning.saw(READY);
      assert.equal(await beginning.kill("SIGTERM"), 0);
      const first = importing.run("scripts/import.ts", [source]);
      await waitForImport(importing);
      await first.kill("SIGKILL");
      for (const expectedNew of [usage, 0]) {
        const again = importing.run("scripts/import.ts", [source]);
        assert.equal(await again.ended(), 0, again.output());
        assert.match(again.output(), new RegExp(`usage.csv: .* rows: ${expectedNew.toLocaleString("en-US")} new`));
      }
      const holder = await importing.start();
      await holder.saw(READY);
      const [row] = await importing.query(
        "SELECT (SELECT count(*)::int FROM customer) AS customers, (SELECT count(*)::int FROM usage_daily) AS usage, (SELECT count(*)::int FROM import_run WHERE status = 'running') AS running",
      );
      assert.deepEqual(row, { customers, usage, running: 0 });
      assert.equal(await holder.kill("SIGTERM"), 0);
      assert.deepEqual(importing.processes(), []);
    },
  ),
];

await runCommand(async () => {
  await ensurePrismaClient();
  await buildPages({ onLine: () => {} });
  try {
    const total = await runSuites(SCENARIOS, say);
    const report = process.env.TIDELINE_SURVIVE_REPORT;
    if (report) writeFileSync(report, JSON.stringify(total));
    say(describeCount(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    for (const installation of [undisturbed, killed, importing, switching]) await endAll(installation);
    rmSync(folder, { recursive: true, force: true });
  }
});

function scenario(name: string, run: () => Promise<void>): Suite {
  return {
    name,
    run: async () => {
      await run();
      return { passed: 1, failed: 0, skipped: 0 };
    },
  };
}

/** Until the import writes: its run is noted before its transaction begins. */
async function waitForImport(installation: Installation): Promise<void> {
  for (let waited = 0; waited < 400; waited += 1) {
    const rows = await installation.query("SELECT 1 FROM import_run WHERE status = 'running'").catch(() => []);
    if (rows.length > 0) return;
    await sleep(50);
  }
  throw new Error("the import did not begin within 20 s");
}

/** After a scenario that failed something may still run. */
async function endAll(installation: Installation): Promise<void> {
  for (const line of installation.processes()) {
    try {
      process.kill(Number(line.split(" ")[0]), "SIGKILL");
    } catch {
      // It has ended since.
    }
  }
  await sleep(200);
}
