import { pool } from "@/lib/db/pool";

/** A published champion run as the database has it. */
export type RunRecord = {
  id: number;
  targetId: string;
  asOf: Date;
  publishedAt: Date;
  modelVersionId: number;
  modelNumber: number;
  threshold: number;
  floor: number;
  capacity: number;
  parameters: unknown;
  leaving: number;
};

const RUN_COLUMNS = `r.id, r.target_id AS "targetId", r.as_of AS "asOf", coalesce(r.published_at, r.started_at) AS "publishedAt",
  r.model_version_id AS "modelVersionId", m.number AS "modelNumber", r.threshold, r.floor, r.capacity, r.parameters, r.leaving`;

/** The run that the one publishing row names; null before the first is published. */
export async function findPublishedRun(): Promise<RunRecord | null> {
  const { rows } = await pool().query<RunRecord>(
    `SELECT ${RUN_COLUMNS} FROM current_scoring_run c
     JOIN scoring_run r ON r.id = c.scoring_run_id JOIN model_version m ON m.id = r.model_version_id
     ORDER BY c.flipped_at DESC LIMIT 1`,
  );
  return rows[0] ?? null;
}

/** Every run that was once published, newest of each as-of, ascending, up to and with `until`. */
export async function findPublishedRuns(args: { targetId: string; until: Date }): Promise<RunRecord[]> {
  const { rows } = await pool().query<RunRecord>(
    `SELECT DISTINCT ON (r.as_of) ${RUN_COLUMNS} FROM scoring_run r JOIN model_version m ON m.id = r.model_version_id
     WHERE r.target_id = $1 AND r.role = 'champion' AND r.status = 'complete' AND r.published_at IS NOT NULL AND r.as_of <= $2
     ORDER BY r.as_of, r.id DESC`,
    [args.targetId, args.until],
  );
  return rows;
}

/** What this week's probabilities are compared with. */
export type WeekBefore = {
  run: RunRecord;
  /**
   * this week's run whose model is that of the week before: the same run, or a bridge run, or the run that was published
   * for this week before its model was replaced
   */
  sameModelRunId: number | null;
};

/** The published run before `run`, and the run of this as-of that shares its model. */
export async function findWeekBefore(run: RunRecord): Promise<WeekBefore | null> {
  const { rows } = await pool().query<RunRecord & { bridgeRunId: number | null }>(
    `SELECT ${RUN_COLUMNS}, (SELECT max(b.id) FROM scoring_run b WHERE b.target_id = r.target_id AND b.role IN ('bridge', 'champion')
         AND b.status = 'complete' AND b.as_of = $2 AND b.model_version_id = r.model_version_id) AS "bridgeRunId"
     FROM scoring_run r JOIN model_version m ON m.id = r.model_version_id
     WHERE r.target_id = $1 AND r.role = 'champion' AND r.status = 'complete' AND r.published_at IS NOT NULL AND r.as_of < $2
     ORDER BY r.as_of DESC, r.id DESC LIMIT 1`,
    [run.targetId, run.asOf],
  );
  const found = rows[0];
  if (!found) return null;
  const { bridgeRunId, ...before } = found;
  return { run: before, sameModelRunId: before.modelVersionId === run.modelVersionId ? run.id : bridgeRunId };
}

/**
 * SQL that is true where the customer of prediction `p` is in the comparison group of an experiment that covers its
 * as-of; for queries of lib/queue only, everyone else asks lib/queue/service.
 */
export const IN_COMPARISON_GROUP_SQL = `EXISTS (
  SELECT 1 FROM assignment a JOIN experiment e ON e.id = a.experiment_id
  WHERE a.customer_id = p.customer_id AND a.arm = 'comparison' AND e.share > 0 AND p.as_of >= a.first_eligible_as_of
    AND p.as_of >= e.starts_at AND (e.ends_at IS NULL OR p.as_of < e.ends_at))`;
