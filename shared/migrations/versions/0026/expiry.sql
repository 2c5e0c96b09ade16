-- An export whose time ran out while it waited is over, too: nobody would take its document away.
CREATE OR REPLACE VIEW export_states WITH (security_invoker = true) AS
SELECT
    e.export_id, e.owner_kind, e.owner_id, e.owner_name, e.report, e.parameters, e.clinic_ids,
    e.watermark, e.digest, e.data_through, e.paper, e.locale, e.requested_at, e.rung_at,
    e.canceled_at, coalesce(a.attempt, 0) AS attempts, a.started_at, a.leased_until, a.ended_at,
    a.purged_at, a.progress_percent, a.problem, a.result_key, a.result_bytes, a.result_sha256,
    a.page_count,
    CASE
        WHEN a.outcome = 'ready' AND (e.expired_at IS NOT NULL OR a.purged_at IS NOT NULL)
            THEN 'expired'
        WHEN a.outcome = 'ready' THEN 'ready'
        WHEN e.canceled_at IS NOT NULL THEN 'canceled'
        WHEN a.outcome = 'refused' THEN 'failed'
        WHEN a.ended_at IS NULL AND a.leased_until > now() THEN 'rendering'
        WHEN a.attempt >= 3 THEN 'failed'
        WHEN e.expired_at IS NOT NULL THEN 'expired'
        ELSE 'queued'
    END AS state,
    e.expired_at
FROM exports AS e
LEFT JOIN LATERAL (
    SELECT * FROM export_attempts WHERE export_id = e.export_id ORDER BY attempt DESC LIMIT 1
) AS a ON true
