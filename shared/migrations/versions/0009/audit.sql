-- How long a record waits tells how far the relay is behind. A record Kafka would refuse for its
-- size would stop the relay for good, so it is refused here, and its answer with it.
ALTER TABLE audit_outbox
    ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT audit_outbox_record_size CHECK (octet_length(record) <= 524288);

-- Rows live for less than a second: vacuum by their number, whatever the size of the table.
ALTER TABLE audit_outbox SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000
);

DROP INDEX audit_log_time, audit_log_actor;

ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey, DROP CONSTRAINT audit_log_record_id_key;

ALTER TABLE audit_log RENAME TO audit_log_before;

-- The sealed log: canonical bytes of each record, gapless sequence, and a SHA-256 chain in which
-- each hash covers the one before it. The other columns repeat what the bytes say, to search by.
CREATE TABLE audit_log (
    sequence bigint PRIMARY KEY,
    record_id text COLLATE "C" NOT NULL,
    occurred_at timestamptz NOT NULL,
    service text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    actor_kind text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    clinic_ids text[] COLLATE "C" NOT NULL,
    patient_ids text[] COLLATE "C" NOT NULL,
    record bytea NOT NULL,
    hash bytea NOT NULL
) PARTITION BY RANGE (sequence);

-- Makes the partition of ten million records that a sequence number belongs to. A table is attached
-- rather than made as a partition, so that nobody who reads the log has to wait; it belongs to
-- whoever migrates, so that the sealer can neither change nor remove what it has sealed.
CREATE FUNCTION make_audit_range(wanted bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = reporting, pg_temp AS $$
DECLARE
    range_size constant bigint := 10000000;
    first constant bigint := wanted / range_size * range_size;
    name constant text := 'audit_log_' || lpad((wanted / range_size)::text, 6, '0');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_audit_range'));
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE audit_log INCLUDING DEFAULTS)', name);
        EXECUTE format(
            'ALTER TABLE audit_log ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
            name, first, first + range_size);
    END IF;
END $$;

-- One partition cannot see the others, so the sealer looks for a known record id by this index.
CREATE INDEX audit_log_record ON audit_log (record_id);

CREATE INDEX audit_log_time ON audit_log (occurred_at, sequence);

CREATE INDEX audit_log_actor ON audit_log (actor, occurred_at, sequence);

CREATE INDEX audit_log_action ON audit_log (action, occurred_at, sequence);

CREATE INDEX audit_log_resource ON audit_log (resource, occurred_at, sequence);

CREATE INDEX audit_log_refusals ON audit_log (outcome, occurred_at, sequence)
    WHERE outcome <> 'success';

CREATE INDEX audit_log_subjects ON audit_log USING gin (patient_ids, clinic_ids);

SELECT make_audit_range(0);

INSERT INTO audit_log
SELECT sequence, record_id, occurred_at, service, action, outcome,
    convert_from(record, 'UTF8')::jsonb ->> 'actor_kind', actor, resource,
    ARRAY(SELECT jsonb_array_elements_text(
        coalesce(convert_from(record, 'UTF8')::jsonb -> 'clinic_ids', '[]'))),
    '{}', record, hash
FROM audit_log_before ORDER BY sequence;

DROP TABLE audit_log_before;

-- Statements of how far the log reached and what its head was, signed with a key the database does
-- not hold; `published_at` is set once Kafka and the file have them.
CREATE TABLE audit_checkpoints (
    sequence bigint PRIMARY KEY,
    statement bytea NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    signature bytea NOT NULL,
    published_at timestamptz
);

CREATE INDEX audit_checkpoints_unpublished ON audit_checkpoints (sequence)
    WHERE published_at IS NULL;

-- Who did how much on a day (UTC), counted by the sealer: acts of each clinic, and of all under the
-- empty clinic id.
CREATE TABLE audit_activity (
    day date NOT NULL,
    clinic_id text COLLATE "C" NOT NULL,
    actor_kind text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    acts bigint NOT NULL,
    patients bigint NOT NULL,
    PRIMARY KEY (clinic_id, day, actor_kind, actor, action, outcome)
) WITH (fillfactor = 70);

INSERT INTO audit_activity
SELECT (occurred_at AT TIME ZONE 'UTC')::date, subject.clinic_id, actor_kind, actor, action, outcome,
    sum(coalesce((convert_from(record, 'UTF8')::jsonb ->> 'count')::bigint, 1)), 0
FROM audit_log, unnest(array_prepend('', clinic_ids)) AS subject (clinic_id)
GROUP BY 1, 2, 3, 4, 5, 6;
