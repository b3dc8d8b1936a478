import { pool } from "@/lib/db/pool";

export type SetUpRow = {
  customers: number;
  imports: number;
  importing: boolean;
  importError: string | null;
  csms: number;
  accounts: number;
  invited: number;
  training: boolean;
  trainingRefusal: string | null;
  newestModel: number | null;
  champion: number | null;
  scoring: boolean;
  scoringError: string | null;
  listed: number | null;
};

/** All that set-up asks of the database, in one round trip. A refusal counts while nothing newer of its kind ended well. */
export async function selectSetUpFacts(targetId: string): Promise<SetUpRow> {
  const { rows } = await pool().query<SetUpRow>(
    `WITH last_import AS (SELECT status, error FROM import_run ORDER BY id DESC LIMIT 1),
      training AS (
        SELECT finished_at, CASE WHEN status IN ('refused', 'failed') THEN message END AS refusal FROM training_run
        WHERE target_id = $1 AND status <> 'running'
        UNION ALL
        SELECT finished_at, error FROM job_run WHERE job = 'train-model' AND status = 'failed'),
      last_training AS (SELECT refusal FROM training ORDER BY finished_at DESC NULLS LAST LIMIT 1),
      last_scoring AS (
        SELECT status, error FROM job_run WHERE job = 'score-accounts' ORDER BY created_at DESC LIMIT 1)
    SELECT (SELECT count(*)::int FROM customer) AS customers,
      (SELECT count(*)::int FROM import_run WHERE status = 'succeeded') AS imports,
      EXISTS (SELECT 1 FROM last_import WHERE status = 'running') AS importing,
      (SELECT error FROM last_import WHERE status = 'failed') AS "importError",
      (SELECT count(*)::int FROM app_user WHERE deactivated_at IS NULL AND role = 'csm') AS csms,
      (SELECT count(*)::int FROM app_user WHERE deactivated_at IS NULL) AS accounts,
      (SELECT count(*)::int FROM app_user WHERE deactivated_at IS NULL AND password_hash IS NULL) AS invited,
      EXISTS (SELECT 1 FROM job_run WHERE job = 'train-model' AND status IN ('waiting', 'running')) AS training,
      (SELECT refusal FROM last_training) AS "trainingRefusal",
      (SELECT max(number) FROM model_version WHERE target_id = $1) AS "newestModel",
      (SELECT v.number FROM model_alias a JOIN model_version v ON v.id = a.model_version_id
        WHERE a.target_id = $1 AND a.alias = 'champion') AS champion,
      EXISTS (SELECT 1 FROM last_scoring WHERE status IN ('waiting', 'running')) AS scoring,
      (SELECT error FROM last_scoring WHERE status = 'failed') AS "scoringError",
      (SELECT (SELECT count(*)::int FROM prediction p
          WHERE p.scoring_run_id = c.scoring_run_id AND p.as_of = r.as_of AND p.listing <> 'unlisted')
        FROM current_scoring_run c JOIN scoring_run r ON r.id = c.scoring_run_id WHERE c.target_id = $1) AS listed`,
    [targetId],
  );
  return rows[0] as SetUpRow;
}
