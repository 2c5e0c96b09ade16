-- One row per practice's database that is read.
CREATE TABLE extraction_sources (
    source_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text COLLATE "C" NOT NULL UNIQUE,
    checkpoints jsonb NOT NULL DEFAULT '{}',
    positions jsonb NOT NULL DEFAULT '{}',
    next_chunk bigint NOT NULL DEFAULT 1
);

-- What was told about each row: the digest tells whether it changed since, the state what from.
CREATE TABLE extraction_rows (
    source_no integer NOT NULL,
    entity smallint NOT NULL,
    revision integer NOT NULL,
    amount bigint NOT NULL,
    other bigint NOT NULL,
    day date,
    gone boolean NOT NULL,
    row_key text COLLATE "C" NOT NULL,
    source_day text COLLATE "C",
    currency text COLLATE "C",
    problem text COLLATE "C",
    digest bytea NOT NULL,
    state bytea,
    PRIMARY KEY (source_no, entity, row_key)
);

-- Rows that may be told later although they do not change, such as a payment dated tomorrow.
CREATE INDEX extraction_rows_problem ON extraction_rows (source_no, entity)
    WHERE problem IS NOT NULL;

-- Records that are about to be written to Kafka: written here first, so that a run that is killed
-- sends the very same again, whatever the source says by then.
CREATE TABLE extraction_outbox (
    source_no integer NOT NULL,
    chunk_no bigint NOT NULL,
    checkpoints jsonb NOT NULL,
    records bytea NOT NULL,
    PRIMARY KEY (source_no, chunk_no)
);

ALTER TABLE extraction_outbox ALTER COLUMN records SET STORAGE EXTERNAL;

-- What the rows told add up to at the end of a run, per book, day and currency; books that have no
-- days stand under 0001-01-01.
CREATE TABLE extraction_totals (
    run_id text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    day date NOT NULL,
    row_count bigint NOT NULL,
    amount numeric NOT NULL,
    digest numeric NOT NULL,
    PRIMARY KEY (run_id, book, currency, day)
);

ALTER TABLE etl_process_status
    ADD COLUMN expected_count bigint,
    ADD COLUMN deleted_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN from_date date,
    ADD COLUMN to_date date,
    ADD COLUMN data_through timestamptz,
    ADD COLUMN positions jsonb,
    ADD COLUMN cancel_requested_by text;
