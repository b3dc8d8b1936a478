/** A person who asked to be forgotten stays forgotten. */
export const REJECT_ERASED = `
  INSERT INTO rejected (line, byte_offset, "column", value, reason)
  SELECT s.line, s.byte_offset, 'contact_id', s.source_id, 'this contact was erased and is not taken again'
  FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
  JOIN contact p ON p.customer_id = c.id AND p.source_id = s.source_id
  WHERE p.erased_at IS NOT NULL`;

/** Contacts keep no past: personal data is replaced, not versioned. Of several rows of one id the last counts. $1: import. */
export const MERGE_CONTACTS = `
  WITH last_line AS (
    SELECT DISTINCT ON (c.id, s.source_id) c.id AS customer_id, s.*
    FROM staged s JOIN customer c ON c.source_id = s.customer_source_id
    ORDER BY c.id, s.source_id, s.line DESC
  ), written AS (
    INSERT INTO contact AS p (customer_id, source_id, full_name, email, phone, job_title, is_primary, import_id, content_hash)
    SELECT customer_id, source_id, full_name, email, phone, job_title, is_primary, $1, content_hash FROM last_line ORDER BY line
    ON CONFLICT (customer_id, source_id) DO UPDATE SET full_name = excluded.full_name, email = excluded.email,
      phone = excluded.phone, job_title = excluded.job_title, is_primary = excluded.is_primary,
      import_id = excluded.import_id, content_hash = excluded.content_hash, ingested_at = now()
    WHERE p.content_hash <> excluded.content_hash AND p.erased_at IS NULL
    RETURNING (xmax = 0) AS added
  )
  SELECT count(*) FILTER (WHERE added)::int AS added, count(*) FILTER (WHERE NOT added)::int AS versions FROM written`;
