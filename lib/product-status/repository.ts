import { pool } from "@/lib/db/pool";

export type StatusRow = {
  mode: string | null;
  as_of: Date | null;
  scored_by: number | null;
  champion: number | null;
  gates_passed: boolean | null;
  reason: string | null;
  actor_label: string | null;
  moved_at: Date | null;
};

/** Mode, published run and the champion's last appointment in one round trip: every page asks for them. */
export async function findStatus(targetId: string): Promise<StatusRow | null> {
  const { rows } = await pool().query<StatusRow>(
    `SELECT i.mode, r.as_of, scored_by.number AS scored_by, champion.number AS champion, m.gates_passed, m.reason,
            m.actor_label, m.moved_at
     FROM (SELECT $1::text AS target_id) t
     LEFT JOIN installation i ON i.id = 1
     LEFT JOIN current_scoring_run c ON c.target_id = t.target_id
     LEFT JOIN scoring_run r ON r.id = c.scoring_run_id
     LEFT JOIN model_version scored_by ON scored_by.id = r.model_version_id
     LEFT JOIN model_alias a ON a.target_id = t.target_id AND a.alias = 'champion'
     LEFT JOIN model_version champion ON champion.id = a.model_version_id
     LEFT JOIN LATERAL (
       SELECT gates_passed, reason, actor_label, moved_at FROM model_alias_move
       WHERE target_id = t.target_id AND alias = 'champion' AND to_version_id = a.model_version_id
       ORDER BY id DESC LIMIT 1) m ON true`,
    [targetId],
  );
  return rows[0] ?? null;
}
