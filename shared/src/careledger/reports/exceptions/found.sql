-- What does not fit together among the entries of those patients, and conflicts in quarantine.
-- Amounts as their events tell them. An entry of a payment that lands where the payment does is not
-- listed for that invoice again: the payment is.
, named AS (
    SELECT e.clinic_no, e.patient_id, e.business_date, e.occurred_at, e.source, e.event_id, e.kind,
        CASE WHEN e.kind IN ('refund', 'chargeback') THEN -e.amount ELSE e.amount END AS amount,
        e.currency, e.payment_id, e.invoice_id, p.payment_id IS NOT NULL AS has_payment,
        i.invoice_id IS NOT NULL AS has_invoice, e.payment_id IS NOT NULL AND e.kind <> 'payment'
            AS needs_payment,
        e.kind IN ('correction', 'refund', 'chargeback', 'chargeback_reversal')
            AND p.invoice_id = e.invoice_id AS follows_payment
    FROM entries AS e
    LEFT JOIN paid AS p ON p.clinic_no = e.clinic_no AND p.payment_id = e.payment_id
        AND p.patient_id = e.patient_id AND p.currency = e.currency
    LEFT JOIN issued AS i ON i.clinic_no = e.clinic_no AND i.invoice_id = e.invoice_id
        AND i.patient_id = e.patient_id AND i.currency = coalesce(e.currency, i.currency)
    WHERE e.kind NOT IN ('charge', 'fee', 'pending', 'failed', 'patient')
        AND NOT (e.kind = 'allocation' AND e.leg = 1)
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
        coalesce(sum(amount) FILTER (WHERE landed_on IS NULL), 0) AS credit,
        coalesce(sum(amount) FILTER (WHERE kind = 'allocation' AND leg = 2), 0) AS allocated
    FROM money
    GROUP BY clinic_no, patient_id, currency, payment_id
), found AS MATERIALIZED (
    SELECT CASE WHEN is_elsewhere THEN 'mismatch' ELSE 'orphan' END AS kind, parent, clinic_no,
        patient_id, payment_id, invoice_id, currency, amount, business_date, source, event_id,
        0::bigint AS place
    FROM unmet
    UNION ALL
    SELECT beyond.kind, NULL, h.clinic_no, h.patient_id, h.payment_id, NULL, h.currency,
        beyond.amount::bigint, p.business_date, p.source, p.event_id, 0
    FROM held AS h
    JOIN paid AS p ON p.clinic_no = h.clinic_no AND p.payment_id = h.payment_id
        AND p.patient_id = h.patient_id AND p.currency = h.currency
    CROSS JOIN LATERAL (VALUES
        ('deficit', -h.credit), ('over_returned', -h.net),
        ('over_allocated', h.allocated - h.received)
    ) AS beyond (kind, amount)
    WHERE beyond.amount > 0
    UNION ALL
    SELECT 'failed_after_success', NULL, f.clinic_no, f.patient_id, f.payment_id, f.invoice_id,
        f.currency, f.amount, f.business_date, f.source, f.event_id, 0
    FROM entries AS f
    JOIN paid AS p ON p.clinic_no = f.clinic_no AND p.payment_id = f.payment_id
        AND p.patient_id = f.patient_id AND p.currency = f.currency
    WHERE f.kind = 'failed' AND (f.business_date, f.occurred_at, f.source, f.event_id)
        > (p.business_date, p.occurred_at, p.source, p.event_id)
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
