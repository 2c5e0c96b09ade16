-- Horizons: nothing is answered from before the latest one. `watermark` is where the log stood when
-- that day began: what is removed was recorded below it. The row also tells how far the removal is.
CREATE TABLE retention_purges (
    horizon date PRIMARY KEY,
    totals_horizon date,
    watermark text COLLATE "C" NOT NULL,
    started_by text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    after_clinic integer,
    after_patient text COLLATE "C",
    patients bigint NOT NULL DEFAULT 0,
    entries bigint NOT NULL DEFAULT 0,
    moves bigint NOT NULL DEFAULT 0,
    invoices bigint NOT NULL DEFAULT 0,
    payments bigint NOT NULL DEFAULT 0,
    daily_totals bigint NOT NULL DEFAULT 0
);

-- An answer at an earlier watermark names the currencies known by then; of removed entries only this
-- is left to tell it.
CREATE TABLE removed_currencies (
    clinic_no integer NOT NULL,
    currency text COLLATE "C" NOT NULL,
    PRIMARY KEY (clinic_no, currency)
);

-- Write-offs and refunds of a source are compared with it over all days at once.
CREATE TABLE removed_source_totals (
    source text COLLATE "C" NOT NULL,
    book text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    row_count bigint NOT NULL,
    amount numeric NOT NULL,
    digest numeric NOT NULL,
    PRIMARY KEY (source, book, currency)
);
