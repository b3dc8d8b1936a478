import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedFolder, openEmbeddedServer, stopEmbeddedServer } from "./embedded-server";

const folder = path.join(os.tmpdir(), `tideline-embedded-${randomUUID()}`);

describe("the installation's own Postgres", () => {
  // Read once by the process, before anything asks for it.
  beforeAll(() => {
    process.env.TIDELINE_DATA_DIR = folder;
  });
  afterAll(async () => {
    await stopEmbeddedServer();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is made at the first call, listens on this machine only, and keeps its password from others", async () => {
    const server = await openEmbeddedServer();
    expect(server.how).toBe("started");
    expect(await ask(server.url, "SHOW listen_addresses")).toBe("127.0.0.1");
    expect(await ask(server.url, "SHOW synchronous_commit")).toBe("on");
    expect(statSync(path.join(folder, "database.json")).mode & 0o777).toBe(0o600);
    const withoutPassword = new URL(server.url);
    withoutPassword.password = "wrong";
    await expect(ask(withoutPassword.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
    expect(await server.release()).toBe("stopped");
    expect(existsSync(path.join(embeddedFolder()!, "postmaster.pid"))).toBe(false);
  });

  it("is adopted where it runs, and kept where another command still uses it", async () => {
    const first = await openEmbeddedServer();
    const second = await openEmbeddedServer();
    expect([second.how, second.port]).toEqual(["adopted", first.port]);
    // A session of a living process that is not this one: process 1 always lives.
    const other = new Client({ connectionString: first.url, application_name: "tideline 1" });
    await other.connect();
    expect(await second.release()).toBe("kept");
    await other.end();
    expect(await first.release()).toBe("stopped");
  });

  it("ends sessions of commands that were killed", async () => {
    const server = await openEmbeddedServer();
    const orphan = new Client({ connectionString: server.url, application_name: "tideline 2147483646" });
    const ended = new Promise<string>((resolve) => orphan.on("error", (error) => resolve(error.message)));
    await orphan.connect();
    const again = await openEmbeddedServer();
    expect(await ended).toMatch(/terminating connection/);
    await again.release();
    await server.release();
  });

  it("starts on another port where its own is taken, and remembers it", async () => {
    const port = keptPort();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
    const server = await openEmbeddedServer();
    expect(server.port).not.toBe(port);
    expect(server.notes).toEqual([expect.stringContaining(`port ${port} is taken`)]);
    expect(keptPort()).toBe(server.port);
    squatter.close();
    await server.release();
  });

  it("starts where its pid file names a living process that is something else", async () => {
    const cluster = embeddedFolder()!;
    writeFileSync(path.join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n1\n5\n\n127.0.0.1\n 1 1\nready\n`);
    const server = await openEmbeddedServer();
    expect(server.how).toBe("started");
    await server.release();
  });
});

function keptPort(): number {
  return JSON.parse(readFileSync(path.join(folder, "database.json"), "utf8")).port;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0]!)[0];
  } finally {
    await client.end();
  }
}
