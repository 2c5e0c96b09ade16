-- The first answer to each Idempotency-Key, written in the transaction of the work it tells of.
CREATE TABLE idempotency_keys (
    actor_kind text COLLATE "C" NOT NULL,
    actor_id text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    request_sha256 bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (actor_kind, actor_id, key)
);

CREATE INDEX idempotency_keys_age ON idempotency_keys (recorded_at)
