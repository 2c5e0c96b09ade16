-- What a patient's entries in the set come to, of those before an event: rows of what, currency,
-- amount and count, where what is a kind of entry (as told) or a figure of
-- careledger.reports.history.totals. No join: whatever the planner expects of a patient, thousands
-- of payments are grouped, never held against each other.
WITH entries AS MATERIALIZED (
    SELECT clinic_no, currency, kind, payment_id, invoice_id, amount
    FROM patient_payment_history AS h
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
        AND business_date <= least(:as_of, :before_date::date)
        AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
        AND (business_date, h.occurred_at, source, event_id) < (:before_date,
            :before_instant::timestamptz, :before_source::text, :before_event::text)
), payments AS MATERIALIZED (
    -- Money that counts: of succeeded payments; and the invoice each of it is meant for.
    SELECT *
    FROM (
        SELECT clinic_no, currency, payment_id, kind, amount,
            bool_or(kind = 'payment') OVER of_payment AS counts,
            CASE WHEN invoice_id IS NULL OR kind = 'correction'
                THEN max(invoice_id) FILTER (WHERE kind = 'payment') OVER of_payment
                ELSE invoice_id END AS invoice_id
        FROM entries
        WHERE kind IN ('payment', 'correction', 'refund', 'chargeback', 'chargeback_reversal',
            'allocation')
        WINDOW of_payment AS (PARTITION BY clinic_no, currency, payment_id)
    ) AS told
    WHERE counts
), sums AS (
    SELECT clinic_no, currency, invoice_id, bool_or(kind = 'charge') AS is_issued,
        coalesce(whole_sum(amount) FILTER (WHERE kind = 'charge'), 0)
            + coalesce(whole_sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS asked,
        coalesce(whole_sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS adjustments,
        coalesce(whole_sum(amount) FILTER (WHERE kind = 'write_off'), 0) AS written_off,
        coalesce(whole_sum(amount)
            FILTER (WHERE kind NOT IN ('charge', 'adjustment', 'write_off')), 0) AS landed
    FROM (
        SELECT clinic_no, currency, invoice_id, kind, amount FROM entries
        WHERE kind IN ('charge', 'adjustment', 'write_off')
        UNION ALL
        SELECT clinic_no, currency, invoice_id, kind, amount FROM payments
    ) AS told
    GROUP BY clinic_no, currency, invoice_id
), invoices AS MATERIALIZED (
    SELECT currency, adjustments, asked, landed, is_void,
        CASE WHEN is_void THEN 0
            ELSE least(greatest(0, written_off), greatest(0, asked - landed)) END AS given_up
    FROM (
        SELECT *, ((clinic_no, invoice_id) IN (
            SELECT clinic_no, invoice_id FROM entries WHERE kind = 'void'
        )) IS TRUE AS is_void
        FROM sums
        WHERE is_issued
    ) AS issued
), balances AS (
    SELECT currency,
        CASE WHEN is_void THEN 0 ELSE asked - given_up END AS owed,
        CASE WHEN is_void THEN 0 ELSE asked - given_up END - landed AS balance,
        adjustments, given_up, CASE WHEN is_void THEN asked ELSE 0 END AS voided
    FROM invoices
), credits AS (
    -- What of a payment lands on no issued invoice.
    SELECT currency, whole_sum(amount) AS credit
    FROM payments
    WHERE ((clinic_no, currency, invoice_id) IN (
        SELECT clinic_no, currency, invoice_id FROM entries WHERE kind = 'charge'
    )) IS NOT TRUE
    GROUP BY clinic_no, currency, payment_id
)
SELECT kind::text AS what, currency, coalesce(whole_sum(amount), 0) AS amount, count(*) AS count
FROM entries
WHERE currency IS NOT NULL
GROUP BY kind, currency
UNION ALL
SELECT figure.what, currency, figure.amount, 0
FROM (
    SELECT currency, whole_sum(adjustments) AS adjustments, whole_sum(voided) AS voids,
        whole_sum(given_up) AS written_off, whole_sum(greatest(0, balance)) AS outstanding,
        whole_sum(greatest(0, -balance)) AS overpaid, whole_sum(owed) AS balance
    FROM balances
    GROUP BY currency
) AS of_currency
CROSS JOIN LATERAL (VALUES ('adjustments', adjustments), ('voids', voids),
    ('written_off', written_off), ('outstanding', outstanding), ('overpaid', overpaid),
    ('balance', balance)) AS figure (what, amount)
UNION ALL
SELECT figure.what, currency, figure.amount, 0
FROM (
    SELECT currency, whole_sum(greatest(0, credit)) AS unapplied,
        whole_sum(greatest(0, -credit)) AS deficits
    FROM credits
    GROUP BY currency
) AS of_currency
CROSS JOIN LATERAL (VALUES ('unapplied', unapplied), ('deficits', deficits))
    AS figure (what, amount)
UNION ALL
SELECT 'balance', currency, -whole_sum(amount), 0
FROM payments
WHERE kind <> 'allocation'
GROUP BY currency
