import { PLACE, placeOf } from "./place-sql";

/** Which customer each subscription belongs to, by the subscription events known so far; null where to several. */
export const FIND_SUBSCRIBERS = `
  CREATE TEMP TABLE subscriber ON COMMIT DROP AS
  SELECT e.subscription_id, CASE WHEN min(e.customer_id) = max(e.customer_id) THEN min(c.source_id) END AS customer_source_id
  FROM subscription_event e JOIN customer c ON c.id = e.customer_id GROUP BY e.subscription_id`;

/** Rows of subscriptions that give no one customer. $1: the feeds whose rows name a subscription as their customer. */
export const REJECT_UNKNOWN_SUBSCRIPTIONS = `
  WITH unknown AS (
    DELETE FROM staged s WHERE s.feed = ANY($1)
      AND NOT EXISTS (SELECT FROM subscriber o WHERE o.subscription_id = s.customer_source_id AND o.customer_source_id IS NOT NULL)
    RETURNING ${placeOf("s")}, s.customer_source_id
  )
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("u")}, 'customer_id', u.customer_source_id,
    CASE WHEN EXISTS (SELECT FROM subscriber o WHERE o.subscription_id = u.customer_source_id)
      THEN 'this subscription belongs to several customers' ELSE 'unknown subscription' END
  FROM unknown u ORDER BY u.row_no`;

/** Puts the customer in the place of the subscription. $1 as above. */
export const NAME_SUBSCRIBERS = `
  UPDATE staged s SET customer_source_id = o.customer_source_id FROM subscriber o
  WHERE s.feed = ANY($1) AND o.subscription_id = s.customer_source_id`;
