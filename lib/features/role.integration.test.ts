import { Client, type PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import type { BuildMoment } from "./binding";
import { compileBuild, POSTGRES } from "./compile";
import type { FeatureViewDefinition } from "./definitions/account-weekly";
import { SUPPORT_FEATURES } from "./definitions/support";
import { POSTGRES_SOURCES } from "./postgres-sources";
import { runCompiled } from "./repository";
import { ensureFeatureRole, featureRoleName, featureRoleScript } from "./role";

const ASOF = new Date("2026-11-02T05:00:00Z");
const MOMENT: BuildMoment = {
  viewId: 1,
  asOf: ASOF,
  knownBy: new Date(Number(ASOF) + 7_200_000),
  dataCut: new Date(),
  zone: "America/New_York",
  covered: new Set(["ticket"]),
};

let url: string;
let client: PoolClient;
beforeAll(async () => {
  url = await createTestDatabase();
  client = await pool().connect();
  await client.query("SELECT ensure_month_partition('feature_row', $1)", [ASOF]);
});
afterAll(() => client.release());

/** A view over tickets whose rows come from `relation` instead of the ticket events. */
async function buildFrom(relation: string): Promise<unknown> {
  const view: FeatureViewDefinition = {
    name: "planted",
    targetId: "churn-30d",
    features: SUPPORT_FEATURES.slice(0, 1),
  };
  const dialect = { ...POSTGRES, sources: { ...POSTGRES_SOURCES, ticket: () => relation } };
  const role = await ensureFeatureRole(client);
  return inTransaction((transaction) =>
    runCompiled(transaction, { statement: compileBuild(view, dialect), moment: MOMENT, role }),
  );
}

const TICKET_COLUMNS = "now() AS opened_at, 'customer' AS opened_by";

describe("the feature role", () => {
  it.each([
    ["a contact's e-mail", `SELECT customer_id, email, ${TICKET_COLUMNS} FROM contact`, "contact"],
    ["a contact's presence", `SELECT customer_id, ${TICKET_COLUMNS} FROM contact`, "contact"],
    [
      "a company's name",
      `SELECT customer_id, length(name), ${TICKET_COLUMNS} FROM customer_version`,
      "customer_version",
    ],
    ["users", `SELECT id AS customer_id, email, ${TICKET_COLUMNS} FROM app_user`, "app_user"],
    ["who used it", `SELECT customer_id, user_key, ${TICKET_COLUMNS} FROM usage_event`, "usage_event"],
    ["outcomes", `SELECT customer_id, departed, ${TICKET_COLUMNS} FROM outcome`, "outcome"],
  ])("keeps a view that reads %s from being computed", async (_what, relation, table) => {
    await expect(buildFrom(relation)).rejects.toThrow(`permission denied for table ${table}`);
  });

  it("lets the real sources through", async () => {
    const relation = POSTGRES_SOURCES.ticket;
    const view: FeatureViewDefinition = { name: "real", targetId: "churn-30d", features: SUPPORT_FEATURES };
    const role = await ensureFeatureRole(client);
    const statement = compileBuild(view, { ...POSTGRES, sources: { ...POSTGRES_SOURCES, ticket: relation } });
    await expect(inTransaction((tx) => runCompiled(tx, { statement, moment: MOMENT, role }))).resolves.toEqual({
      rows: 0,
      leaving: 0,
      trial: 0,
    });
  });

  it("loses rights that were added by hand", async () => {
    const role = await ensureFeatureRole(client);
    await client.query(`GRANT SELECT ON contact TO ${role}`);
    await expect(buildFrom(`SELECT customer_id, email, ${TICKET_COLUMNS} FROM contact`)).rejects.toThrow(
      "permission denied for table contact",
    );
  });

  it("is made once by several processes at the same time", async () => {
    const role = await ensureFeatureRole(client);
    await client.query(`DROP OWNED BY ${role}`);
    await client.query(`DROP ROLE ${role}`);
    const clients = await Promise.all([1, 2, 3].map(() => pool().connect()));
    try {
      expect(await Promise.all(clients.map(ensureFeatureRole))).toEqual([role, role, role]);
    } finally {
      for (const each of clients) each.release();
    }
  });

  it("where roles may not be made, is asked for by the exact script, which then suffices", async () => {
    const role = await ensureFeatureRole(client);
    const database = new URL(url).pathname.slice(1);
    await client.query(`DROP OWNED BY ${role}`);
    await client.query(`DROP ROLE ${role}`);
    const user = `plain_${database}`;
    await client.query(`CREATE ROLE "${user}" LOGIN PASSWORD 'plain'`);
    const address = new URL(url);
    address.username = user;
    address.password = "plain";
    const plain = new Client({ connectionString: address.href });
    await plain.connect();
    try {
      const script = featureRoleScript({ database, user });
      await expect(ensureFeatureRole(plain)).rejects.toThrow(script);
      await client.query(script);
      expect(await ensureFeatureRole(plain)).toBe(role);
    } finally {
      await plain.end();
      await client.query(`DROP OWNED BY "${user}"; DROP ROLE "${user}"`);
    }
  });

  it("has a name that fits for any database", () => {
    expect(featureRoleName("tideline")).toBe("tideline_features_tideline");
    expect(featureRoleName("x".repeat(63)).length).toBeLessThanOrEqual(63);
    expect(featureRoleName("x".repeat(63))).not.toBe(featureRoleName("x".repeat(62)));
  });
});
