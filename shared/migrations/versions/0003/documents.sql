-- How a document is to look, and up to when its figures were complete when they were asked for: at
-- an earlier watermark nobody can tell that any more.
ALTER TABLE exports
    ADD COLUMN data_through timestamptz,
    ADD COLUMN paper text COLLATE "C" NOT NULL DEFAULT 'letter' CHECK (paper IN ('letter', 'a4')),
    ADD COLUMN locale text COLLATE "C" NOT NULL DEFAULT 'en-US' CHECK (locale ~ '^en-[A-Z]{2}$');

-- When the file was taken away because its time was over.
ALTER TABLE export_attempts ADD COLUMN purged_at timestamptz;

DROP VIEW export_states;

-- The state of an export, read from both tables: the one definition for report-api and pdf-worker.
-- After three attempts that ended or died it has failed.
CREATE VIEW export_states AS
SELECT
    e.export_id, e.owner_kind, e.owner_id, e.owner_name, e.report, e.parameters, e.clinic_ids,
    e.watermark, e.digest, e.data_through, e.paper, e.locale, e.requested_at, e.rung_at,
    e.canceled_at, coalesce(a.attempt, 0) AS attempts, a.started_at, a.leased_until, a.ended_at,
    a.purged_at, a.progress_percent, a.problem, a.result_key, a.result_bytes, a.result_sha256,
    a.page_count,
    CASE
        WHEN a.outcome = 'ready' AND a.purged_at IS NOT NULL THEN 'expired'
        WHEN a.outcome = 'ready' THEN 'ready'
        WHEN e.canceled_at IS NOT NULL THEN 'canceled'
        WHEN a.outcome = 'refused' THEN 'failed'
        WHEN a.ended_at IS NULL AND a.leased_until > now() THEN 'rendering'
        WHEN a.attempt >= 3 THEN 'failed'
        ELSE 'queued'
    END AS state
FROM exports AS e
LEFT JOIN LATERAL (
    SELECT * FROM export_attempts WHERE export_id = e.export_id ORDER BY attempt DESC LIMIT 1
) AS a ON true
