import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { DeliveredFile, DeliveryChannel, DeliveryCheck, DeliveryStatus, DeliveryView } from "./contract";

/** A delivery as the import job handles it. */
export type DeliveryRow = {
  id: string;
  source: string;
  channel: DeliveryChannel;
  status: DeliveryStatus;
  historical: boolean;
  files: { name: string }[];
  error: string | null;
  finishedAt: Date | null;
  /** whose import it is: who approved it, else who brought it; null for a token and the inbox */
  actorId: number | null;
  /** that person's e-mail address, or the token's name; null for the inbox */
  actor: string | null;
};

const ROW = `SELECT d.id, d.source, d.channel, d.status, d.historical, d.files, d.error, d.finished_at AS "finishedAt",
    u.id AS "actorId", coalesce(u.email, 'token ' || t.name) AS actor
  FROM import_delivery d LEFT JOIN app_user u ON u.id = coalesce(d.approved_by, d.received_by) LEFT JOIN api_token t ON t.id = d.token_id`;

export async function insertDelivery(delivery: {
  id: string;
  source: string;
  channel: DeliveryChannel;
  historical: boolean;
  files: readonly { name: string }[];
  userId: number | null;
  tokenId: number | null;
  now: Date;
}): Promise<void> {
  await pool().query(
    `INSERT INTO import_delivery (id, source, channel, status, historical, files, received_by, token_id, received_at)
     VALUES ($1, $2, $3, 'receiving', $4, $5, $6, $7, $8)`,
    [
      delivery.id,
      delivery.source,
      delivery.channel,
      delivery.historical,
      JSON.stringify(delivery.files),
      delivery.userId,
      delivery.tokenId,
      delivery.now,
    ],
  );
}

/** Until the transaction ends nobody else can complete a delivery of this source. */
export async function lockSource(client: PoolClient, source: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext($1), 7310844)", [source]);
}

/**
 * The newest delivery of the source, not refused or discarded, that has one of these files; whether it says the same. Files that
 * were imported by another mapping than today's say something else now. Files that wait for a person's decision count only where
 * `undecided` says so.
 */
export async function findNewestLike(
  client: PoolClient,
  args: {
    id: string;
    source: string;
    names: readonly string[];
    contentHash: string;
    mappingId: number | null;
    undecided: boolean;
  },
): Promise<{ id: string; same: boolean } | null> {
  const { rows } = await client.query<{ id: string; same: boolean }>(
    `SELECT id, content_hash = $4 AND (import_id IS NULL OR
         (SELECT mapping_id FROM import_run r WHERE r.id = d.import_id) IS NOT DISTINCT FROM $5) AS same
     FROM import_delivery d WHERE source = $1 AND id <> $2 AND status NOT IN ('receiving', 'refused', 'discarded')
       AND ($6 OR status NOT IN ('received', 'checking', 'checked'))
       AND EXISTS (SELECT FROM jsonb_array_elements(d.files) f WHERE f->>'name' = ANY ($3))
     ORDER BY received_at DESC, id LIMIT 1`,
    [args.source, args.id, args.names, args.contentHash, args.mappingId, args.undecided],
  );
  return rows[0] ?? null;
}

/** All files are here. @returns whether it was still being received */
export async function updateComplete(
  client: PoolClient,
  args: { id: string; files: readonly DeliveredFile[]; contentHash: string; status: "received" | "queued" },
): Promise<boolean> {
  const { rowCount } = await client.query(
    "UPDATE import_delivery SET status = $4, files = $2, content_hash = $3 WHERE id = $1 AND status = 'receiving'",
    [args.id, JSON.stringify(args.files), args.contentHash, args.status],
  );
  return rowCount === 1;
}

/** Forgets a delivery that is still being received. */
export async function deleteDelivery(id: string): Promise<void> {
  await pool().query("DELETE FROM import_delivery WHERE id = $1 AND status = 'receiving'", [id]);
}

