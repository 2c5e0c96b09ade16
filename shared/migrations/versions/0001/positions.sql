-- The fence: the next offset of each partition, moved in the transaction that applies its records.
-- cluster_id: another Kafka cluster is another log, with offsets of its own.
-- data_through: the instant up to which everything Kafka had accepted is in the reports.
CREATE TABLE positions (
    topic text COLLATE "C" NOT NULL,
    kafka_partition smallint NOT NULL,
    next_offset bigint NOT NULL,
    cluster_id text COLLATE "C" NOT NULL,
    data_through timestamptz NOT NULL,
    PRIMARY KEY (topic, kafka_partition)
) WITH (fillfactor = 50);

CREATE SEQUENCE batch_numbers;

-- One row per applied batch and partition: turns an instant into a watermark.
CREATE TABLE batches (
    batch_no bigint NOT NULL,
    topic text COLLATE "C" NOT NULL,
    kafka_partition smallint NOT NULL,
    first_offset bigint NOT NULL,
    next_offset bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    events integer NOT NULL,
    duplicates integer NOT NULL,
    quarantined integer NOT NULL,
    PRIMARY KEY (topic, kafka_partition, next_offset)
);

CREATE INDEX batches_number ON batches (batch_no);

CREATE TYPE quarantine_status AS ENUM ('open', 'replayed', 'dismissed');

CREATE TABLE quarantine (
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text COLLATE "C" NOT NULL,
    kafka_partition smallint NOT NULL,
    kafka_offset bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    reason text COLLATE "C" NOT NULL,
    problem text NOT NULL,
    digest text COLLATE "C" NOT NULL,
    source text COLLATE "C",
    event_id text COLLATE "C",
    event_type text COLLATE "C",
    fields jsonb NOT NULL DEFAULT '{}',
    status quarantine_status NOT NULL DEFAULT 'open',
    dead_lettered boolean NOT NULL DEFAULT false,
    UNIQUE (topic, kafka_partition, kafka_offset)
);

CREATE INDEX quarantine_open ON quarantine (recorded_at) WHERE status = 'open';

CREATE INDEX quarantine_unsent ON quarantine (quarantine_id) WHERE NOT dead_lettered;

-- Runs that bring data in; a run is claimed by inserting its row while none of its source is open.
CREATE TABLE etl_process_status (
    run_id text COLLATE "C" PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    mode text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL
        CHECK (status IN ('queued', 'running', 'completed', 'failed', 'stopped')),
    started_by text NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    read_count bigint NOT NULL DEFAULT 0,
    published_count bigint NOT NULL DEFAULT 0,
    unchanged_count bigint NOT NULL DEFAULT 0,
    quarantined_count bigint NOT NULL DEFAULT 0,
    checkpoint jsonb,
    error text
);

CREATE UNIQUE INDEX etl_process_status_one_at_a_time ON etl_process_status (source)
    WHERE status IN ('queued', 'running');

CREATE INDEX etl_process_status_recent ON etl_process_status (queued_at DESC);
