-- Every leg that stands on, or has left, the credit of some payments, in the set; each patient's entries
-- are read once (OFFSET 0), however many payments of the patient are wanted. None is of a day before the
-- payment's own.
WITH wanted AS MATERIALIZED (
    SELECT clinic_no, patient_id, payment_id, since
    FROM unnest(:wanted_clinics::integer[], :wanted_patients::text[], :wanted_payments::text[],
        :wanted_since::date[]) AS w (clinic_no, patient_id, payment_id, since)
), concerned AS MATERIALIZED (
    SELECT clinic_no, patient_id, min(since) AS since
    FROM wanted
    GROUP BY clinic_no, patient_id
), part AS (
    SELECT t.*
    FROM concerned AS c
    CROSS JOIN LATERAL (
        SELECT l.clinic_no, l.patient_id, l.invoice_id, l.business_date, l.business_date AS effective_on,
            l.kind::text AS kind, l.amount, false AS is_mirror, l.reason, l.payment_id, l.source,
            l.event_id, l.leg, l.kafka_partition, l.kafka_offset
        FROM ledger AS l
        WHERE l.clinic_no = c.clinic_no AND l.patient_id = c.patient_id
            AND l.placement = 'credit' AND l.business_date BETWEEN c.since AND :as_of::date
            AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
        OFFSET 0
    ) AS t
    UNION ALL
    SELECT t.*
    FROM concerned AS c
    CROSS JOIN LATERAL (
        SELECT m.clinic_no, m.patient_id, m.invoice_id, m.business_date, m.effective_on, m.kind::text,
            CASE m.effect WHEN 'landed' THEN -m.amount ELSE m.amount END, false, m.reason,
            m.payment_id, m.source, m.event_id, m.leg, m.kafka_partition, m.kafka_offset
        FROM ledger_moves AS m
        WHERE m.clinic_no = c.clinic_no AND m.patient_id = c.patient_id
            AND m.effect IN ('counted', 'landed') AND m.effective_on <= :as_of
            AND m.kafka_offset < (:vector)[m.kafka_partition + 1]
        OFFSET 0
    ) AS t
)
SELECT clinic_no, payment_id, max(invoice_id) AS invoice_id, business_date,
    max(effective_on) AS effective_on, kind, is_mirror, max(reason) AS reason, source, event_id, leg,
    max(kafka_partition) AS kafka_partition, max(kafka_offset) AS kafka_offset,
    NULL::text AS method, NULL::text AS payer_type, NULL::text AS provider, NULL::text AS category,
    sum(amount)::bigint AS amount
FROM part
WHERE (clinic_no, patient_id, payment_id) IN (SELECT clinic_no, patient_id, payment_id FROM wanted)
GROUP BY clinic_no, payment_id, business_date, kind, is_mirror, source, event_id, leg
HAVING sum(amount) <> 0
ORDER BY clinic_no, payment_id, business_date, source, event_id, leg
