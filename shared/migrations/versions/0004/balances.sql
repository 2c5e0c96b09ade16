-- Balances of past days, filled in the background and never by the transaction that applies a batch.
-- Every row tells by how much a day changed a sum, as known at the offsets of closed_positions;
-- month ends are the sums up to them. Records beyond those offsets are added by the reader.
CREATE TABLE closed_positions (
    kafka_partition smallint PRIMARY KEY,
    next_offset bigint NOT NULL
);

CREATE TABLE closed_month_ends (
    month_end date PRIMARY KEY
);

CREATE TABLE balance_days (
    clinic_no integer NOT NULL,
    effective_on date NOT NULL,
    aged_on date NOT NULL,
    basis text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    in_collections boolean NOT NULL,
    amount bigint NOT NULL,
    count bigint NOT NULL,
    negative_amount bigint NOT NULL,
    negative_count bigint NOT NULL,
    PRIMARY KEY (clinic_no, basis, effective_on, currency, aged_on, payer_type, in_collections)
) WITH (fillfactor = 90);

CREATE TABLE balance_month_ends (
    clinic_no integer NOT NULL,
    month_end date NOT NULL,
    aged_on date NOT NULL,
    basis text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    payer_type text COLLATE "C" NOT NULL,
    in_collections boolean NOT NULL,
    amount bigint NOT NULL,
    count bigint NOT NULL,
    negative_amount bigint NOT NULL,
    negative_count bigint NOT NULL,
    PRIMARY KEY (clinic_no, basis, month_end, currency, aged_on, payer_type, in_collections)
) WITH (fillfactor = 90);

CREATE TABLE movement_days (
    clinic_no integer NOT NULL,
    effective_on date NOT NULL,
    issued_on date NOT NULL,
    service_on date NOT NULL,
    currency text COLLATE "C" NOT NULL,
    charges bigint NOT NULL,
    charge_corrections bigint NOT NULL,
    contractual_adjustments bigint NOT NULL,
    other_adjustments bigint NOT NULL,
    voids bigint NOT NULL,
    written_off bigint NOT NULL,
    effective_write_offs bigint NOT NULL,
    landed bigint NOT NULL,
    credited bigint NOT NULL,
    PRIMARY KEY (clinic_no, effective_on, currency, service_on, issued_on)
) WITH (fillfactor = 90);

CREATE INDEX movement_days_service ON movement_days (clinic_no, service_on);

CREATE INDEX movement_days_issue ON movement_days (clinic_no, issued_on)
