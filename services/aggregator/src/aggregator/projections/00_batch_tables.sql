-- The tables of one batch: private to the connection, emptied at each commit.
-- Instants are microseconds since 1970, which the aggregator writes fastest.
CREATE TEMPORARY TABLE incoming (
    kafka_offset bigint NOT NULL,
    occurred_at bigint NOT NULL,
    amount bigint,
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    kind entry_kind NOT NULL,
    kafka_partition smallint NOT NULL,
    leg smallint NOT NULL,
    service_date date,
    due_on date,
    received_at bigint,
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
) ON COMMIT DELETE ROWS;

-- What most statements ask for first stands in front: a row is unpacked only as far as it is read.
CREATE TEMPORARY TABLE placed (
    awaits_payment boolean NOT NULL,
    awaits_invoice boolean NOT NULL,
    follow_up boolean NOT NULL,
    placement placement NOT NULL,
    kind entry_kind NOT NULL,
    clinic_no integer NOT NULL,
    amount bigint,
    business_date date NOT NULL,
    kafka_partition smallint NOT NULL,
    leg smallint NOT NULL,
    kafka_offset bigint NOT NULL,
    batch_no bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    service_date date,
    due_on date,
    received_at timestamptz,
    currency text COLLATE "C",
    payment_id text COLLATE "C",
    invoice_id text COLLATE "C",
    method text COLLATE "C",
    payer_type text COLLATE "C",
    provider text COLLATE "C",
    category text COLLATE "C",
    reason text COLLATE "C",
    patient_id text COLLATE "C" NOT NULL,
    of_payment text COLLATE "C",
    target_invoice text COLLATE "C",
    source text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    fact_id text COLLATE "C",
    installments jsonb
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE new_moves (LIKE ledger_moves) ON COMMIT DELETE ROWS;

-- Parents of this batch that entries waited for.
CREATE TEMPORARY TABLE arrivals (
    clinic_no integer NOT NULL,
    parent parent_kind NOT NULL,
    parent_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL
) ON COMMIT DELETE ROWS;

-- Balances before (sign -1) and after (sign +1) each change of a receivable.
CREATE TEMPORARY TABLE receivable_changes (
    balance bigint NOT NULL,
    clinic_no integer NOT NULL,
    due_on date NOT NULL,
    sign smallint NOT NULL,
    in_collections boolean NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    installments jsonb
) ON COMMIT DELETE ROWS
;

-- Entries that a parent may move, each with what is known of its parents.
CREATE TEMPORARY TABLE candidates (
    kafka_offset bigint NOT NULL,
    amount bigint NOT NULL,
    payment_offset bigint,
    invoice_offset bigint,
    void_offset bigint,
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    payment_date date,
    issued_on date,
    voided_on date,
    kind entry_kind NOT NULL,
    placement placement NOT NULL,
    kafka_partition smallint NOT NULL,
    leg smallint NOT NULL,
    needs_payment boolean NOT NULL,
    names_invoice boolean NOT NULL,
    currency text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    payment_id text COLLATE "C",
    target_invoice text COLLATE "C",
    method text COLLATE "C",
    payer_type text COLLATE "C",
    provider text COLLATE "C",
    category text COLLATE "C",
    reason text COLLATE "C",
    payment_method text COLLATE "C",
    payment_payer_type text COLLATE "C",
    issued_payer_type text COLLATE "C",
    invoice_provider text COLLATE "C",
    invoice_category text COLLATE "C"
) ON COMMIT DELETE ROWS
;

-- What this batch adds to revenue: entries, changes of dimension, and what voids took back.
CREATE TEMPORARY VIEW measured AS
SELECT clinic_no, business_date, currency, kind, reason, amount, 1 AS sign, false AS mirrored,
    coalesce(method, 'unknown') AS method,
    coalesce(payer_type, 'unknown') AS payer_type, coalesce(provider, 'unknown') AS provider,
    coalesce(category, 'unknown') AS category
FROM placed
WHERE amount IS NOT NULL AND kind NOT IN ('allocation', 'pending', 'failed')
UNION ALL
SELECT clinic_no, business_date, currency, kind, reason, amount,
    CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END, effect = 'mirrored',
    coalesce(method, 'unknown'), coalesce(payer_type, 'unknown'), coalesce(provider, 'unknown'),
    coalesce(category, 'unknown')
FROM new_moves
WHERE effect IN ('dimension_out', 'dimension_in', 'mirrored')
