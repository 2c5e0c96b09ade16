-- Every leg that stands on some invoices, in the set. Only the patients' own entries can.
WITH wanted AS MATERIALIZED (
    SELECT clinic_no, patient_id, invoice_id
    FROM unnest(:wanted_clinics::integer[], :wanted_patients::text[], :wanted_invoices::text[])
        AS w (clinic_no, patient_id, invoice_id)
), part AS (
    SELECT l.clinic_no, l.invoice_id, l.business_date, l.business_date AS effective_on,
        l.kind::text AS kind, l.amount, false AS is_mirror, l.reason, l.payment_id, l.source,
        l.event_id, l.leg, l.kafka_partition, l.kafka_offset
    FROM wanted AS w
    JOIN ledger AS l ON l.clinic_no = w.clinic_no AND l.patient_id = w.patient_id
        AND l.invoice_id = w.invoice_id
    WHERE l.placement = 'invoice' AND l.business_date <= :as_of::date
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
    UNION ALL
    SELECT m.clinic_no, m.invoice_id, m.business_date, m.effective_on, m.kind::text, m.amount,
        m.effect = 'mirrored', m.reason, m.payment_id, m.source, m.event_id, m.leg,
        m.kafka_partition, m.kafka_offset
    FROM wanted AS w
    JOIN ledger_moves AS m ON m.clinic_no = w.clinic_no AND m.patient_id = w.patient_id
        AND m.invoice_id = w.invoice_id
    WHERE m.effect IN ('landed', 'counted_and_landed', 'applied', 'mirrored')
        AND m.effective_on <= :as_of AND m.kafka_offset < (:vector)[m.kafka_partition + 1]
)
SELECT *, NULL::text AS method, NULL::text AS payer_type, NULL::text AS provider,
    NULL::text AS category
FROM part
ORDER BY clinic_no, invoice_id, effective_on, source, event_id, leg, is_mirror
