import { pool } from "@/lib/db/pool";

export type PlantedCustomer = {
  name: string;
  probability: number;
  listing: "flagged" | "watch" | "unlisted";
  mrrCents: number;
  priorityCents: number;
  segment?: string;
  peerGroup?: string;
  ownerId?: number;
  reasons?: unknown;
};

const TARGET = "churn-30d";
const PARAMETERS = JSON.stringify({
  priority: {
    grossMargin: 0.8,
    months: 12,
    monthlyChurnOnceKept: { below_70: 0.08, band_70: 0.1, band_80: 0.12, band_90: 0.15 },
  },
});

/** Rows that any published run needs: view, training run, model version. @returns their ids */
export async function plantModel(modelNumber = 1): Promise<{ viewId: number; modelVersionId: number }> {
  const { rows } = await pool().query<{ viewId: number; modelVersionId: number }>(
    `WITH rule AS (SELECT id FROM label_rule WHERE target_id = $1 ORDER BY version DESC LIMIT 1),
     view AS (INSERT INTO feature_view (target_id, name, version, definition_hash, columns)
       VALUES ($1, 'planted', $2, 'h', '[{"name":"seats"},{"name":"logins"}]') RETURNING id),
     training AS (INSERT INTO training_run (target_id, view_id, label_rule_id, status, splits, params, seed, library)
       SELECT $1, view.id, rule.id, 'succeeded', '{}', '{}', 1, '{}' FROM view, rule RETURNING id, view_id),
     version AS (INSERT INTO model_version (target_id, number, training_run_id, booster, calibrator, columns, categories, checksum, gates)
       SELECT $1, $2, id, '', '{}', '{seats,logins}', '{}', 'c', '[]' FROM training RETURNING id)
     SELECT training.view_id AS "viewId", version.id AS "modelVersionId" FROM training, version`,
    [TARGET, modelNumber],
  );
  const ids = rows[0];
  if (!ids) throw new Error("nothing planted");
  return ids;
}

/** Customers with one version each. @returns their ids in order */
export async function plantCustomers(customers: readonly Pick<PlantedCustomer, "name" | "segment" | "ownerId">[]) {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO customer (source_id) SELECT 'planted-' || i || '-' || $2 FROM generate_series(1, $1) i RETURNING id`,
    [customers.length, Math.random()],
  );
  const ids = rows.map((row) => row.id);
  await pool().query(
    `INSERT INTO customer_version (customer_id, version, name, segment, signed_up_at, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
     SELECT id, 1, name, segment, '2026-01-01', '2026-01-01', '2026-01-01', 'source', 1, ''
     FROM unnest($1::int[], $2::text[], $3::text[]) AS c(id, name, segment)`,
    [ids, customers.map((c) => c.name), customers.map((c) => c.segment ?? null)],
  );
  await pool().query(
    "INSERT INTO customer_owner (customer_id, user_id) SELECT id, owner FROM unnest($1::int[], $2::int[]) AS o(id, owner) WHERE owner IS NOT NULL",
    [ids, customers.map((c) => c.ownerId ?? null)],
  );
  return ids;
}

/** A complete run with one prediction per customer; published where `publish`. @returns its id */
export async function plantRun(args: {
  asOf: Date;
  viewId: number;
  modelVersionId: number;
  customerIds: readonly number[];
  predictions: readonly PlantedCustomer[];
  role?: "champion" | "bridge";
  publish?: boolean;
}): Promise<number> {
  const role = args.role ?? "champion";
  const { rows } = await pool().query<{ id: number }>(
    `WITH build AS (INSERT INTO feature_build (view_id, as_of, known_by, data_cut, status, rows)
       VALUES ($1, $2, $2, now(), 'complete', $3)
       ON CONFLICT (view_id, as_of) DO UPDATE SET rows = excluded.rows RETURNING id)
     INSERT INTO scoring_run (target_id, model_version_id, build_id, as_of, role, status, threshold, floor, capacity, parameters, published_at)
     SELECT $4, $5, id, $2, $6, 'complete', 0.7, 0.15, 250, $7, CASE WHEN $6 = 'champion' THEN now() END FROM build RETURNING id`,
    [args.viewId, args.asOf, args.customerIds.length, TARGET, args.modelVersionId, role, PARAMETERS],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("nothing planted");
  await pool().query("SELECT ensure_month_partition('prediction', $1)", [args.asOf]);
  const column = <T>(read: (p: PlantedCustomer) => T) => args.predictions.map(read);
  await pool().query(
    `INSERT INTO prediction (as_of, customer_id, scoring_run_id, probability, margin, bias, probability_rank, contributions,
       listing, band, mrr_cents, priority_cents, reasons, peer_group)
     SELECT $1, customer_id, $2, probability, ln(probability / (1 - probability)), -3, 1,
       ARRAY[ln(probability / (1 - probability)) + 3.5, -0.5]::real[], listing,
       CASE WHEN probability > .9 THEN 'band_90' WHEN probability > .8 THEN 'band_80' WHEN probability > .7 THEN 'band_70' ELSE 'below_70' END,
       mrr, priority, reasons, peer_group
     FROM unnest($3::int[], $4::float8[], $5::text[], $6::int[], $7::bigint[], $8::jsonb[], $9::text[])
       AS p(customer_id, probability, listing, mrr, priority, reasons, peer_group)`,
    [
      args.asOf,
      id,
      args.customerIds,
      column((p) => p.probability),
      column((p) => p.listing),
      column((p) => p.mrrCents),
      column((p) => p.priorityCents),
      column((p) => JSON.stringify(p.reasons ?? { themes: [], reasons: [] })),
      column((p) => p.peerGroup ?? "Team, 5 to 9 seats"),
    ],
  );
  if (args.publish) {
    await pool().query(
      `INSERT INTO current_scoring_run (target_id, scoring_run_id) VALUES ($1, $2)
       ON CONFLICT (target_id) DO UPDATE SET scoring_run_id = excluded.scoring_run_id, flipped_at = now()`,
      [TARGET, id],
    );
  }
  return id;
}

/** A user who can look after customers. @returns its id */
export async function plantUser(name: string, role = "csm"): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    "INSERT INTO app_user (email, name, role, password_hash) VALUES ($1, $2, $3, 'none') RETURNING id",
    [`${name.toLowerCase().replaceAll(" ", ".")}@planted.example`, name, role],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("nothing planted");
  return id;
}
