-- One row per run that was compared with the ledger.
CREATE TABLE reconciliations (
    reconciliation_id text COLLATE "C" PRIMARY KEY,
    run_id text COLLATE "C" NOT NULL UNIQUE,
    source text COLLATE "C" NOT NULL,
    ended_at timestamptz NOT NULL,
    watermark text COLLATE "C" NOT NULL,
    matches boolean NOT NULL,
    books jsonb NOT NULL,
    difference_count bigint NOT NULL,
    differences jsonb NOT NULL
);

-- The last of each source, which every report names.
CREATE TABLE reconciled_sources (
    source text COLLATE "C" PRIMARY KEY,
    reconciliation_id text COLLATE "C" NOT NULL,
    ended_at timestamptz NOT NULL,
    watermark text COLLATE "C" NOT NULL,
    matches boolean NOT NULL
);

-- Fifteen minutes after the turn by which a source's next good run should have ended.
ALTER TABLE extraction_sources ADD COLUMN expected_by timestamptz;
