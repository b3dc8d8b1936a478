import { USAGE_COUNTERS } from "../contract";
import { USAGE_KINDS } from "../files";
import { PLACE, placeOf } from "./place-sql";

const COUNTERS = USAGE_COUNTERS.join(", ");
const each = (sql: (counter: string) => string, separator = ", ") => USAGE_COUNTERS.map(sql).join(separator);

/** A customer's day is told by daily totals or by single events, not by both. */
export const REJECT_DAYS_OF_EVENTS = `
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("s")}, 'day', s.day::text, 'this day of the customer comes from usage_events.csv already'
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  WHERE EXISTS (SELECT FROM usage_event)
    AND EXISTS (SELECT FROM usage_event e WHERE e.customer_id = c.id AND (e.occurred_at AT TIME ZONE $1)::date = s.day)`;

/**
 * The customer-days told more than once here, or held already; `changed` where they may say something new. A day
 * told once and held once with the same counters, known no later, is only repeated.
 */
export const FIND_CONTESTED_DAYS = `
  CREATE TEMP TABLE contested ON COMMIT DROP AS
  SELECT customer_id, day, bool_or(changed) AS changed FROM (
    SELECT c.id AS customer_id, s.day, true AS changed FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
    GROUP BY c.id, s.day HAVING count(*) > 1
    UNION ALL
    SELECT c.id, s.day, u.recorded_at > s.recorded_at OR (${each((counter) => `u.${counter}`)}) <> (${each((counter) => `s.${counter}`)})
    FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
    JOIN usage_daily u ON u.customer_id = c.id AND u.day = s.day
  ) told GROUP BY customer_id, day`;

/** The other days are simply new. $1 is the import. The order of the file, by day, is kept. */
export const INSERT_NEW_DAYS = `
  INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, ${COUNTERS})
  SELECT c.id, s.day, s.recorded_at, $1, s.recorded_basis, ${each((counter) => `s.${counter}`)}
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  WHERE NOT EXISTS (SELECT FROM contested d WHERE d.customer_id = c.id AND d.day = s.day)
    AND NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no)`;

/** What is said of contested days: of several rows recorded at the same time the last row counts. */
export const STATE_CONTESTED_DAYS = `
  CREATE TEMP TABLE statement ON COMMIT DROP AS
  SELECT DISTINCT ON (c.id, s.day, s.recorded_at) c.id AS customer_id, s.day, s.recorded_at, s.recorded_basis, ${each((counter) => `s.${counter}`)}
  FROM staged s
  JOIN customer c ON c.source_id = s.customer_source_id
  JOIN contested d ON d.customer_id = c.id AND d.day = s.day AND d.changed
  WHERE NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no)
  ORDER BY c.id, s.day, s.recorded_at, s.row_no DESC`;

/**
 * Appends to usage_daily what makes its sums say the statements: a total stated at R holds from R until the next time
 * something was recorded of that day. Later totals already held keep holding, so a statement between two of them is
 * taken back where the later one begins. A statement that changes nothing adds no row. $1 is the import.
 * Gives the counts of days told for the first time and of further versions.
 */
export const APPEND_DIFFERENCES = `
  WITH held AS (
    SELECT u.customer_id, u.day, u.recorded_at, max(u.recorded_basis) AS recorded_basis, ${each((counter) => `sum(u.${counter})::int AS ${counter}`)}
    FROM usage_daily u JOIN (SELECT DISTINCT customer_id, day FROM statement) d USING (customer_id, day)
    GROUP BY u.customer_id, u.day, u.recorded_at
  ), point AS (
    SELECT customer_id, day, recorded_at, coalesce(s.recorded_basis, h.recorded_basis) AS recorded_basis,
      s.customer_id IS NOT NULL AS stated, h.customer_id IS NULL AS fresh,
      ${each((counter) => `coalesce(h.${counter}, 0) AS held_${counter}, s.${counter} AS stated_${counter}`)}
    FROM held h FULL JOIN statement s USING (customer_id, day, recorded_at)
  ), total AS (
    SELECT p.*, ${each((counter) => `coalesce(stated_${counter}, sum(held_${counter}) OVER upto)::int AS ${counter}`)},
      bool_or(NOT fresh) OVER (PARTITION BY customer_id, day) AS day_held
    FROM point p
    WINDOW upto AS (PARTITION BY customer_id, day ORDER BY recorded_at)
  ), change AS (
    SELECT customer_id, day, recorded_at, recorded_basis, stated, day_held,
      row_number() OVER by_time = 1 AND fresh AS first_told,
      ${each((counter) => `${counter} - lag(${counter}, 1, 0) OVER by_time - held_${counter} AS ${counter}`)}
    FROM total
    WINDOW by_time AS (PARTITION BY customer_id, day ORDER BY recorded_at)
  ), kept AS (
    SELECT * FROM change WHERE (first_told AND NOT day_held) OR ${each((counter) => `${counter} <> 0`, " OR ")}
  ), written AS (
    INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, is_difference, ${COUNTERS})
    SELECT customer_id, day, recorded_at, $1, recorded_basis, day_held OR NOT first_told, ${COUNTERS} FROM kept ORDER BY day, customer_id
  )
  SELECT count(*) FILTER (WHERE first_told AND NOT day_held)::int AS added,
    count(*) FILTER (WHERE stated AND NOT (first_told AND NOT day_held))::int AS versions
  FROM kept`;

