-- Paid coverage ends at the date of a notice that stands: that it is over needs no event of its own (docs/decisions/012).
-- A notice stands while no start, reactivation, trial, end or withdrawal comes after it and before its date; a further notice
-- with a date, given before that date, moves it. A withdrawal at the date or later begins coverage anew from then on.
CREATE OR REPLACE FUNCTION subscription_state_at(p_at timestamptz, p_known_by timestamptz, p_data_cut timestamptz)
RETURNS TABLE (
  customer_id integer, subscription_id text, plan text, seats integer, unit_price_cents integer, discount_pct real,
  discount_by_play boolean, term_months integer, term_started_at timestamptz, first_started_at timestamptz,
  covered boolean, trial boolean, notice_at timestamptz, notice_effective_at timestamptz, ended_at timestamptz, mrr_cents integer
) LANGUAGE sql STABLE AS $$
  WITH known AS (
    -- Columns by name: the feature role may read these and no others.
    SELECT e.customer_id, e.source_id, e.subscription_id, e.kind, e.plan, e.seats, e.unit_price_cents, e.discount_pct,
      e.discount_by_play, e.term_months, e.effective_at, e.occurred_at
    FROM subscription_event e
    WHERE e.occurred_at < p_at AND e.recorded_at < p_known_by AND e.ingested_at <= p_data_cut
      AND NOT EXISTS (
        SELECT 1 FROM subscription_event newer
        WHERE newer.version > 1 AND newer.customer_id = e.customer_id AND newer.source_id = e.source_id
          AND newer.version > e.version AND newer.recorded_at < p_known_by AND newer.ingested_at <= p_data_cut)
  ), folded AS (
    SELECT k.customer_id, k.subscription_id,
      (array_agg(k.plan ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.plan IS NOT NULL))[1] AS plan,
      (array_agg(k.seats ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.seats IS NOT NULL))[1] AS seats,
      (array_agg(k.unit_price_cents ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.unit_price_cents IS NOT NULL))[1] AS unit_price_cents,
      (array_agg(k.discount_pct ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.discount_pct IS NOT NULL))[1] AS discount_pct,
      (array_agg(coalesce(k.discount_by_play, false) ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.discount_pct IS NOT NULL))[1] AS discount_by_play,
      (array_agg(k.term_months ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.term_months IS NOT NULL))[1] AS term_months,
      (array_agg(k.kind ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.kind IN ('start', 'trial_start', 'reactivation', 'end')))[1] AS coverage,
      max(k.occurred_at) FILTER (WHERE k.kind IN ('start', 'reactivation')) AS term_started_at,
      min(k.occurred_at) FILTER (WHERE k.kind IN ('start', 'reactivation')) AS first_started_at,
      max(k.occurred_at) FILTER (WHERE k.kind = 'end') AS ended_at,
      (array_agg(k.kind ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.kind IN ('notice', 'notice_withdrawn', 'start', 'reactivation')))[1] AS intent,
      max(k.occurred_at) FILTER (WHERE k.kind = 'notice') AS last_notice_at,
      -- What a notice does not outlive: the newest of these, by time and id.
      max(k.occurred_at) FILTER (WHERE k.kind IN ('start', 'trial_start', 'reactivation', 'end', 'notice_withdrawn')) AS settled_at,
      (array_agg(k.source_id ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC)
        FILTER (WHERE k.kind IN ('start', 'trial_start', 'reactivation', 'end', 'notice_withdrawn')))[1] AS settled_id,
      -- The notices that name a date, side by side, in order.
      array_agg(k.source_id ORDER BY k.occurred_at, k.source_id COLLATE "C") FILTER (WHERE k.kind = 'notice' AND k.effective_at IS NOT NULL) AS notice_ids,
      array_agg(k.occurred_at ORDER BY k.occurred_at, k.source_id COLLATE "C") FILTER (WHERE k.kind = 'notice' AND k.effective_at IS NOT NULL) AS notices_at,
      array_agg(k.effective_at ORDER BY k.occurred_at, k.source_id COLLATE "C") FILTER (WHERE k.kind = 'notice' AND k.effective_at IS NOT NULL) AS notices_effective_at
    FROM known k GROUP BY k.customer_id, k.subscription_id
  ), judged AS (
    SELECT f.*, n.lapsed_at, n.named_at FROM folded f
    CROSS JOIN LATERAL (
      -- A later notice moves the date only where it comes before it.
      SELECT (array_agg(greatest(n.at, n.effective_at) ORDER BY n.place)
          FILTER (WHERE n.effective_at < p_at AND (n.moved_at IS NULL OR n.moved_at >= n.effective_at)))[1] AS lapsed_at,
        (array_agg(n.effective_at ORDER BY n.place DESC))[1] AS named_at
      FROM (
        SELECT n.place, n.at, n.effective_at, lead(n.at) OVER (ORDER BY n.place) AS moved_at
        FROM unnest(f.notice_ids, f.notices_at, f.notices_effective_at) WITH ORDINALITY AS n(id, at, effective_at, place)
        -- The first condition spares the many subscriptions without a notice.
        WHERE f.notices_at IS NOT NULL
          AND (f.settled_at IS NULL OR (n.at, n.id COLLATE "C") > (f.settled_at, f.settled_id COLLATE "C"))) n) n
  )
  SELECT f.customer_id, f.subscription_id, f.plan, f.seats, f.unit_price_cents, coalesce(f.discount_pct, 0),
    coalesce(f.discount_by_play, false), f.term_months, f.term_started_at, f.first_started_at,
    coalesce(f.coverage <> 'end' AND f.lapsed_at IS NULL, false), coalesce(f.coverage = 'trial_start' AND f.lapsed_at IS NULL, false),
    CASE WHEN f.intent = 'notice' THEN f.last_notice_at END,
    CASE WHEN f.intent = 'notice' THEN coalesce(f.lapsed_at, f.named_at) END,
    CASE WHEN f.coverage = 'end' THEN f.ended_at ELSE f.lapsed_at END,
    CASE WHEN f.coverage IN ('start', 'reactivation') AND f.lapsed_at IS NULL
      THEN round(f.seats * f.unit_price_cents * (1 - coalesce(f.discount_pct, 0)::numeric / 100))::integer ELSE 0 END
  FROM judged f
$$;
