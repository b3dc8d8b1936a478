import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NO_FENCE } from "@/lib/db/fence";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { env } from "@/lib/env/env";
import type { DomainError } from "@/lib/http/domain-error";
import { MappingSchema } from "@/lib/ingest/mapping/contract";
import { saveMapping } from "@/lib/ingest/mapping/service";
import { importDirectory } from "@/lib/ingest/service";
import { deliveryFolder } from "./folders";
import { type ImportDeliveriesArgs, importDeliveries } from "./import-service";
import { decideDelivery, getDelivery, listDeliveries, type ReceiveArgs, receiveDelivery } from "./service";

const CUSTOMERS = "customer_id,name,signed_up_at\nc1,One,2025-01-01\nc2,Two,2025-01-01\n";
const NOW = new Date("2026-11-25T10:00:00Z");
const sender = { id: null, label: "token test", tokenId: null };

let data: string;
beforeAll(async () => {
  data = mkdtempSync(path.join(os.tmpdir(), "tideline-deliveries-"));
  env().TIDELINE_DATA_DIR = data;
  await createTestDatabase();
});
afterAll(() => rmSync(data, { recursive: true }));
beforeEach(async () => {
  rmSync(path.join(data, "import"), { recursive: true, force: true });
  await pool().query(
    `TRUNCATE customer, customer_version, customer_owner, usage_daily, quarantined_row, import_file, import_run, installation,
       import_delivery, job_run, setting_version, import_mapping RESTART IDENTITY CASCADE;
     INSERT INTO installation (mode, ready_at) VALUES ('empty', now());
     INSERT INTO setting_version (key, value) VALUES ('companyName', '"Acme"'), ('zone', '"UTC"'), ('currency', '"USD"')`,
  );
});

async function* files(...given: [name: string, content: string | AsyncIterable<Uint8Array>][]) {
  for (const [name, content] of given)
    yield { name, content: typeof content === "string" ? Readable.from([Buffer.from(content)]) : content };
}
const receive = (given: ReceiveArgs["files"], more: Partial<ReceiveArgs> = {}) =>
  receiveDelivery({
    source: "billing",
    channel: "api",
    historical: false,
    sender,
    files: given,
    bytesExpected: null,
    now: NOW,
    ...more,
  });
const work = (more: Partial<ImportDeliveriesArgs> = {}) =>
  importDeliveries({ inbox: true, now: NOW, fence: NO_FENCE, settleMs: 20, ...more });
const deliveries = async () =>
  (await pool().query("SELECT id, channel, status, error FROM import_delivery ORDER BY received_at, id")).rows;
