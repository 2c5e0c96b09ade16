-- Sums of legs per day, filled behind the log like the balances of past days and known at the same
-- offsets: `part` is all (the empty value), flow (by the day a leg takes effect on receivables), or a
-- dimension; an adjustment's group is what its reason counts as.
CREATE TABLE leg_sums (
    clinic_no integer NOT NULL,
    day date NOT NULL,
    is_mirror boolean NOT NULL,
    part text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    counted_group text COLLATE "C" NOT NULL,
    amount bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (clinic_no, part, value, currency, kind, day, counted_group, is_mirror)
        INCLUDE (amount, count)
);

-- Receivables that were not settled at those offsets, in the orders a list may have. Their rows in
-- outstanding_payments say what they are; here stands only where they are found.
CREATE TABLE unsettled_receivables (
    clinic_no integer NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    balance bigint NOT NULL,
    in_collections boolean NOT NULL,
    invoice_id text COLLATE "C" NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (clinic_no, invoice_id)
) WITH (fillfactor = 90);

CREATE INDEX unsettled_receivables_balance ON unsettled_receivables (clinic_no, balance, invoice_id);

CREATE INDEX unsettled_receivables_issued
    ON unsettled_receivables (clinic_no, issued_on, invoice_id) WHERE balance > 0;

CREATE INDEX unsettled_receivables_patient
    ON unsettled_receivables (clinic_no, patient_id, invoice_id) WHERE balance > 0;

CREATE INDEX unsettled_receivables_collection
    ON unsettled_receivables (clinic_no, due_on, invoice_id) WHERE balance > 0 AND in_collections;

CREATE INDEX unsettled_receivables_overpaid
    ON unsettled_receivables (clinic_no, due_on, invoice_id) WHERE balance < 0;

-- Open receivables with a plan stand on several dates, and are looked for by each of them.
CREATE INDEX outstanding_payments_plans ON outstanding_payments (clinic_no, due_on, invoice_id)
    WHERE is_open AND installments IS NOT NULL;

-- Entries that may not fit together, each by its payment.
CREATE INDEX ledger_doubtful ON ledger (clinic_no, kind, payment_id)
    WHERE kind = 'failed' OR (kind = 'allocation' AND leg = 2);

CREATE INDEX payments_over_returned ON payments (clinic_no, patient_id)
    WHERE amount + corrections - refunds - withdrawn + reinstated < 0;

-- What is kept is filled up to the offsets that the balances of past days are known at.
INSERT INTO unsettled_receivables (clinic_no, issued_on, due_on, balance, in_collections, invoice_id,
    patient_id)
SELECT clinic_no, issued_on, due_on, balance, in_collections, invoice_id, patient_id
FROM outstanding_payments
WHERE balance <> 0
