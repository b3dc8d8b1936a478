import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/env/free-port";
import { type Cluster, initialiseCluster, startCluster, stopCluster } from "./embedded/cluster";
import { serverUser } from "./embedded/server-user";
import { diffMigrations, migrateDatabase } from "./migrate";

const PROGRAMS = "/usr/lib/postgresql/15";

describe.skipIf(!existsSync(path.join(PROGRAMS, "bin/initdb")))(
  "Debian's Postgres 15, the oldest that we support",
  () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "tideline-pg15-"));
    const cluster: Cluster = {
      folder: path.join(folder, "postgres"),
      binaries: { folder: PROGRAMS, version: "15" },
      user: serverUser(),
    };
    afterAll(async () => {
      await stopCluster(cluster);
      rmSync(folder, { recursive: true, force: true });
    });

    it("takes all migrations, and they agree with schema.prisma there too", async () => {
      spawnSync("chmod", ["755", folder]);
      await initialiseCluster(cluster, { name: "tideline", password: "tideline" });
      const port = await freePort();
      await startCluster(cluster, { port, settings: { fsync: "off" } });
      const url = `postgres://tideline:tideline@127.0.0.1:${port}/postgres`;
      expect((await migrateDatabase(url)).length).toBeGreaterThan(0);
      expect(await diffMigrations(url)).toBe("");
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query("SELECT * FROM subscription_state_at(now(), now(), now())");
      expect(rows).toEqual([]);
      await client.end();
    });
  },
);
