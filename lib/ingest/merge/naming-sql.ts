import { PLACE, placeOf } from "./place-sql";

// Rows may name their customer by something else; `naming` then says which customer that is.

/** What a file says, row by row; as often as it says it. */
export const CREATE_TOLD =
  "CREATE TEMP TABLE told (key text NOT NULL, customer_source_id text NOT NULL) ON COMMIT DROP";

/** Which customer each key stands for; null where for several. */
export const NAME_BY_TOLD = `
  CREATE TEMP TABLE naming ON COMMIT DROP AS
  SELECT key, CASE WHEN min(customer_source_id) = max(customer_source_id) THEN min(customer_source_id) END AS customer_source_id
  FROM told GROUP BY key`;

/** The same of subscriptions, by their events known so far. */
export const NAME_BY_SUBSCRIPTIONS = `
  CREATE TEMP TABLE naming ON COMMIT DROP AS
  SELECT e.subscription_id AS key, CASE WHEN min(e.customer_id) = max(e.customer_id) THEN min(c.source_id) END AS customer_source_id
  FROM subscription_event e JOIN customer c ON c.id = e.customer_id GROUP BY e.subscription_id`;

/** Rows whose key gives no one customer. $1: the feeds that name customers so; $2: the reason where there is none, $3: several. */
export const REJECT_UNNAMED = `
  WITH unnamed AS (
    DELETE FROM staged s WHERE s.feed = ANY($1)
      AND NOT EXISTS (SELECT FROM naming n WHERE n.key = s.customer_source_id AND n.customer_source_id IS NOT NULL)
    RETURNING ${placeOf("s")}, s.customer_source_id
  )
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("u")}, 'customer_id', u.customer_source_id,
    CASE WHEN EXISTS (SELECT FROM naming n WHERE n.key = u.customer_source_id) THEN $3 ELSE $2 END
  FROM unnamed u ORDER BY u.row_no`;

/** Puts the customer in the place of the key. $1 as above. */
export const NAME_CUSTOMERS = `
  UPDATE staged s SET customer_source_id = n.customer_source_id FROM naming n
  WHERE s.feed = ANY($1) AND n.key = s.customer_source_id`;