/** Takes up a delivery that waits for its check or its import. @returns which of the two it shall have; null for neither */
export async function updateTakenUp(client: PoolClient, id: string): Promise<"checking" | "importing" | null> {
  const { rows } = await client.query<{ status: "checking" | "importing" }>(
    `UPDATE import_delivery SET error = NULL, status = CASE WHEN status IN ('received', 'checking') THEN 'checking' ELSE 'importing' END
     WHERE id = $1 AND status IN ('received', 'checking', 'queued', 'importing') RETURNING status`,
    [id],
  );
  return rows[0]?.status ?? null;
}

/** What the dry run found, unless the delivery was discarded meanwhile. */
export async function updateChecked(client: PoolClient, args: { id: string; check: DeliveryCheck }): Promise<void> {
  await client.query(
    `UPDATE import_delivery SET status = 'checked', "check" = $2 WHERE id = $1 AND status = 'checking'`,
    [args.id, JSON.stringify(args.check)],
  );
}

/** How far a delivery is; nobody changes that until the transaction ends. */
export async function lockDelivery(
  client: PoolClient,
  id: string,
): Promise<{ status: DeliveryStatus; outcome: DeliveryCheck["outcome"] | null } | null> {
  const { rows } = await client.query<{ status: DeliveryStatus; outcome: DeliveryCheck["outcome"] | null }>(
    `SELECT status, "check"->>'outcome' AS outcome FROM import_delivery WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** What a person decided. */
export async function updateDecided(
  client: PoolClient,
  args: { id: string; status: "received" | "queued" | "discarded"; userId: number | null; now: Date },
): Promise<void> {
  await client.query(
    `UPDATE import_delivery SET status = $2, "check" = CASE WHEN $2 = 'received' THEN NULL ELSE "check" END,
       approved_by = CASE WHEN $2 = 'queued' THEN $3 ELSE approved_by END, error = NULL,
       finished_at = CASE WHEN $2 = 'discarded' THEN $4::timestamptz END
     WHERE id = $1`,
    [args.id, args.status, args.userId, args.now],
  );
}

/** Ends a delivery that has not ended. @returns whether it had not */
export async function updateFinished(
  client: PoolClient,
  args: {
    id: string;
    status: "imported" | "refused" | "discarded";
    importId: number | null;
    error: string | null;
    now: Date;
  },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE import_delivery SET status = $2, import_id = $3, error = $4, finished_at = $5
     WHERE id = $1 AND status NOT IN ('imported', 'refused', 'discarded')`,
    [args.id, args.status, args.importId, args.error, args.now],
  );
  return rowCount === 1;
}

/** Lets a delivery wait for another try, with what went wrong. */
export async function updateFailed(args: { id: string; error: string }): Promise<void> {
  await pool().query(
    `UPDATE import_delivery SET error = $2, status = CASE status WHEN 'checking' THEN 'received' ELSE 'queued' END
     WHERE id = $1 AND status IN ('checking', 'importing')`,
    [args.id, args.error],
  );
}

export async function findDelivery(id: string): Promise<DeliveryRow | null> {
  const { rows } = await pool().query<DeliveryRow>(`${ROW} WHERE d.id = $1`, [id]);
  return rows[0] ?? null;
}

/** The delivery to check or import next, oldest first, then by source, of those not in `except`. */
export async function findNextToDo(except: readonly string[]): Promise<DeliveryRow | null> {
  const { rows } = await pool().query<DeliveryRow>(
    `${ROW} WHERE d.status IN ('received', 'checking', 'queued', 'importing') AND d.id <> ALL ($1) ORDER BY d.received_at, d.source, d.id LIMIT 1`,
    [except],
  );
  return rows[0] ?? null;
}

/** Deliveries that an inbox was being taken into when its process ended. */
export async function findHalfTaken(): Promise<DeliveryRow[]> {
  const { rows } = await pool().query<DeliveryRow>(
    `${ROW} WHERE d.status = 'receiving' AND d.channel = 'inbox' ORDER BY d.received_at, d.id`,
  );
  return rows;
}

