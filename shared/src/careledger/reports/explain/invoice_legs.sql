-- Every leg that stands on some invoices, in the set. Only the patients' own entries can: each patient's
-- are read once (OFFSET 0 keeps the planner from reading them for every invoice), however many
-- invoices of the patient are wanted. What stands on an invoice as it was recorded is of no day before
-- the invoice's own: the months before it need not be looked into.
WITH wanted AS MATERIALIZED (
    SELECT clinic_no, patient_id, invoice_id, since
    FROM unnest(:wanted_clinics::integer[], :wanted_patients::text[], :wanted_invoices::text[],
        :wanted_since::date[]) AS w (clinic_no, patient_id, invoice_id, since)
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
            AND l.placement = 'invoice' AND l.business_date BETWEEN c.since AND :as_of::date
            AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
        OFFSET 0
    ) AS t
    UNION ALL
    SELECT t.*
    FROM concerned AS c
    CROSS JOIN LATERAL (
        SELECT m.clinic_no, m.patient_id, m.invoice_id, m.business_date, m.effective_on, m.kind::text,
            m.amount, m.effect = 'mirrored', m.reason, m.payment_id, m.source, m.event_id, m.leg,
            m.kafka_partition, m.kafka_offset
        FROM ledger_moves AS m
        WHERE m.clinic_no = c.clinic_no AND m.patient_id = c.patient_id
            AND m.effect IN ('landed', 'counted_and_landed', 'applied', 'mirrored')
            AND m.effective_on <= :as_of AND m.kafka_offset < (:vector)[m.kafka_partition + 1]
        OFFSET 0
    ) AS t
)
SELECT clinic_no, invoice_id, business_date, effective_on, kind, amount, is_mirror, reason, payment_id,
    source, event_id, leg, kafka_partition, kafka_offset, NULL::text AS method,
    NULL::text AS payer_type, NULL::text AS provider, NULL::text AS category
FROM part
WHERE (clinic_no, patient_id, invoice_id) IN (SELECT clinic_no, patient_id, invoice_id FROM wanted)
ORDER BY clinic_no, invoice_id, effective_on, source, event_id, leg, is_mirror
