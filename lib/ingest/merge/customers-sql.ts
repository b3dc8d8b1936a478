import { PLACE, placeOf } from "./place-sql";

/** Customers not known yet, numbered in the order of the file. */
export const INSERT_CUSTOMERS = `
  INSERT INTO customer (source_id)
  SELECT s.customer_source_id FROM staged s
  WHERE NOT EXISTS (SELECT FROM customer c WHERE c.source_id = s.customer_source_id)
  GROUP BY s.customer_source_id ORDER BY min(s.row_no)`;

/** A customer whose identity was erased keeps no other: its facts are still taken, as they name nobody. */
export const REJECT_ERASED_CUSTOMERS = `
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("s")}, 'customer_id', s.customer_source_id, 'this customer was erased and is not taken again'
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  WHERE c.erased_at IS NOT NULL`;

/** Whom the newest version of each customer that this import ($1) wrote names as its owner, null where nobody. */
const NAMED = `
  SELECT v.customer_id, v.recorded_at, s.owner_email FROM (
    SELECT DISTINCT ON (customer_id) customer_id, recorded_at, content_hash FROM customer_version
    WHERE import_id = $1 ORDER BY customer_id, version DESC
  ) v
  JOIN customer c ON c.id = v.customer_id
  JOIN (SELECT DISTINCT customer_source_id, content_hash, owner_email FROM staged) s
    ON s.customer_source_id = c.source_id AND s.content_hash = v.content_hash`;

/**
 * Owners named by customer versions that this import ($1) wrote, where they differ from the owner now. Only new
 * versions speak, so that repeating a file does not undo an assignment made in the product. $2 is the user importing.
 */
export const ASSIGN_OWNERS = `
  INSERT INTO customer_owner (customer_id, user_id, assigned_at, assigned_by, reason)
  SELECT n.customer_id, u.id, n.recorded_at, $2, 'import'
  FROM (${NAMED}) n
  JOIN app_user u ON u.email = n.owner_email AND u.deactivated_at IS NULL
  LEFT JOIN LATERAL (
    SELECT o.user_id FROM customer_owner o WHERE o.customer_id = n.customer_id ORDER BY o.id DESC LIMIT 1
  ) now ON true
  WHERE now.user_id IS DISTINCT FROM u.id
  ORDER BY n.customer_id`;

/** A new version ends the wait for the owner whom an older one named. $1: import. */
export const FORGET_AWAITED_OWNERS = `
  DELETE FROM awaited_owner a USING (${NAMED}) n WHERE n.customer_id = a.customer_id`;

/** Owners who cannot own yet: the customer waits for them, and the owner now stays until they can. $1: import. */
export const AWAIT_OWNERS = `
  INSERT INTO awaited_owner (customer_id, email, import_id, named_at)
  SELECT n.customer_id, n.owner_email, $1, n.recorded_at FROM (${NAMED}) n
  WHERE n.owner_email IS NOT NULL
    AND NOT EXISTS (SELECT FROM app_user u WHERE u.email = n.owner_email AND u.deactivated_at IS NULL)
  ORDER BY n.customer_id`;
