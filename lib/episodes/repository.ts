import type { PoolClient } from "pg";
import type { Listing } from "@/lib/scoring/contract";
import type { EpisodeDecision, OpenEpisode, WeekScore } from "./policy";

type WeekRow = { id: number; customerId: number; asOf: Date; probability: number; listing: Listing };

/** Open episodes of a target with their weeks before `asOf`, ascending. */
export async function findOpenEpisodes(client: PoolClient, targetId: string, asOf: Date): Promise<OpenEpisode[]> {
  const { rows } = await client.query<WeekRow>(
    `SELECT e.id, e.customer_id AS "customerId", w.as_of AS "asOf", w.probability, w.listing
     FROM risk_episode e JOIN episode_week w ON w.episode_id = e.id AND w.as_of < $2
     WHERE e.target_id = $1 AND e.closed_at IS NULL AND e.opened_as_of < $2 ORDER BY e.id, w.as_of`,
    [targetId, asOf],
  );
  const episodes = new Map<number, { id: number; customerId: number; weeks: WeekScore[] }>();
  for (const { id, customerId, asOf: week, probability, listing } of rows) {
    const episode = episodes.get(id) ?? { id, customerId, weeks: [] };
    episodes.set(id, episode);
    episode.weeks.push({ asOf: week, probability, listing });
  }
  return [...episodes.values()];
}

/** Takes back what an earlier publication of the same Monday did, so that publishing it anew counts once. */
export async function undoMonday(client: PoolClient, targetId: string, asOf: Date): Promise<void> {
  await client.query(
    `DELETE FROM episode_week w USING risk_episode e WHERE e.id = w.episode_id AND e.target_id = $1 AND w.as_of = $2`,
    [targetId, asOf],
  );
  await client.query("DELETE FROM risk_episode WHERE target_id = $1 AND opened_as_of = $2", [targetId, asOf]);
  await client.query(
    `UPDATE risk_episode SET status = 'open', closed_at = NULL, closed_reason = NULL WHERE target_id = $1 AND closed_at = $2`,
    [targetId, asOf],
  );
}

/** This run's scores of listed customers and of those with an open episode. */
export async function findScores(
  client: PoolClient,
  args: { targetId: string; scoringRunId: number; asOf: Date },
): Promise<Map<number, WeekScore>> {
  const { rows } = await client.query<{ customerId: number; probability: number; listing: Listing }>(
    `SELECT p.customer_id AS "customerId", p.probability, p.listing FROM prediction p
     WHERE p.as_of = $3 AND p.scoring_run_id = $2 AND (p.listing <> 'unlisted' OR EXISTS (
       SELECT 1 FROM risk_episode e WHERE e.target_id = $1 AND e.customer_id = p.customer_id AND e.closed_at IS NULL))
     ORDER BY p.customer_id`,
    [args.targetId, args.scoringRunId, args.asOf],
  );
  return new Map(
    rows.map(({ customerId, probability, listing }) => [customerId, { asOf: args.asOf, probability, listing }]),
  );
}

/** Writes a decision: new episodes belong to who owns the customer now. */
export async function applyDecision(
  client: PoolClient,
  args: { targetId: string; scoringRunId: number; asOf: Date; decision: EpisodeDecision },
): Promise<void> {
  const { targetId, scoringRunId, asOf, decision } = args;
  const { rows: opened } = await client.query<{ id: number; customerId: number }>(
    `INSERT INTO risk_episode (target_id, customer_id, owner_id, opened_as_of)
     SELECT $1, c.id, o.user_id, $3 FROM unnest($2::int[]) AS c(id)
     LEFT JOIN LATERAL (SELECT user_id FROM customer_owner WHERE customer_id = c.id ORDER BY id DESC LIMIT 1) o ON true
     ORDER BY c.id RETURNING id, customer_id AS "customerId"`,
    [targetId, decision.open, asOf],
  );
  const weeks = [...opened, ...decision.extend];
  await client.query(
    `INSERT INTO episode_week (episode_id, as_of, customer_id, scoring_run_id, probability, listing)
     SELECT w.episode_id, $3, w.customer_id, $4, p.probability, p.listing
     FROM unnest($1::int[], $2::int[]) AS w(episode_id, customer_id)
     JOIN prediction p ON p.as_of = $3 AND p.customer_id = w.customer_id AND p.scoring_run_id = $4`,
    [weeks.map((week) => week.id), weeks.map((week) => week.customerId), asOf, scoringRunId],
  );
  await client.query(
    `UPDATE risk_episode e SET status = 'closed', closed_at = $3, closed_reason = c.reason
     FROM unnest($1::int[], $2::text[]) AS c(id, reason) WHERE e.id = c.id`,
    [decision.close.map((closed) => closed.id), decision.close.map((closed) => closed.reason), asOf],
  );
}

export async function findHorizonDays(client: PoolClient, targetId: string): Promise<number> {
  const { rows } = await client.query<{ horizonDays: number }>(
    `SELECT horizon_days AS "horizonDays" FROM target WHERE id = $1`,
    [targetId],
  );
  if (!rows[0]) throw new Error(`There is no target "${targetId}"`);
  return rows[0].horizonDays;
}
