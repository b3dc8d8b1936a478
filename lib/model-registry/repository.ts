import type { PoolClient } from "pg";
import { pool } from "@/lib/db/pool";
import type { ModelContent } from "./checksum";
import type { Gate } from "./contract";

/** A model version with its bytes. */
export type StoredModelVersion = ModelContent & {
  id: number;
  number: number;
  checksum: string;
  gates: Gate[];
  trainingRunId: number;
  viewId: number;
};

export type ModelVersionRow = {
  id: number;
  number: number;
  trainingRunId: number;
  createdAt: Date;
  checksum: string;
  boosterBytes: number;
  columnCount: number;
  calibrator: { a: number; b: number };
  gates: Gate[];
  isChampion: boolean;
  promotedAt: Date | null;
  promotedBy: string | null;
  promotionReason: string | null;
  promotedWithGatesPassed: boolean | null;
};

/** Adds a version under the next number of its target; the target's versions are locked until commit. */
export async function insertModelVersion(
  client: PoolClient,
  version: ModelContent & { trainingRunId: number; checksum: string; gates: readonly Gate[]; createdAt: Date },
): Promise<{ id: number; number: number }> {
  await lockTarget(client, version.targetId);
  const { rows } = await client.query<{ id: number; number: number }>(
    `INSERT INTO model_version (target_id, number, training_run_id, booster, calibrator, columns, categories, checksum, gates,
       created_at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9 FROM model_version WHERE target_id = $1
     RETURNING id, number`,
    [
      version.targetId,
      version.trainingRunId,
      Buffer.from(version.booster),
      JSON.stringify(version.calibrator),
      version.columns,
      JSON.stringify(version.categories),
      version.checksum,
      JSON.stringify(version.gates),
      version.createdAt,
    ],
  );
  return rows[0] as { id: number; number: number };
}

export async function findModelVersion(id: number): Promise<StoredModelVersion | null> {
  const { rows } = await pool().query<StoredModelVersion>(
    `SELECT v.id, v.target_id AS "targetId", v.number, v.booster, v.calibrator, v.columns, v.categories, v.checksum, v.gates,
       v.training_run_id AS "trainingRunId", t.view_id AS "viewId"
     FROM model_version v JOIN training_run t ON t.id = v.training_run_id WHERE v.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Gates of a version and its target, without the bytes. */
export async function findGates(
  client: PoolClient,
  id: number,
): Promise<{ targetId: string; number: number; gates: Gate[] } | null> {
  const { rows } = await client.query<{ targetId: string; number: number; gates: Gate[] }>(
    `SELECT target_id AS "targetId", number, gates FROM model_version WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

const VERSION_ROW = `SELECT v.id, v.number, v.training_run_id AS "trainingRunId", v.created_at AS "createdAt", v.checksum,
    octet_length(v.booster) AS "boosterBytes", cardinality(v.columns) AS "columnCount", v.calibrator, v.gates,
    a.model_version_id IS NOT NULL AS "isChampion", m.moved_at AS "promotedAt", m.actor_label AS "promotedBy",
    m.reason AS "promotionReason", m.gates_passed AS "promotedWithGatesPassed"
  FROM model_version v
  LEFT JOIN model_alias a ON a.model_version_id = v.id AND a.target_id = v.target_id AND a.alias = 'champion'
  LEFT JOIN LATERAL (SELECT * FROM model_alias_move m WHERE m.target_id = v.target_id AND m.alias = 'champion'
    AND m.to_version_id = v.id ORDER BY m.id DESC LIMIT 1) m ON true`;

/** All versions of a target, newest first. */
export async function findModelVersions(targetId: string): Promise<ModelVersionRow[]> {
  const { rows } = await pool().query<ModelVersionRow>(`${VERSION_ROW} WHERE v.target_id = $1 ORDER BY v.number DESC`, [
    targetId,
  ]);
  return rows;
}

export async function findChampionRow(targetId: string): Promise<ModelVersionRow | null> {
  const { rows } = await pool().query<ModelVersionRow>(
    `${VERSION_ROW} WHERE v.target_id = $1 AND a.model_version_id IS NOT NULL`,
    [targetId],
  );
  return rows[0] ?? null;
}

/** One move of an alias at a time, one number at a time. */
export async function lockTarget(client: PoolClient, targetId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('model-registry:' || $1))", [targetId]);
}

export async function findChampionMove(
  client: PoolClient,
  targetId: string,
): Promise<{ modelVersionId: number; gatesPassed: boolean } | null> {
  const { rows } = await client.query<{ modelVersionId: number; gatesPassed: boolean }>(
    `SELECT a.model_version_id AS "modelVersionId", m.gates_passed AS "gatesPassed" FROM model_alias a
     JOIN LATERAL (SELECT gates_passed FROM model_alias_move m WHERE m.target_id = a.target_id AND m.alias = a.alias
       ORDER BY m.id DESC LIMIT 1) m ON true
     WHERE a.target_id = $1 AND a.alias = 'champion'`,
    [targetId],
  );
  return rows[0] ?? null;
}

/** Moves the champion alias and writes the move into its history. */
export async function moveChampion(
  client: PoolClient,
  move: {
    targetId: string;
    fromVersionId: number | null;
    toVersionId: number;
    movedAt: Date;
    actor: { id: number | null; label: string };
    reason: string;
    gatesPassed: boolean;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO model_alias (target_id, alias, model_version_id, moved_at) VALUES ($1, 'champion', $2, $3)
     ON CONFLICT (target_id, alias) DO UPDATE SET model_version_id = $2, moved_at = $3`,
    [move.targetId, move.toVersionId, move.movedAt],
  );
  await client.query(
    `INSERT INTO model_alias_move (target_id, alias, from_version_id, to_version_id, moved_at, moved_by, actor_label, reason, gates_passed)
     VALUES ($1, 'champion', $2, $3, $4, $5, $6, $7, $8)`,
    [
      move.targetId,
      move.fromVersionId,
      move.toVersionId,
      move.movedAt,
      move.actor.id,
      move.actor.label,
      move.reason,
      move.gatesPassed,
    ],
  );
}

/** Role of a user now; null where there is no such user. */
export async function findRole(
  client: PoolClient,
  userId: number,
): Promise<{ role: string; deactivated: boolean } | null> {
  const { rows } = await client.query<{ role: string; deactivated: boolean }>(
    "SELECT role, deactivated_at IS NOT NULL AS deactivated FROM app_user WHERE id = $1",
    [userId],
  );
  return rows[0] ?? null;
}

/** Mode of the installation, "none" before it is set up. */
export async function findInstallationMode(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ mode: string }>("SELECT mode FROM installation");
  return rows[0]?.mode ?? "none";
}
