-- Removes the entries of the stories chosen. What answers and proofs need of them without the entries
-- is kept: which currencies there were, and what the rows of a source's undated books came to.
WITH gone AS (
    DELETE FROM ledger AS l
    USING (
        SELECT DISTINCT clinic_no, patient_id
        FROM unnest(:clinics::integer[], :patients::text[]) AS a (clinic_no, patient_id)
    ) AS a
    WHERE l.clinic_no = a.clinic_no AND l.patient_id = a.patient_id
        AND l.business_date < :horizon::date
        AND ((l.clinic_no, l.patient_id, l.payment_id) IN (
                SELECT * FROM unnest(:payment_clinics::integer[], :payment_patients::text[],
                    :payment_ids::text[]))
            OR (l.clinic_no, l.patient_id, l.invoice_id) IN (
                SELECT * FROM unnest(:invoice_clinics::integer[], :invoice_patients::text[],
                    :invoice_ids::text[])))
    RETURNING l.clinic_no, l.kind, l.currency, l.source, l.event_id, l.amount
), currency AS (
    INSERT INTO removed_currencies (clinic_no, currency)
    SELECT DISTINCT clinic_no, currency
    FROM gone
    WHERE currency IS NOT NULL AND kind NOT IN ('allocation', 'pending', 'failed')
    ON CONFLICT DO NOTHING
), source_row AS (
    SELECT source, split_part(event_id, ':', 1) AS book, currency,
        left(rest, -strpos(reverse(rest), ':')) AS row_key, sum(amount) AS amount
    FROM (SELECT *, substr(event_id, strpos(event_id, ':') + 1) AS rest FROM gone) AS told
    WHERE split_part(event_id, ':', 1) IN ('invoice_write_off', 'payment_refund')
        AND kind IN ('adjustment', 'write_off', 'payment', 'correction', 'refund')
    GROUP BY 1, 2, 3, 4
    HAVING sum(amount) <> 0
), source_total AS (
    INSERT INTO removed_source_totals AS t (source, book, currency, row_count, amount, digest)
    SELECT source, book, currency, count(*), sum(amount),
        sum(hashtextextended(row_key || ' ' || amount, 0)::numeric)
    FROM source_row
    GROUP BY source, book, currency
    ON CONFLICT (source, book, currency) DO UPDATE SET
        row_count = t.row_count + excluded.row_count, amount = t.amount + excluded.amount,
        digest = t.digest + excluded.digest
)
SELECT count(*) AS entries FROM gone