/** Events of days that daily totals have told already. $1: the company's zone. */
export const REJECT_EVENTS_OF_TOTALLED_DAYS = `
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("s")}, 'occurred_at', d.day::text, 'this day of the customer comes from usage.csv already'
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  CROSS JOIN LATERAL (SELECT (s.occurred_at AT TIME ZONE $1)::date AS day) d
  WHERE EXISTS (SELECT FROM usage_daily u WHERE u.customer_id = c.id AND u.day = d.day)
    AND NOT EXISTS (SELECT FROM usage_event e WHERE e.customer_id = c.id AND (e.occurred_at AT TIME ZONE $1)::date = d.day)`;

const COUNTERS_OF_KINDS = Object.entries(USAGE_KINDS)
  .map(([kind, counter]) => `coalesce(sum(k.quantity) FILTER (WHERE k.kind = '${kind}'), 0)::int AS ${counter}`)
  .join(", ");

// Days of events are totalled anew in four steps, each a table that is analyzed before the next: of what came in this
// transaction the planner knows nothing, and compares each event with every other of its customer.

/** The days whose events this import ($1) changed, old days of moved events included. $2: zone. */
export const FIND_TOUCHED_DAYS = `
  CREATE TEMP TABLE touched_day ON COMMIT DROP AS
  SELECT DISTINCT e.customer_id, (e.occurred_at AT TIME ZONE $2)::date AS day
  FROM usage_event n JOIN usage_event e ON e.customer_id = n.customer_id AND e.source_id = n.source_id
  WHERE n.import_id = $1`;

/** All events of their customers, by day: what is equal can be joined without comparing all. $1: zone. */
export const DATE_EVENTS = `
  CREATE TEMP TABLE dated_event ON COMMIT DROP AS
  SELECT e.customer_id, e.source_id, e.version, e.kind, e.user_key, e.quantity, e.recorded_at, e.recorded_basis,
    (e.occurred_at AT TIME ZONE $1)::date AS on_day
  FROM usage_event e WHERE e.customer_id IN (SELECT customer_id FROM touched_day)`;

/** Every event that was on such a day in some version, with all its versions. */
export const TELL_TOUCHED_DAYS = `
  CREATE TEMP TABLE told_event ON COMMIT DROP AS
  SELECT d.day, e.* FROM (
    SELECT DISTINCT t.customer_id, t.day, e.source_id
    FROM touched_day t JOIN dated_event e ON e.customer_id = t.customer_id AND e.on_day = t.day
  ) d JOIN dated_event e ON e.customer_id = d.customer_id AND e.source_id = d.source_id`;

/**
 * Their totals as statements for APPEND_DIFFERENCES: one for each day of recording, at the last moment something was
 * recorded in it, with what was known then. Events without a user are somebody's: all of a day count as one user. $1: zone.
 */
export const STATE_DAYS_OF_EVENTS = `
  CREATE TEMP TABLE statement ON COMMIT DROP AS
  WITH moment AS (
    SELECT customer_id, day, max(recorded_at) AS recorded_at, max(recorded_basis) AS recorded_basis
    FROM told_event GROUP BY customer_id, day, (recorded_at AT TIME ZONE $1)::date
  ), known AS (
    SELECT DISTINCT ON (m.customer_id, m.day, m.recorded_at, t.source_id) m.customer_id, m.day, m.recorded_at, m.recorded_basis,
      t.kind, t.user_key, t.quantity, t.on_day = t.day AS on_day
    FROM moment m JOIN told_event t ON t.customer_id = m.customer_id AND t.day = m.day AND t.recorded_at <= m.recorded_at
    ORDER BY m.customer_id, m.day, m.recorded_at, t.source_id, t.version DESC
  )
  SELECT k.customer_id, k.day, k.recorded_at, k.recorded_basis,
    (count(DISTINCT coalesce(k.user_key, '')) FILTER (WHERE on_day))::int AS active_users,
    ${COUNTERS_OF_KINDS.replaceAll("WHERE k.kind", "WHERE on_day AND k.kind")}
  FROM known k GROUP BY 1, 2, 3, 4`;
