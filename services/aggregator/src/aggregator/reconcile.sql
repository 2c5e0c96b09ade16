-- $1 run, $2 source, $3 the offsets behind the run's last records: element p + 1 is partition p.
-- The book of an entry is the first part of its event's id, the row's key the middle, the revision
-- the last. A row counts where its sum is not zero, as on the other side. Days before the horizon
-- ($4, if there is one) are left out on both sides; books without days are compared whole, with what
-- their removed rows came to.
WITH entry AS MATERIALIZED (
    SELECT clinic_no, invoice_id, kind, currency, business_date, amount,
        split_part(event_id, ':', 1) AS book,
        substr(event_id, strpos(event_id, ':') + 1) AS rest
    FROM ledger
    WHERE source = $2 AND kafka_offset < coalesce(($3::bigint[])[kafka_partition + 1], 0)
        AND kind IN (
            'charge', 'adjustment', 'write_off', 'void', 'payment', 'correction', 'refund'
        )
),
voided AS (
    SELECT DISTINCT clinic_no, invoice_id FROM entry WHERE kind = 'void'
),
told AS (
    SELECT book, currency,
        CASE WHEN book IN ('invoice_write_off', 'payment_refund') THEN DATE '0001-01-01'
            ELSE business_date END AS day,
        left(rest, -strpos(reverse(rest), ':')) AS row_key,
        sum(amount) AS amount
    FROM entry
    LEFT JOIN voided ON entry.book = 'invoice'
        AND voided.clinic_no = entry.clinic_no AND voided.invoice_id = entry.invoice_id
    WHERE kind <> 'void' AND voided.invoice_id IS NULL
    GROUP BY 1, 2, 3, 4
    HAVING sum(amount) <> 0
),
ledger_totals AS (
    SELECT book, currency, day, count(*) AS row_count, sum(amount) AS amount,
        sum(hashtextextended(row_key || ' ' || amount, 0)::numeric) AS digest
    FROM told
    GROUP BY book, currency, day
    UNION ALL
    SELECT book, currency, DATE '0001-01-01', row_count, amount, digest
    FROM removed_source_totals WHERE source = $2
),
source_totals AS (
    SELECT book, currency, day, row_count, amount, digest
    FROM extraction_totals WHERE run_id = $1
),
ledger_sums AS (
    SELECT book, currency, day, sum(row_count)::bigint AS row_count, sum(amount) AS amount,
        sum(digest) AS digest
    FROM ledger_totals
    GROUP BY book, currency, day
)
SELECT book, currency, day,
    coalesce(s.row_count, 0) AS source_count, coalesce(s.amount, 0) AS source_amount,
    coalesce(l.row_count, 0) AS ledger_count, coalesce(l.amount, 0) AS ledger_amount,
    (s.row_count, s.amount, s.digest) IS DISTINCT FROM (l.row_count, l.amount, l.digest) AS differs
FROM source_totals AS s
FULL JOIN ledger_sums AS l USING (book, currency, day)
WHERE $4::date IS NULL OR day >= $4 OR day = DATE '0001-01-01'
ORDER BY differs DESC, book, currency, day
