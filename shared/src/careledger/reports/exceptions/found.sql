-- What does not fit together among the entries of those patients, and conflicts in quarantine.
-- Amounts as their events tell them. An entry of a payment that lands where the payment does is not
-- listed for that invoice again: the payment is.
, named AS (
    SELECT *, CASE WHEN kind IN ('refund', 'chargeback') THEN -amount ELSE amount END AS told,
        payment_id IS NOT NULL AND kind <> 'payment' AS needs_payment,
        kind IN ('correction', 'refund', 'chargeback', 'chargeback_reversal')
            AND payment_invoice = invoice_id AS follows_payment
    FROM placed
    WHERE kind NOT IN ('charge', 'fee', 'pending', 'failed', 'patient')
        AND NOT (kind = 'allocation' AND leg = 1)
), unmet AS (
    SELECT n.*, 'payment' AS parent, EXISTS (
        SELECT FROM payments AS q
        WHERE q.clinic_no = n.clinic_no AND q.payment_id = n.payment_id
            AND q.business_date <= :as_of
            AND q.kafka_offset < (:vector::bigint[])[q.kafka_partition + 1]
    ) AS is_elsewhere
    FROM named AS n
    WHERE needs_payment AND NOT has_payment
    UNION ALL
    SELECT n.*, 'invoice', EXISTS (
        SELECT FROM outstanding_payments AS o
        WHERE o.clinic_no = n.clinic_no AND o.invoice_id = n.invoice_id AND o.issued_on <= :as_of
            AND o.kafka_offset < (:vector::bigint[])[o.kafka_partition + 1]
    )
    FROM named AS n
    WHERE invoice_id IS NOT NULL AND NOT has_invoice AND follows_payment IS NOT TRUE
), held AS (
    SELECT clinic_no, patient_id, currency, payment_id,
        coalesce(sum(amount) FILTER (WHERE kind IN ('payment', 'correction')), 0) AS received,
        coalesce(sum(amount) FILTER (WHERE kind <> 'allocation'), 0) AS net,
        coalesce(sum(amount) FILTER (WHERE NOT has_invoice), 0) AS credit,
        coalesce(sum(amount) FILTER (WHERE kind = 'allocation' AND leg = 2), 0) AS allocated,
        max(business_date) FILTER (WHERE kind = 'payment') AS business_date,
        max(source) FILTER (WHERE kind = 'payment') AS source,
        max(event_id) FILTER (WHERE kind = 'payment') AS event_id
    FROM placed
    WHERE is_money AND has_payment
    GROUP BY clinic_no, patient_id, currency, payment_id
), attempts AS (
    SELECT *, bool_or(kind = 'payment') OVER (
        PARTITION BY clinic_no, patient_id, currency, payment_id
        ORDER BY business_date, occurred_at, source, event_id
    ) AS is_after_success
    FROM placed
    WHERE kind IN ('payment', 'failed')
), found AS MATERIALIZED (
    SELECT CASE WHEN is_elsewhere THEN 'mismatch' ELSE 'orphan' END AS kind, parent, clinic_no,
        patient_id, payment_id, invoice_id, currency, told AS amount, business_date, source, event_id,
        0::bigint AS place
    FROM unmet
    UNION ALL
    SELECT beyond.kind, NULL, h.clinic_no, h.patient_id, h.payment_id, NULL, h.currency,
        beyond.amount::bigint, h.business_date, h.source, h.event_id, 0
    FROM held AS h
    CROSS JOIN LATERAL (VALUES
        ('deficit', -h.credit), ('over_returned', -h.net),
        ('over_allocated', h.allocated - h.received)
    ) AS beyond (kind, amount)
    WHERE beyond.amount > 0
    UNION ALL
    SELECT 'failed_after_success', NULL, clinic_no, patient_id, payment_id, invoice_id, currency,
        amount, business_date, source, event_id, 0
    FROM attempts
    WHERE kind = 'failed' AND is_after_success
    UNION ALL
    SELECT 'conflict', NULL, c.clinic_no, q.fields ->> 'patient_id', q.fields ->> 'payment_id',
        q.fields ->> 'invoice_id', q.fields ->> 'currency', (q.fields ->> 'amount')::bigint,
        coalesce(q.fields ->> 'issued_on', q.fields ->> 'effective_on',
            q.fields ->> 'business_date')::date,
        q.source, q.event_id, q.quarantine_id
    FROM quarantine AS q
    JOIN clinics AS c ON c.clinic_id = q.fields ->> 'clinic_id'
    WHERE q.status = 'open' AND q.reason = 'conflict' AND q.topic = :topic
        AND c.clinic_no = ANY(:clinic_nos)
        AND q.kafka_offset < (:vector)[q.kafka_partition + 1]
), asked AS MATERIALIZED (
    SELECT *, ROW_NUMBER() OVER (
        ORDER BY kind, business_date NULLS FIRST, clinic_no, source, event_id, parent, payment_id,
            place
    ) AS number
    FROM found
    WHERE kind = ANY(:kinds) AND (business_date IS NULL OR business_date <= :as_of)
), page AS (
    SELECT *
    FROM asked
    WHERE number > :after_number::bigint
    ORDER BY number
    LIMIT :rows
)
SELECT number, kind, parent, clinic_no, patient_id, payment_id, invoice_id, currency, amount,
    business_date, source, event_id, NULL::bigint AS count
FROM page
UNION ALL
SELECT NULL, kind, parent, NULL, NULL, NULL, NULL, currency, coalesce(sum(amount), 0)::bigint, NULL,
    NULL, NULL, count(*)
FROM asked
GROUP BY kind, parent, currency
ORDER BY number NULLS LAST, kind, parent, currency