const count = async (table: string) => Number((await pool().query(`SELECT count(*) FROM ${table}`)).rows[0].count);
/** All files below import/, as paths. */
const tree = (): string[] => {
  const root = path.join(data, "import");
  if (!existsSync(root)) return [];
  return (readdirSync(root, { recursive: true, withFileTypes: true }) as import("node:fs").Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
};
const drop = (source: string, name: string, content: string) => {
  mkdirSync(path.join(data, "import/inbox", source), { recursive: true });
  writeFileSync(path.join(data, "import/inbox", source, name), content);
};

describe("files that a program sends", () => {
  it("wait for their import, which a job is asked for, and are put away when it is done", async () => {
    const { delivery, repeated } = await receive(files(["customers.csv", CUSTOMERS]));
    expect(repeated).toBe(false);
    expect(delivery).toMatchObject({ status: "queued", files: [{ name: "customers.csv", bytes: CUSTOMERS.length }] });
    const { rows: jobs } = await pool().query("SELECT job, payload FROM job_run");
    expect(jobs).toEqual([{ job: "import-files", payload: { inbox: false } }]);
    expect(await work({ inbox: false })).toMatchObject({ imported: 1, refused: [], failed: [] });
    expect(await getDelivery({ id: delivery.id, source: "billing" })).toMatchObject({
      status: "imported",
      import: { rowsRead: 2, rowsNew: 2, rowsBad: 0 },
    });
    expect(tree()).toEqual([`done/billing/2026-11-25-${delivery.id}/customers.csv`]);
  });

  it("are the same delivery where the source's newest ones said the same, and another where they did not", async () => {
    const first = await receive(files(["customers.csv", CUSTOMERS]));
    expect(await receive(files(["customers.csv", CUSTOMERS]))).toMatchObject({
      repeated: true,
      delivery: { id: first.delivery.id },
    });
    await work();
    const again = await receive(files(["customers.csv", CUSTOMERS]), { now: new Date(NOW.getTime() + 1) });
    expect(again).toMatchObject({ repeated: true, delivery: { id: first.delivery.id, status: "imported" } });
    expect(await receive(files(["customers.csv", CUSTOMERS]), { source: "crm" })).toMatchObject({ repeated: false });
    const changed = CUSTOMERS.replace("One", "Uno");
    const at = (ms: number) => ({ now: new Date(NOW.getTime() + ms) });
    expect(await receive(files(["customers.csv", changed]), at(2))).toMatchObject({ repeated: false });
    // What was so before the change is news again.
    expect(await receive(files(["customers.csv", CUSTOMERS]), at(3))).toMatchObject({ repeated: false });
    expect(await count("import_delivery")).toBe(4);
  });

  it("are one delivery where they come from two places at once", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => receive(files(["customers.csv", CUSTOMERS]))));
    expect(new Set(all.map((received) => received.delivery.id)).size).toBe(1);
    expect(all.filter((received) => !received.repeated)).toHaveLength(1);
    expect(tree()).toHaveLength(1);
    expect(await work()).toMatchObject({ imported: 1 });
    expect(await count("import_run")).toBe(1);
  });

  it("are not taken by a demo, over the bounded size, twice under one name, without any, or under a wrong name", async () => {
    const refusal = async (given: ReceiveArgs["files"], more: Partial<ReceiveArgs> = {}) =>
      receive(given, more).then(
        () => "taken",
        (error: DomainError) => `${error.code} ${error.message}`,
      );
    await pool().query(`INSERT INTO setting_version (key, value) VALUES ('deliveryMegabytesMax', '1')`);
    const large = Buffer.alloc(600_000, "x").toString();
    expect(await refusal(files(["a.csv", large], ["b.csv", large]))).toMatch(/^too_large .*at most 1 MB/);
    expect(await refusal(files(["a.csv", "x"]), { bytesExpected: 1_000_001 })).toMatch(/^too_large/);
    expect(await refusal(files(["a.csv", "x"], ["a.CSV", "y"]))).toMatch(/two files are called "a.csv"/);
    expect(await refusal(files())).toMatch(/at least one file/);
    expect(await refusal(files(["a.zip", "x"]))).toMatch(/called "a.zip": expected the name of a .csv file/);
    await pool().query("UPDATE installation SET mode = 'demo'");
    expect(await refusal(files(["a.csv", "x"]))).toMatch(/^refused .*demo data.*reset -- --empty/);
    expect(tree()).toEqual([]);
    expect((await deliveries()).map((row) => row.status)).toEqual(["discarded", "discarded", "discarded", "discarded"]);
    expect(await count("job_run")).toBe(0);
  });

  it("are answered for to those of their source only", async () => {
    const { delivery } = await receive(files(["customers.csv", CUSTOMERS]));
    await expect(getDelivery({ id: delivery.id, source: "crm" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("that say nothing for too long are given up", async () => {
    const { writeFileFrom, UploadBudget } = await import("./write-file");
    async function* silent() {
      yield Buffer.from("x");
      await new Promise(() => {});
    }
    const write = writeFileFrom({
      file: path.join(data, "silent.csv"),
      content: silent(),
      budget: new UploadBudget(100),
      idleMsMax: 30,
    });
    await expect(write).rejects.toThrow("nothing came for 0.03 seconds");
  });
});

describe("a connection that is cut in the middle of an upload", () => {
  let server: Server;
  let answers: Promise<unknown>[];
  beforeEach(async () => {
    answers = [];
    server = createServer((incoming, response) => {
      const content = Readable.toWeb(incoming) as unknown as AsyncIterable<Uint8Array>;
      answers.push(receive(files(["customers.csv", CUSTOMERS], ["usage.csv", content])).finally(() => response.end()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ["of a stated length", { "content-length": "1000000" }],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("%s leaves nothing but a discarded delivery", async (_rule, headers) => {
    const { port } = server.address() as AddressInfo;
    const sending = request({ port, host: "127.0.0.1", method: "POST", headers });
    sending.on("error", () => {});
    sending.write(Buffer.alloc(100_000, "x"));
    while (!tree().some((file) => file.endsWith("usage.csv"))) await sleep(10);
    sending.destroy();
    await expect(answers[0]).rejects.toThrow("cut off");
    expect(tree()).toEqual([]);
    expect(await deliveries()).toMatchObject([{ status: "discarded", error: expect.stringContaining("cut off") }]);
    expect(await work()).toMatchObject({ imported: 0, refused: [] });
  });
});

describe("the import of what came in", () => {
  it("goes on past a delivery that is refused as a whole, and keeps its files with the reason", async () => {
    const bad = await receive(files(["customers.csv", "customer_id\nc1\n"]));
    await receive(files(["customers.csv", CUSTOMERS]), { source: "crm", now: new Date(NOW.getTime() + 1) });
    const report = await work();
    expect(report).toMatchObject({ imported: 1, refused: [expect.stringContaining("customers.csv")], failed: [] });
    expect(await count("customer")).toBe(2);
    const folder = `refused/billing/2026-11-25-${bad.delivery.id}`;
    expect(tree()).toContain(`${folder}/customers.csv`);
    expect(readFileSync(path.join(data, "import", folder, "reason.txt"), "utf8")).toMatch(/column/);
    // What was refused may be sent again, since the reason may be mended.
    expect(await receive(files(["customers.csv", "customer_id\nc1\n"]))).toMatchObject({ repeated: false });
  });

  it("does not import again what a killed run had committed, and puts its files away", async () => {
    const { delivery } = await receive(files(["customers.csv", CUSTOMERS]));
    await importDirectory({
      directory: deliveryFolder(delivery.id),
      historical: false,
      actor: sender,
      source: "billing",
    });
    await pool().query("UPDATE import_delivery SET status = 'importing'");
    expect(await work()).toMatchObject({ imported: 1 });
    expect(await count("import_run")).toBe(1);
    expect(tree()).toEqual([`done/billing/2026-11-25-${delivery.id}/customers.csv`]);
  });

  it("puts away what a killed run had finished, and discards uploads whose process has ended", async () => {
    const { delivery } = await receive(files(["customers.csv", CUSTOMERS]));
    await pool().query("UPDATE import_delivery SET status = 'imported', finished_at = $1", [NOW]);
    await pool().query(
      `INSERT INTO import_delivery (id, source, channel, status, received_at)
       VALUES ('0c4f7a52-1111-4222-8333-444455556666', 'billing', 'api', 'receiving', $1)`,
      [new Date(NOW.getTime() - 3 * 3_600_000)],
    );
    mkdirSync(deliveryFolder("0c4f7a52-1111-4222-8333-444455556666"));
    writeFileSync(path.join(deliveryFolder("0c4f7a52-1111-4222-8333-444455556666"), "half.csv"), "x");
    await work();
    expect(tree()).toEqual([`done/billing/2026-11-25-${delivery.id}/customers.csv`]);
    expect((await deliveries()).map((row) => row.status)).toEqual(["discarded", "imported"]);
  });

  it("removes the files after the days that they are kept, and not before", async () => {
    await receive(files(["customers.csv", CUSTOMERS]));
    await work();
    await work({ now: new Date("2026-12-25T23:00:00Z") });
    expect(tree()).toHaveLength(1);
    await work({ now: new Date("2026-12-26T01:00:00Z") });
    expect(tree()).toEqual([]);
  });

  it("tries again what failed only because another import was under way", async () => {
    await receive(files(["customers.csv", CUSTOMERS]));
    const other = await pool().connect();
    await other.query("SELECT pg_advisory_lock(7310842003)");
    const report = await work({ lockWaitMs: 50 });
    expect(report).toMatchObject({ imported: 0, refused: [], failed: [expect.stringContaining("another import")] });
    await other.query("SELECT pg_advisory_unlock_all()");
    other.release();
    expect(await work()).toMatchObject({ imported: 1 });
  });

  it("reads files by the saved mapping of their source, and the same files again once that has changed", async () => {
    const mapping = (name: object) =>
      MappingSchema.parse({
        source: "billing",
        files: [
          {
            name: "accounts*.csv",
            header: ["id", "company", "since"],
            outputs: [
              {
                to: "customers.csv",
                columns: {
                  customer_id: { column: "id" },
                  name,
                  signed_up_at: { column: "since", format: { kind: "time", forms: ["yyyy/MM/dd"] } },
                },
              },
            ],
          },
        ],
      });
    const accounts = () => receive(files(["accounts 1.csv", "id,company,since\nc1,One,2025/01/01\n"]));
    await saveMapping({ mapping: mapping({ column: "company" }), actor: sender });
    const first = await accounts();
    expect(await work()).toMatchObject({ imported: 1, refused: [] });
    expect(await accounts()).toMatchObject({ repeated: true, delivery: { import: { rowsNew: 1 } } });
    await saveMapping({ mapping: mapping({ template: "{company} ({id})" }), actor: sender });
    const second = await receive(files(["accounts 1.csv", "id,company,since\nc1,One,2025/01/01\n"]), {
      now: new Date(NOW.getTime() + 1),
    });
    expect(second.delivery.id).not.toBe(first.delivery.id);
    await work();
    const { rows } = await pool().query("SELECT name FROM customer_version ORDER BY version");
    expect(rows.map((row) => row.name)).toEqual(["One", "One (c1)"]);
  });

  it("keeps what came before the company was set up, and imports it afterwards", async () => {
    await pool().query("DELETE FROM setting_version WHERE key = 'currency'");
    await receive(files(["customers.csv", CUSTOMERS]));
    expect(await work()).toMatchObject({ imported: 0, refused: [], failed: [expect.stringContaining("currency")] });
    expect(await deliveries()).toMatchObject([{ status: "queued", error: expect.stringContaining("currency") }]);
    await pool().query(`INSERT INTO setting_version (key, value) VALUES ('currency', '"USD"')`);
    expect(await work()).toMatchObject({ imported: 1 });
    expect(await deliveries()).toMatchObject([{ status: "imported", error: null }]);
  });

  it("stops on request and goes on at the next run", async () => {
    await receive(files(["customers.csv", CUSTOMERS]));
    const stop = new AbortController();
    await expect(work({ signal: stop.signal, onProgress: () => stop.abort(new Error("stopped")) })).rejects.toThrow(
      "stopped",
    );
    expect(await count("customer")).toBe(0);
    expect(await work()).toMatchObject({ imported: 1 });
    expect(await count("customer")).toBe(2);
  });
});

describe("files that a person brings", () => {
  const admin = { id: 7, label: "ann@example.com" };
  const bring = (given: ReceiveArgs["files"], ms = 0) =>
    receive(given, { channel: "browser", sender: { ...admin, tokenId: null }, now: new Date(NOW.getTime() + ms) });
  const decide = (id: string, action: "check" | "import" | "discard") =>
    decideDelivery({ id, action, actor: admin, now: NOW });
  beforeEach(async () => {
    await pool().query(
      `INSERT INTO app_user (id, email, name, role, password_hash) VALUES (7, 'ann@example.com', 'Ann', 'admin', 'x')`,
    );
  });
  afterEach(async () => {
    await pool().query("DELETE FROM app_user");
  });

  it("are tried without keeping anything, and imported only when somebody says so", async () => {
    const bad = `${CUSTOMERS}c3,Three,someday\n`;
    const orphan =
      "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency\np1,c9,i1,2026-01-01,paid,5,USD\n";
    const { delivery } = await bring(files(["customers.csv", bad], ["payments.csv", orphan]));
    expect(delivery).toMatchObject({ status: "received", receivedFrom: "Ann" });
    await expect(decide(delivery.id, "import")).rejects.toMatchObject({ code: "conflict" });
    await work();
    const checked = await getDelivery({ id: delivery.id, source: null });
    expect(checked).toMatchObject({
      status: "checked",
      import: null,
      check: {
        outcome: "importable",
        files: [
          { file: "customers.csv", rowsRead: 3, rowsNew: 2, rowsBad: 1 },
          { file: "payments.csv", rowsRead: 1, rowsNew: 0, rowsBad: 0, rowsWaiting: 1 },
        ],
        samples: [{ file: "customers.csv", line: 4, column: "signed_up_at", value: "someday" }],
      },
    });
    for (const table of ["customer", "import_run", "quarantined_row"]) expect(await count(table)).toBe(0);
    expect(await decide(delivery.id, "import")).toMatchObject({ status: "queued" });
    expect(await decide(delivery.id, "import")).toMatchObject({ status: "queued" });
    expect(await work()).toMatchObject({ imported: 1 });
    expect(await getDelivery({ id: delivery.id, source: null })).toMatchObject({
      status: "imported",
      import: { rowsNew: 2, rowsBad: 1 },
    });
    const { rows } = await pool().query("SELECT started_by, channel FROM import_run");
    expect(rows).toEqual([{ started_by: 7, channel: "browser" }]);
    await expect(decide(delivery.id, "discard")).rejects.toMatchObject({ code: "conflict" });
  });

  it("that would be refused say why, wait for a mended mapping, and are checked again", async () => {
    const { delivery } = await bring(files(["accounts.csv", "id,company\nc1,One\n"]));
    expect(await work()).toMatchObject({ imported: 0, refused: [] });
    const found = await getDelivery({ id: delivery.id, source: null });
    expect(found.check).toMatchObject({ outcome: "refused", reason: expect.stringContaining("accounts.csv") });
    expect(JSON.stringify(found.check)).not.toContain(data);
    await expect(decide(delivery.id, "import")).rejects.toThrow("would be refused");
    const output = {
      to: "customers.csv",
      columns: { customer_id: { column: "id" }, name: { column: "company" }, signed_up_at: { constant: "2025-01-01" } },
    };
    const file = { name: "accounts.csv", header: ["id", "company"], outputs: [output] };
    await saveMapping({ mapping: MappingSchema.parse({ source: "billing", files: [file] }), actor: admin });
    expect(await decide(delivery.id, "check")).toMatchObject({ status: "received", check: null });
    await work();
    expect(await getDelivery({ id: delivery.id, source: null })).toMatchObject({ check: { outcome: "importable" } });
  });

  it("are gone when they are discarded, which may be said again", async () => {
    const { delivery } = await bring(files(["customers.csv", CUSTOMERS]));
    await work();
    for (let i = 0; i < 2; i += 1) expect(await decide(delivery.id, "discard")).toMatchObject({ status: "discarded" });
    expect(tree()).toEqual([]);
    expect(await work()).toMatchObject({ imported: 0 });
    const { rows } = await pool().query(
      "SELECT action FROM audit_event WHERE action LIKE 'delivery.%' AND subject_id = $1",
      [delivery.id],
    );
    expect(rows.map((row) => row.action)).toEqual(["delivery.receive", "delivery.discard"]);
  });

  it("do not keep a program's same files from being imported while nobody has decided", async () => {
    await bring(files(["customers.csv", CUSTOMERS]));
    const sent = await receive(files(["customers.csv", CUSTOMERS]), { now: new Date(NOW.getTime() + 1) });
    expect(sent.repeated).toBe(false);
    expect(await bring(files(["customers.csv", CUSTOMERS]), 2)).toMatchObject({
      repeated: true,
      delivery: { id: sent.delivery.id },
    });
  });

  it("that nobody decides about are discarded after the days that files are kept", async () => {
    await bring(files(["customers.csv", CUSTOMERS]));
    await work();
    await work({ now: new Date(NOW.getTime() + 31 * 86_400_000) });
    expect(await deliveries()).toMatchObject([{ status: "discarded", error: "nobody decided about it in time" }]);
  });

  it("are listed newest first, in pages that neither overlap nor leave out", async () => {
    for (let i = 0; i < 5; i += 1) await bring(files([`a${i}.csv`, "x"]), Math.floor(i / 2));
    const ids: string[] = [];
    let before: string | null = null;
    do {
      const page = await listDeliveries({ before, limit: 2 });
      ids.push(...page.deliveries.map((delivery) => delivery.id));
      before = page.next;
    } while (before !== null);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });
});

describe("the inbox", () => {
  it("gives each source's files as one delivery", async () => {
    drop("billing", "customers.csv", CUSTOMERS);
    drop("product", "usage.CSV", "customer_id,day,sessions\nc1,2026-02-02,7\n");
    expect(await work()).toMatchObject({ imported: 2, unsettled: [], problems: [] });
    expect(await count("usage_daily")).toBe(1);
    expect(tree().map((file) => file.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID"))).toEqual([
      "done/billing/2026-11-25-ID/customers.csv",
      "done/product/2026-11-25-ID/usage.csv",
    ]);
  });

  it("lets other users of the machine in, and nobody into what came", async () => {
    await receive(files(["customers.csv", CUSTOMERS]));
    await work();
    const mode = (folder: string) => (statSync(path.join(data, "import", folder)).mode & 0o777).toString(8);
    expect(["", "inbox", "deliveries", "done"].map(mode)).toEqual(["755", "755", "700", "700"]);
  });

  it("is looked into only where that was asked for", async () => {
    drop("billing", "customers.csv", CUSTOMERS);
    expect(await work({ inbox: false })).toMatchObject({ imported: 0 });
    expect(tree()).toEqual(["inbox/billing/customers.csv"]);
  });

  it("keeps a source's files while one of them is still being written", async () => {
    drop("billing", "customers.csv", CUSTOMERS);
    drop("billing", "usage.csv", "customer_id,day");
    const writer = setInterval(() => appendFileSync(path.join(data, "import/inbox/billing/usage.csv"), "x"), 5);
    expect(await work({ settleMs: 100 })).toMatchObject({ imported: 0, unsettled: ["billing"] });
    clearInterval(writer);
    expect(tree()).toEqual(["inbox/billing/customers.csv", "inbox/billing/usage.csv"]);
  });

  it("says what lies where it can't be taken, and takes the rest", async () => {
    drop("billing", "customers.csv", CUSTOMERS);
    drop("billing", "notes.xlsx", "x");
    drop("billing", "usage.csv.part", "x");
    drop("Bad Name", "customers.csv", "x");
    writeFileSync(path.join(data, "import/inbox/loose.csv"), "x");
    const report = await work();
    expect(report.imported).toBe(1);
    expect(report.problems).toEqual([
      expect.stringContaining("import/inbox/Bad Name names no source"),
      expect.stringContaining("notes.xlsx"),
      expect.stringContaining("import/inbox/loose.csv belongs into a folder"),
    ]);
    expect(tree()).toHaveLength(5);
  });

  it("puts away files that say nothing new, without another delivery", async () => {
    drop("billing", "customers.csv", CUSTOMERS);
    await work();
    drop("billing", "customers.csv", CUSTOMERS);
    expect(await work()).toMatchObject({ imported: 0, problems: [] });
    expect(await deliveries()).toHaveLength(1);
    expect(tree().filter((file) => file.startsWith("done/"))).toHaveLength(2);
  });

  it("is taken on where a killed run had moved some of its files", async () => {
    const id = "0c4f7a52-1111-4222-8333-444455556666";
    await pool().query(
      `INSERT INTO import_delivery (id, source, channel, status, files) VALUES ($1, 'billing', 'inbox', 'receiving', $2)`,
      [id, JSON.stringify([{ name: "customers.csv" }, { name: "usage.csv" }, { name: "gone.csv" }])],
    );
    mkdirSync(deliveryFolder(id), { recursive: true });
    writeFileSync(path.join(deliveryFolder(id), "customers.csv"), CUSTOMERS);
    drop("billing", "usage.csv", "customer_id,day,sessions\nc1,2026-02-02,7\n");
    expect(await work()).toMatchObject({ imported: 1, problems: [] });
    expect(await count("usage_daily")).toBe(1);
    expect(tree()).toEqual([`done/billing/2026-11-25-${id}/customers.csv`, `done/billing/2026-11-25-${id}/usage.csv`]);
  });
});
