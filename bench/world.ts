import type { PoolClient } from "pg";
import { addDays, addWeeks, type Zone } from "@/lib/calendar/weeks";

/**
 * Fills an empty, migrated database with a synthetic world made by Postgres itself, for timings at sizes for which
 * the simulator would take too long. Every slot holds a chain of customers, one leaving when the next starts, so that
 * `customers` of them are paying at any time; before leaving, use, seats and payments decline over 60 days, except for
 * one in ten. Deterministic: values are hashes of (seed, customer, day). It is rougher than the simulator on purpose.
 * @param args.until the Monday after the last day of data. @param args.weeks of history before it.
 * @returns customers ever and usage rows written.
 */
export async function createWorld(args: {
  client: PoolClient;
  customers: number;
  weeks: number;
  until: Date;
  zone: Zone;
  seed: number;
  onProgress?: (message: string) => void;
}): Promise<{ customers: number; usageRows: number }> {
  const { client, until, zone } = args;
  const from = addWeeks(until, -args.weeks, zone);
  await client.query("SELECT set_config('TimeZone', $1, false)", [zone]);
  await client.query(RANDOM_FUNCTION);
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO import_run (source, origin, historical, status, finished_at)
     VALUES ('bench', 'bench', true, 'succeeded', now()) RETURNING id`,
  );
  const importId = (rows[0] as { id: number }).id;
  await client.query(POPULATION, [args.customers, args.seed, from, until]);
  const people = await client.query(CUSTOMERS, [importId]);
  args.onProgress?.(`${people.rowCount} customers ever`);
  for (const statement of [SUBSCRIPTIONS, TICKETS, PAYMENTS])
    await client.query(statement, [importId, args.seed, until, from]);
  let usageRows = 0;
  // A week at a time: in day order, as the BRIN index wants it, and in bounded memory.
  for (let monday = from; monday < until; monday = addWeeks(monday, 1, zone)) {
    const written = await client.query(USAGE_WEEK, [importId, args.seed, monday, addDays(monday, 7, zone)]);
    usageRows += written.rowCount ?? 0;
  }
  args.onProgress?.(`${usageRows} usage rows`);
  await client.query("ANALYZE customer, subscription_event, usage_daily, ticket_event, payment_event");
  return { customers: people.rowCount ?? 0, usageRows };
}

/** u(seed, a, b): a hash of its arguments as a uniform number in (0, 1). */
const RANDOM_FUNCTION = `
  CREATE OR REPLACE FUNCTION pg_temp.u(seed bigint, a bigint, b bigint) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(a * 1000003 + b, seed) & 9007199254740991) + 0.5) / 9007199254740992.0 $$`;

const POPULATION = `
  CREATE TEMP TABLE world AS
  WITH lives AS (
    SELECT slot, generation, slot * 64 + generation AS key,
      -ln(pg_temp.u($2, slot * 64 + generation, 1)) * 500 + 30 AS days
    FROM generate_series(1, $1::integer) slot, generate_series(0, 12) generation
  ), dated AS (
    SELECT *, $3::timestamptz - pg_temp.u($2, slot, 2) * interval '400 days'
      + interval '1 day' * (sum(days) OVER (PARTITION BY slot ORDER BY generation) - days) AS start_at,
      $3::timestamptz - pg_temp.u($2, slot, 2) * interval '400 days'
      + interval '1 day' * sum(days) OVER (PARTITION BY slot ORDER BY generation) AS end_at
    FROM lives
  )
  SELECT row_number() OVER (ORDER BY slot, generation)::integer AS id, key, start_at, end_at,
    1 + floor(-ln(pg_temp.u($2, key, 3)) * 4.4)::integer AS seats,
    CASE WHEN pg_temp.u($2, key, 4) < 0.25 THEN 'Starter' WHEN pg_temp.u($2, key, 4) < 0.8 THEN 'Team' ELSE 'Business' END AS plan,
    0.35 + 0.6 * pg_temp.u($2, key, 5) AS level, pg_temp.u($2, key, 6) < 0.1 AS sudden
  FROM dated WHERE end_at > $3::timestamptz - interval '30 days' AND start_at < $4::timestamptz`;

const CUSTOMERS = `
  WITH made AS (INSERT INTO customer (id, source_id) SELECT id, 'bench-' || key FROM world ORDER BY id RETURNING id),
  numbered AS (SELECT setval(pg_get_serial_sequence('customer', 'id'), max(id)) FROM made)
  INSERT INTO customer_version (customer_id, version, name, signed_up_at, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
  SELECT id, 1, 'Bench ' || key, start_at, start_at, start_at, 'source', $1, '\\x00' FROM world, numbered ORDER BY id`;

/** $1 import, $2 seed, $3 until, $4 from. */
const SUBSCRIPTIONS = `
  WITH events AS (
    SELECT id, key, 'start' AS kind, start_at AS at, plan, seats,
      CASE plan WHEN 'Starter' THEN 3000 WHEN 'Team' THEN 5000 ELSE 8000 END AS price, NULL::real AS discount, 1 AS term, 0 AS n, NULL::timestamptz AS effective
    FROM world
    UNION ALL
    SELECT id, key, 'seat_change', start_at + k * interval '90 days' + pg_temp.u($2, key, 100 + k) * interval '60 days', NULL,
      greatest(1, round(seats * (0.8 + 0.6 * pg_temp.u($2, key, 200 + k))))::integer, NULL, NULL, NULL, k, NULL
    FROM world, generate_series(1, 9) k WHERE pg_temp.u($2, key, 300 + k) < 0.4
    UNION ALL
    SELECT id, key, 'seat_change', end_at - interval '45 days' + pg_temp.u($2, key, 7) * interval '30 days', NULL,
      greatest(1, seats / 2), NULL, NULL, NULL, 20, NULL
    FROM world WHERE NOT sudden AND pg_temp.u($2, key, 8) < 0.4 AND seats > 1
    UNION ALL
    SELECT id, key, 'discount', start_at + interval '1 hour', NULL, NULL, NULL, 10, NULL, 21, NULL FROM world WHERE pg_temp.u($2, key, 9) < 0.15
    UNION ALL
    SELECT id, key, 'notice', end_at - (0.2 + pg_temp.u($2, key, 10)) * interval '12 days', NULL, NULL, NULL, NULL, NULL, 22, end_at
    FROM world WHERE pg_temp.u($2, key, 11) < 0.8
    UNION ALL
    SELECT id, key, 'end', end_at, NULL, NULL, NULL, NULL, NULL, 23, NULL FROM world
  )
  INSERT INTO subscription_event (customer_id, source_id, version, subscription_id, kind, plan, seats, unit_price_cents, discount_pct,
    term_months, effective_at, occurred_at, recorded_at, recorded_basis, import_id, content_hash)
  SELECT e.id, 's-' || e.key || '-' || e.n, 1, 'sub-' || e.key, e.kind, e.plan, e.seats, e.price, e.discount, e.term, e.effective,
    e.at, e.at + interval '10 minutes', 'source', $1, '\\x00'
  FROM events e JOIN world w USING (id)
  WHERE e.at >= w.start_at AND e.at <= w.end_at AND e.at < $3::timestamptz AND $4::timestamptz IS NOT NULL ORDER BY e.at`;

const TICKETS = `
  WITH opened AS (
    SELECT id, key, k, start_at + (k + pg_temp.u($2, key, 1000 + k)) * interval '20 days' AS at,
      start_at + (k + pg_temp.u($2, key, 1000 + k)) * interval '20 days' > end_at - interval '60 days' AND NOT sudden AS troubled
    FROM world, generate_series(0, 60) k WHERE pg_temp.u($2, key, 1100 + k) < 0.3
  ), kept AS (
    SELECT o.* FROM opened o JOIN world w USING (id)
    WHERE o.at >= $4::timestamptz AND o.at < least($3::timestamptz, w.end_at)
  ), events AS (
    SELECT *, 'opened' AS kind, at AS event_at FROM kept
    UNION ALL SELECT *, 'responded', at + pg_temp.u($2, key, 1200 + k) * interval '20 hours' FROM kept
    UNION ALL SELECT *, 'resolved', at + interval '20 hours' + pg_temp.u($2, key, 1300 + k) * interval '9 days' FROM kept WHERE pg_temp.u($2, key, 1400 + k) < 0.9
    UNION ALL SELECT *, 'rated', at + interval '10 days' FROM kept WHERE pg_temp.u($2, key, 1500 + k) < 0.4
  )
  INSERT INTO ticket_event (customer_id, source_id, version, ticket_id, kind, category, severity, opened_by, satisfaction,
    occurred_at, recorded_at, recorded_basis, import_id, content_hash)
  SELECT id, 't-' || key || '-' || k || '-' || kind, 1, 't-' || key || '-' || k, kind,
    CASE WHEN kind = 'opened' THEN CASE WHEN troubled AND pg_temp.u($2, key, 1600 + k) < 0.15 THEN 'cancellation'
      ELSE (ARRAY['problem','question','billing','feature_request'])[1 + floor(pg_temp.u($2, key, 1700 + k) * 4)::integer] END END,
    CASE WHEN kind = 'opened' THEN (ARRAY['low','normal','high','urgent'])[1 + floor(pg_temp.u($2, key, 1800 + k) * 4)::integer] END,
    CASE WHEN kind = 'opened' THEN 'customer' END,
    CASE WHEN kind = 'rated' THEN 1 + floor(pg_temp.u($2, key, 1900 + k) * CASE WHEN troubled THEN 3 ELSE 5 END)::integer END,
    event_at, event_at + interval '10 minutes', 'source', $1, '\\x00'
  FROM events WHERE event_at < $3::timestamptz ORDER BY event_at`;

const PAYMENTS = `
  WITH invoices AS (
    SELECT id, key, k, seats * CASE plan WHEN 'Starter' THEN 3000 WHEN 'Team' THEN 5000 ELSE 8000 END AS amount,
      start_at + k * interval '30 days' AS due,
      CASE WHEN NOT sudden AND start_at + k * interval '30 days' > end_at - interval '60 days' THEN 12 ELSE 2 END AS delay
    FROM world, generate_series(0, 40) k
    WHERE start_at + k * interval '30 days' < least($3::timestamptz, end_at) AND start_at + k * interval '30 days' >= $4::timestamptz
  ), events AS (
    SELECT *, 'due' AS kind, due AS at FROM invoices
    UNION ALL SELECT *, 'failed', due + interval '1 hour' FROM invoices WHERE pg_temp.u($2, key, 3000 + k) < delay / 60.0
    UNION ALL SELECT *, 'paid', due + interval '2 hours' + pg_temp.u($2, key, 3100 + k) * delay * interval '1 day' FROM invoices WHERE pg_temp.u($2, key, 3200 + k) < 0.985
  )
  INSERT INTO payment_event (customer_id, source_id, version, invoice_id, kind, amount_cents, currency,
    occurred_at, recorded_at, recorded_basis, import_id, content_hash)
  SELECT id, 'p-' || key || '-' || k || '-' || kind, 1, 'i-' || key || '-' || k, kind, amount, 'USD', at, at + interval '10 minutes', 'source', $1, '\\x00'
  FROM events WHERE at < $3::timestamptz ORDER BY at`;

/**
 * $1 import, $2 seed, $3 the week's Monday, $4 the next. A row for each day with any use; one in 200 arrives days late.
 * Ten bits at a time of two hashes make the day's numbers: a hash for each would take most of the time.
 */
const USAGE_WEEK = `
  WITH days AS (
    SELECT day::date AS day, day AS at, extract(isodow FROM day) > 5 AS weekend, (day::date - date '2020-01-01') AS n
    FROM generate_series($3::timestamptz, $4::timestamptz - interval '12 hours', interval '1 day') day
  ), activity AS (
    SELECT w.id, w.key, w.seats, d.day, d.at, hashint8extended(w.key::bigint * 1000003 + d.n, $2) AS h, hashint8extended(w.key::bigint * 1000003 - d.n, $2) AS g,
      w.level * CASE WHEN d.weekend THEN 0.25 ELSE 1 END
        * CASE WHEN w.sudden THEN 1 ELSE least(1, 0.15 + greatest(0, extract(epoch FROM w.end_at - d.at)::float8 / 5184000)) END AS level
    FROM world w, days d WHERE d.at >= w.start_at AND d.at < w.end_at
  ), used AS (
    SELECT *, greatest(1, round(seats * level * (0.6 + 0.8 * ${bits("h", 10)})))::integer AS users
    FROM activity WHERE ${bits("h", 0)} < 0.25 + 1.1 * level
  )
  INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, active_users, sessions, tasks, comments, projects, files,
    reports, integrations, exports)
  SELECT id, day, at + interval '25 hours' + CASE WHEN ${bits("g", 0)} < 0.005 THEN interval '4 days' ELSE interval '0' END, $1, 'source',
    users, users + floor(users * 2 * ${bits("h", 20)})::integer, floor(users * 6 * ${bits("h", 30)})::integer,
    floor(users * 4 * ${bits("h", 40)})::integer, (${bits("g", 10)} * 1.2)::integer, floor(users * ${bits("g", 20)})::integer,
    (${bits("g", 30)} * 0.8)::integer, (key % 3)::integer, (${bits("g", 40)} * 0.6)::integer
  FROM used ORDER BY day, id`;

/** Ten bits of a hash as a number in [0, 1). */
function bits(hash: string, from: number): string {
  return `(((${hash} >> ${from}) & 1023) / 1024.0::float8)`;
}
