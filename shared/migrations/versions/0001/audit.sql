-- Audit records wait here, written with what they tell of, until the relay has them on Kafka.
CREATE TABLE audit_outbox (
    record_id text COLLATE "C" PRIMARY KEY,
    record bytea NOT NULL
);

-- The sealed log: canonical bytes of each record, gapless sequence, and a SHA-256 chain in which
-- each hash covers the one before it.
CREATE TABLE audit_log (
    sequence bigint PRIMARY KEY,
    record_id text COLLATE "C" NOT NULL UNIQUE,
    occurred_at timestamptz NOT NULL,
    service text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    record bytea NOT NULL,
    hash bytea NOT NULL
);

CREATE INDEX audit_log_time ON audit_log (occurred_at);

CREATE INDEX audit_log_actor ON audit_log (actor, occurred_at);
