-- State of each succeeded payment; credit is what has not landed on an invoice (below zero: a
-- deficit).
CREATE TABLE payments (
    kafka_offset bigint NOT NULL,
    amount bigint NOT NULL,
    corrections bigint NOT NULL DEFAULT 0,
    refunds bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    reinstated bigint NOT NULL DEFAULT 0,
    credit bigint NOT NULL DEFAULT 0,
    received_at timestamptz NOT NULL,
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    kafka_partition smallint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payment_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C",
    invoice_id text COLLATE "C",
    PRIMARY KEY (clinic_no, payment_id)
) WITH (fillfactor = 90);

CREATE INDEX payments_credit ON payments (clinic_no, currency, business_date) WHERE credit <> 0;

-- State of each issued invoice. balance = charge + adjustments - landed - the effective write-off;
-- of a voided one: - landed. due_on is the oldest open date; payer, plan and collections are what the
-- latest facts say, and the keys are those facts' places in the order of facts.
CREATE TABLE outstanding_payments (
    kafka_offset bigint NOT NULL,
    charge bigint NOT NULL,
    adjustments bigint NOT NULL DEFAULT 0,
    written_off bigint NOT NULL DEFAULT 0,
    landed bigint NOT NULL DEFAULT 0,
    balance bigint NOT NULL,
    clinic_no integer NOT NULL,
    issued_on date NOT NULL,
    service_date date,
    due_on date NOT NULL,
    voided_on date,
    void_offset bigint,
    kafka_partition smallint NOT NULL,
    in_collections boolean NOT NULL DEFAULT false,
    is_open boolean NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    issued_payer_type text COLLATE "C" NOT NULL,
    invoice_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    provider text COLLATE "C",
    category text COLLATE "C",
    installments jsonb,
    due_key text COLLATE "C",
    payer_key text COLLATE "C",
    collections_key text COLLATE "C",
    PRIMARY KEY (clinic_no, invoice_id)
) WITH (fillfactor = 80);

CREATE INDEX outstanding_payments_due ON outstanding_payments (clinic_no, due_on, invoice_id)
    WHERE is_open;

-- What an invoice still asks: X less the effective write-off, or what landed once it is voided.
CREATE FUNCTION receivable_balance(
    charge bigint, adjustments bigint, written_off bigint, landed bigint, voided boolean
) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN voided THEN -landed
        ELSE charge + adjustments - landed
            - least(greatest(0, written_off), greatest(0, charge + adjustments - landed))
    END
$$;

-- An open balance spread over an installment plan: from the last part backwards each holds what the
-- later ones leave, at most its amount; a rest stands at the first. Parts that hold nothing are left out.
CREATE FUNCTION installment_slices(balance bigint, installments jsonb)
RETURNS TABLE (due_on date, amount bigint) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH parts AS (
        SELECT (part ->> 'due_on')::date AS due_on, (part ->> 'amount')::bigint AS asked, place
        FROM jsonb_array_elements(installments) WITH ORDINALITY AS list(part, place)
    ), ranked AS (
        SELECT due_on, asked,
            row_number() OVER (ORDER BY due_on, place) AS place,
            coalesce(sum(asked) OVER (
                ORDER BY due_on DESC, place DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS later
        FROM parts
    ), held AS (
        SELECT due_on, CASE
            WHEN place = 1 THEN greatest(0, balance - later)
            ELSE least(asked, greatest(0, balance - later))
        END AS amount
        FROM ranked
    )
    SELECT due_on, amount::bigint FROM held WHERE amount > 0 ORDER BY due_on
$$;

-- The oldest open date of a receivable; the last one of a plan on which nothing is open.
CREATE FUNCTION receivable_due_on(balance bigint, stated date, installments jsonb)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN installments IS NULL THEN stated
        WHEN balance > 0 THEN (SELECT min(s.due_on) FROM installment_slices(balance, installments) AS s)
        ELSE (SELECT max((part ->> 'due_on')::date) FROM jsonb_array_elements(installments) AS part)
    END
$$;

-- Open receivables summed per due date, so that the aging summary of a million receivables reads a
-- few hundred rows. Of transactions that run at the same time each writes a shard of its own, so that
-- no two meet in one row; a figure is the sum over shards.
CREATE TABLE receivables_by_due_date (
    clinic_no integer NOT NULL,
    due_on date NOT NULL,
    shard smallint NOT NULL,
    in_collections boolean NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    amount bigint NOT NULL,
    count bigint NOT NULL,
    overpaid_amount bigint NOT NULL,
    overpaid_count bigint NOT NULL,
    PRIMARY KEY (clinic_no, currency, due_on, payer_type, in_collections, shard)
) WITH (fillfactor = 70);

-- Revenue per business date: totals, and the same per combination of dimensions.
CREATE TABLE revenue_daily_totals (
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    shard smallint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    gross_payments bigint NOT NULL,
    payment_count bigint NOT NULL,
    refunds bigint NOT NULL,
    refund_count bigint NOT NULL,
    chargebacks bigint NOT NULL,
    payment_corrections bigint NOT NULL,
    processor_fees bigint NOT NULL,
    charges bigint NOT NULL,
    charge_count bigint NOT NULL,
    charge_corrections bigint NOT NULL,
    contractual_adjustments bigint NOT NULL,
    other_adjustments bigint NOT NULL,
    voids bigint NOT NULL,
    write_offs bigint NOT NULL,
    PRIMARY KEY (clinic_no, currency, business_date, shard)
) WITH (fillfactor = 70);

CREATE TABLE revenue_metrics (
    clinic_no integer NOT NULL,
    business_date date NOT NULL,
    shard smallint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    provider text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    gross_payments bigint NOT NULL,
    payment_count bigint NOT NULL,
    refunds bigint NOT NULL,
    refund_count bigint NOT NULL,
    chargebacks bigint NOT NULL,
    payment_corrections bigint NOT NULL,
    processor_fees bigint NOT NULL,
    charges bigint NOT NULL,
    charge_count bigint NOT NULL,
    charge_corrections bigint NOT NULL,
    contractual_adjustments bigint NOT NULL,
    other_adjustments bigint NOT NULL,
    voids bigint NOT NULL,
    write_offs bigint NOT NULL,
    PRIMARY KEY (clinic_no, business_date, shard, currency, method, payer_type, provider, category)
) WITH (fillfactor = 80);

-- A patient's history is the ledger read through its patient index: a copy would double what is
-- written for every event and could differ from the ledger; a view cannot.
CREATE VIEW patient_payment_history AS
SELECT clinic_no, patient_id, business_date, occurred_at, source, event_id, leg, kind, amount,
    currency, payment_id, invoice_id, fact_id, method, payer_type, provider, category, service_date,
    due_on, received_at, reason, installments, kafka_partition, kafka_offset, batch_no
FROM ledger
