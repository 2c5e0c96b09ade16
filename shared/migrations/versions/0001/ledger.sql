-- Every identity ever accepted: of events (source, id) and of facts (clinic, type, fact id), each as
-- 16 bytes of BLAKE2b. It outlives the data, so that old events stay duplicates.
CREATE TABLE identities (
    key bytea PRIMARY KEY,
    content bytea NOT NULL
);

CREATE TYPE entry_kind AS ENUM (
    'charge', 'adjustment', 'write_off', 'void',
    'payment', 'correction', 'refund', 'chargeback', 'chargeback_reversal', 'fee', 'allocation',
    'pending', 'failed', 'responsibility', 'due_date',
    'sent_to_collections', 'recalled_from_collections', 'patient'
);

-- Where an entry counted the moment it was recorded: nowhere yet, on its payment's credit, or on
-- its invoice. What a later parent changes is a row of ledger_moves; entries never change.
CREATE TYPE placement AS ENUM ('none', 'credit', 'invoice');

CREATE TABLE ledger (
    batch_no bigint NOT NULL,
    kafka_offset bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    amount bigint,
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    kind entry_kind NOT NULL,
    placement placement NOT NULL,
    kafka_partition smallint NOT NULL,
    leg smallint NOT NULL,
    service_date date,
    due_on date,
    received_at timestamptz,
    currency text COLLATE "C",
    source text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    payment_id text COLLATE "C",
    invoice_id text COLLATE "C",
    fact_id text COLLATE "C",
    method text COLLATE "C",
    payer_type text COLLATE "C",
    provider text COLLATE "C",
    category text COLLATE "C",
    reason text COLLATE "C",
    installments jsonb
) PARTITION BY RANGE (business_date);

CREATE INDEX ledger_patient ON ledger (clinic_no, patient_id, business_date);

CREATE INDEX ledger_day ON ledger (clinic_no, business_date);

CREATE INDEX ledger_batch ON ledger USING brin (batch_no) WITH (pages_per_range = 32);

CREATE TABLE ledger_unexpected PARTITION OF ledger DEFAULT;

-- Makes the month partitions from `first` to `last` that are missing; everything before the first
-- one lies in ledger_old, whatever finds no month lies in ledger_unexpected.
CREATE FUNCTION make_ledger_months(first date, last date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    made integer := 0;
    month date := date_trunc('month', first)::date;
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_ledger_months'));
    IF to_regclass('ledger_old') IS NULL THEN
        EXECUTE format(
            'CREATE TABLE ledger_old PARTITION OF ledger FOR VALUES FROM (MINVALUE) TO (%L)', month);
    END IF;
    WHILE month <= last LOOP
        name := 'ledger_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF ledger FOR VALUES FROM (%L) TO (%L)',
                name, month, (month + interval '1 month')::date);
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;

SELECT make_ledger_months((now() - interval '36 months')::date, (now() + interval '6 months')::date);

-- What a parent that came later (in the log or in the calendar) does to an entry recorded before:
-- counted: the payment is known now; landed: the invoice is known now; applied: an adjustment or
-- write-off whose invoice is known now; mirrored: taken back by a void; dimension_out and _in: the
-- entry's figure moves to the dimensions of its parent. Position and effective_on are the latest of
-- the facts joined, so that "known by" and "as of" select moves as they select entries.
CREATE TYPE move_effect AS ENUM (
    'counted', 'landed', 'counted_and_landed', 'applied', 'mirrored',
    'dimension_out', 'dimension_in'
);

CREATE TABLE ledger_moves (
    batch_no bigint NOT NULL,
    kafka_offset bigint NOT NULL,
    amount bigint NOT NULL,
    clinic_no integer NOT NULL,
    effective_on date NOT NULL,
    business_date date NOT NULL,
    effect move_effect NOT NULL,
    kind entry_kind NOT NULL,
    kafka_partition smallint NOT NULL,
    leg smallint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    payment_id text COLLATE "C",
    invoice_id text COLLATE "C",
    method text COLLATE "C",
    payer_type text COLLATE "C",
    provider text COLLATE "C",
    category text COLLATE "C",
    reason text COLLATE "C"
);

CREATE INDEX ledger_moves_patient ON ledger_moves (clinic_no, patient_id);

CREATE INDEX ledger_moves_day ON ledger_moves (clinic_no, effective_on);

CREATE INDEX ledger_moves_batch ON ledger_moves USING brin (batch_no);

-- Parents that entries of a patient name and that are not known yet.
CREATE TYPE parent_kind AS ENUM ('payment', 'invoice');

CREATE TABLE awaited_parents (
    clinic_no integer NOT NULL,
    parent parent_kind NOT NULL,
    parent_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (clinic_no, parent, parent_id, patient_id)
);
