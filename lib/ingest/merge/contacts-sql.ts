import { PLACE, placeOf } from "./place-sql";

/** The digest that lib/privacy/erased-marks makes; nothing where nobody was ever erased. */
function digestSql(text: string): string {
  return `encode(sha256(convert_to(salt.salt || E'\\n' || ${text}, 'UTF8')), 'hex')`;
}

/**
 * A person who asked to be forgotten stays forgotten: under the id, under an id that was erased as it told who it is (then
 * only a digest of it is held, see lib/privacy/erased-marks), and elsewhere under the same address, or the same id and name. So do all people of a
 * customer that was erased.
 */
export const REJECT_ERASED = `
  WITH salt AS (SELECT salt FROM erased_mark LIMIT 1)
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${placeOf("s")}, CASE WHEN c.erased_at IS NULL THEN 'contact_id' ELSE 'customer_id' END,
    CASE WHEN c.erased_at IS NOT NULL THEN c.source_id WHEN p.erased_at IS NOT NULL THEN s.source_id END,
    CASE WHEN c.erased_at IS NULL THEN 'this contact was erased and is not taken again'
      ELSE 'the customer of this contact was erased, whose people are not taken again' END
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  LEFT JOIN contact p ON p.customer_id = c.id AND p.source_id = s.source_id
  LEFT JOIN salt ON true
  WHERE c.erased_at IS NOT NULL OR p.erased_at IS NOT NULL
    OR ${digestSql("s.email")} IN (SELECT digest FROM erased_mark WHERE kind = 'email')
    OR ${digestSql("c.id || '/' || s.source_id")} IN (SELECT digest FROM erased_mark WHERE kind = 'contact_id')
    OR ${digestSql("s.source_id || '/' || s.full_name")} IN (SELECT digest FROM erased_mark WHERE kind = 'contact_id')`;

/** Contacts keep no past: personal data is replaced, not versioned. Of several rows of one id the last counts. $1: import. */
export const MERGE_CONTACTS = `
  WITH last_row AS (
    SELECT DISTINCT ON (c.id, s.source_id) c.id AS customer_id, s.*
    FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
    WHERE NOT EXISTS (SELECT FROM rejected r WHERE r.row_no = s.row_no AND r.whole_row)
    ORDER BY c.id, s.source_id, s.row_no DESC
  ), written AS (
    INSERT INTO contact AS p (customer_id, source_id, full_name, email, phone, job_title, is_primary, import_id, content_hash)
    SELECT customer_id, source_id, full_name, email, phone, job_title, is_primary, $1, content_hash FROM last_row ORDER BY row_no
    ON CONFLICT (customer_id, source_id) DO UPDATE SET full_name = excluded.full_name, email = excluded.email,
      phone = excluded.phone, job_title = excluded.job_title, is_primary = excluded.is_primary,
      import_id = excluded.import_id, content_hash = excluded.content_hash, ingested_at = now()
    WHERE p.content_hash <> excluded.content_hash AND p.erased_at IS NULL
    RETURNING (xmax = 0) AS added
  )
  SELECT count(*) FILTER (WHERE added)::int AS added, count(*) FILTER (WHERE NOT added)::int AS versions FROM written`;
