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

/**
 * Owners named by customer versions that this import ($1) wrote, where they differ from the owner now. Only new
 * versions speak, so that repeating a file does not undo an assignment made in the product. $2 is the user importing.
 */
export const ASSIGN_OWNERS = `
  INSERT INTO customer_owner (customer_id, user_id, assigned_at, assigned_by, reason)
  SELECT v.customer_id, u.id, v.recorded_at, $2, 'import'
  FROM (
    SELECT DISTINCT ON (customer_id) customer_id, recorded_at, content_hash FROM customer_version
    WHERE import_id = $1 ORDER BY customer_id, version DESC
  ) v
  JOIN customer c ON c.id = v.customer_id
  JOIN (SELECT DISTINCT customer_source_id, content_hash, owner_email FROM staged WHERE owner_email IS NOT NULL) s
    ON s.customer_source_id = c.source_id AND s.content_hash = v.content_hash
  JOIN app_user u ON u.email = s.owner_email AND u.deactivated_at IS NULL
  LEFT JOIN LATERAL (
    SELECT o.user_id FROM customer_owner o WHERE o.customer_id = v.customer_id ORDER BY o.id DESC LIMIT 1
  ) now ON true
  WHERE now.user_id IS DISTINCT FROM u.id
  ORDER BY v.customer_id`;

/** Owners who cannot own: the field goes into quarantine, the customer is kept. */
export const WARN_OF_UNKNOWN_OWNERS = `
  INSERT INTO rejected (${PLACE}, "column", value, reason, whole_row)
  SELECT ${placeOf("s")}, 'owner_email', s.owner_email, 'no active user has this e-mail: owner not changed, customer kept', false
  FROM staged s
  WHERE s.owner_email IS NOT NULL
    AND NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no AND r.whole_row)
    AND NOT EXISTS (SELECT FROM app_user u WHERE u.email = s.owner_email AND u.deactivated_at IS NULL)`;
