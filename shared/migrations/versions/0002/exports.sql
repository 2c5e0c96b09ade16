-- What was asked to be rendered, with everything that fixes its figures: parameters (as-of day and
-- watermark among them), the clinics its owner could see, and the digest the answer had on screen.
-- report-api writes these rows; the rows of export_attempts are pdf-worker's.
CREATE TABLE exports (
    export_id text COLLATE "C" PRIMARY KEY,
    owner_kind text COLLATE "C" NOT NULL CHECK (owner_kind IN ('user', 'client')),
    owner_id text COLLATE "C" NOT NULL,
    owner_name text NOT NULL,
    report text COLLATE "C" NOT NULL,
    parameters jsonb NOT NULL,
    clinic_ids text[] COLLATE "C",
    watermark text NOT NULL,
    digest text COLLATE "C" NOT NULL,
    request_digest bytea NOT NULL,
    repetition integer NOT NULL DEFAULT 0,
    requested_at timestamptz NOT NULL,
    rung_at timestamptz NOT NULL,
    canceled_at timestamptz
);

-- The same owner asking for the same report at the same watermark gets the same export, unless that
-- one failed or was canceled: then the next repetition. Of two at once, one is told to ask again.
CREATE UNIQUE INDEX exports_request ON exports (owner_kind, owner_id, request_digest, repetition);

CREATE INDEX exports_recent ON exports (requested_at);

-- One try at rendering. A worker claims an export by inserting its next attempt: the primary key
-- lets one worker win. A lease that ran out without an end is an attempt that died.
-- Outcomes: ready (the file is published under result_key), failed (another attempt may follow),
-- refused (no attempt can succeed, e.g. too many rows).
CREATE TABLE export_attempts (
    export_id text COLLATE "C" NOT NULL REFERENCES exports,
    attempt smallint NOT NULL CHECK (attempt >= 1),
    worker text NOT NULL,
    started_at timestamptz NOT NULL,
    leased_until timestamptz NOT NULL,
    progress_percent smallint NOT NULL DEFAULT 0 CHECK (progress_percent BETWEEN 0 AND 100),
    ended_at timestamptz,
    outcome text COLLATE "C" CHECK (outcome IN ('ready', 'failed', 'refused')),
    problem text,
    result_key text COLLATE "C",
    result_bytes bigint,
    result_sha256 text COLLATE "C",
    page_count integer,
    digest text COLLATE "C",
    PRIMARY KEY (export_id, attempt),
    CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CHECK ((outcome = 'ready') = (result_key IS NOT NULL))
);

CREATE INDEX export_attempts_open ON export_attempts (leased_until) WHERE ended_at IS NULL;

-- The state of an export, read from both: the one definition for report-api and pdf-worker.
-- After three attempts that ended or died it has failed.
CREATE VIEW export_states AS
SELECT
    e.export_id, e.owner_kind, e.owner_id, e.owner_name, e.report, e.parameters, e.clinic_ids,
    e.watermark, e.digest, e.requested_at, e.rung_at, e.canceled_at,
    coalesce(a.attempt, 0) AS attempts, a.started_at, a.leased_until, a.ended_at, a.progress_percent,
    a.problem, a.result_key, a.result_bytes, a.result_sha256, a.page_count,
    CASE
        WHEN a.outcome = 'ready' THEN 'ready'
        WHEN e.canceled_at IS NOT NULL THEN 'canceled'
        WHEN a.outcome = 'refused' THEN 'failed'
        WHEN a.ended_at IS NULL AND a.leased_until > now() THEN 'running'
        WHEN a.attempt >= 3 THEN 'failed'
        ELSE 'queued'
    END AS state
FROM exports AS e
LEFT JOIN LATERAL (
    SELECT * FROM export_attempts WHERE export_id = e.export_id ORDER BY attempt DESC LIMIT 1
) AS a ON true