/** Ends uploads that began before a time and never ended, since their process did. @returns their ids */
export async function discardStaleUploads(args: { before: Date; now: Date; error: string }): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `UPDATE import_delivery SET status = 'discarded', error = $3, finished_at = $2
     WHERE status = 'receiving' AND channel <> 'inbox' AND received_at < $1 RETURNING id`,
    [args.before, args.now, args.error],
  );
  return rows.map((row) => row.id);
}

/** Ends deliveries that nobody has decided about since a time. */
export async function discardUndecided(args: { before: Date; now: Date; error: string }): Promise<void> {
  await pool().query(
    `UPDATE import_delivery SET status = 'discarded', error = $3, finished_at = $2
     WHERE status = 'checked' AND received_at < $1`,
    [args.before, args.now, args.error],
  );
}

/** The import that took the files of a folder, where there is one that succeeded. */
export async function findImportOf(folder: string): Promise<number | null> {
  const { rows } = await pool().query<{ id: number }>(
    "SELECT id FROM import_run WHERE origin = $1 AND status = 'succeeded' ORDER BY id LIMIT 1",
    [folder],
  );
  return rows[0]?.id ?? null;
}

type ViewRow = Omit<DeliveryView, "receivedAt" | "finishedAt"> & { receivedAt: Date; finishedAt: Date | null };

const VIEW = `SELECT d.id, d.source, d.channel, d.status, d.historical, d.error, d."check",
    CASE WHEN d.status = 'receiving' THEN '[]' ELSE d.files END AS files,
    d.received_at AS "receivedAt", d.finished_at AS "finishedAt", coalesce(u.name, t.name) AS "receivedFrom",
    CASE WHEN d.import_id IS NOT NULL THEN json_build_object('id', d.import_id, 'rowsRead', coalesce(f.read, 0),
      'rowsNew', coalesce(f.new, 0), 'rowsChanged', coalesce(f.changed, 0), 'rowsSame', coalesce(f.same, 0),
      'rowsBad', coalesce(f.bad, 0)) END AS import
  FROM import_delivery d LEFT JOIN app_user u ON u.id = d.received_by LEFT JOIN api_token t ON t.id = d.token_id
  LEFT JOIN LATERAL (SELECT sum(rows_read) AS read, sum(rows_new) AS new, sum(rows_version) AS changed,
    sum(rows_same) AS same, sum(rows_bad) AS bad FROM import_file WHERE import_id = d.import_id) f ON true`;

/** What may be told of a delivery; of one source only where it is named. */
export async function findDeliveryView(id: string, source: string | null): Promise<DeliveryView | null> {
  const { rows } = await pool().query<ViewRow>(`${VIEW} WHERE d.id = $1 AND ($2::text IS NULL OR d.source = $2)`, [
    id,
    source,
  ]);
  return rows[0] ? toView(rows[0]) : null;
}

/** Every source that there is a mapping, a token or a delivery of; whether there is a mapping. */
export async function findSources(): Promise<{ source: string; mapped: boolean }[]> {
  const { rows } = await pool().query<{ source: string; mapped: boolean }>(
    `SELECT source, bool_or(mapped) AS mapped FROM (SELECT source, true AS mapped FROM import_mapping UNION
       SELECT source, false FROM api_token UNION SELECT source, false FROM import_delivery) s GROUP BY source ORDER BY source`,
  );
  return rows;
}

/** Newest first, from behind `before` where given. */
export async function findDeliveryViews(args: {
  before: { receivedAt: Date; id: string } | null;
  limit: number;
}): Promise<DeliveryView[]> {
  const { rows } = await pool().query<ViewRow>(
    `${VIEW} WHERE $1::timestamptz IS NULL OR (d.received_at <= $1 AND (d.received_at < $1 OR d.id < $2))
     ORDER BY d.received_at DESC, d.id DESC LIMIT $3`,
    [args.before?.receivedAt ?? null, args.before?.id ?? null, args.limit],
  );
  return rows.map(toView);
}

function toView(row: ViewRow): DeliveryView {
  return { ...row, receivedAt: row.receivedAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null };
}
