-- Every leg that stands on, or has left, the credit of some payments, in the set.
WITH wanted AS MATERIALIZED (
    SELECT clinic_no, patient_id, payment_id
    FROM unnest(:wanted_clinics::integer[], :wanted_patients::text[], :wanted_payments::text[])
        AS w (clinic_no, patient_id, payment_id)
), part AS (
    SELECT l.clinic_no, l.invoice_id, l.business_date, l.business_date AS effective_on,
        l.kind::text AS kind, l.amount, false AS is_mirror, l.reason, l.payment_id, l.source,
        l.event_id, l.leg, l.kafka_partition, l.kafka_offset
    FROM wanted AS w
    JOIN ledger AS l ON l.clinic_no = w.clinic_no AND l.patient_id = w.patient_id
        AND l.payment_id = w.payment_id
    WHERE l.placement = 'credit' AND l.business_date <= :as_of::date
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
    UNION ALL
    SELECT m.clinic_no, m.invoice_id, m.business_date, m.effective_on, m.kind::text,
        CASE m.effect WHEN 'landed' THEN -m.amount ELSE m.amount END, false, m.reason,
        m.payment_id, m.source, m.event_id, m.leg, m.kafka_partition, m.kafka_offset
    FROM wanted AS w
    JOIN ledger_moves AS m ON m.clinic_no = w.clinic_no AND m.patient_id = w.patient_id
        AND m.payment_id = w.payment_id
    WHERE m.effect IN ('counted', 'landed') AND m.effective_on <= :as_of
        AND m.kafka_offset < (:vector)[m.kafka_partition + 1]
)
SELECT clinic_no, payment_id, max(invoice_id) AS invoice_id, business_date,
    max(effective_on) AS effective_on, kind, is_mirror, max(reason) AS reason, source, event_id, leg,
    max(kafka_partition) AS kafka_partition, max(kafka_offset) AS kafka_offset,
    NULL::text AS method, NULL::text AS payer_type, NULL::text AS provider, NULL::text AS category,
    sum(amount)::bigint AS amount
FROM part
GROUP BY clinic_no, payment_id, business_date, kind, is_mirror, source, event_id, leg
HAVING sum(amount) <> 0
ORDER BY clinic_no, payment_id, business_date, source, event_id, leg
