-- Of one patient's entries in the set, in the one order of the ledger: those of a stretch of whole
-- events, and all that bears on their payments and invoices. An invoice's balance needs every
-- payment that lands on it, and each of those payments all of its entries. Columns: as entries.sql.
-- IS TRUE keeps the lists hashed: a plan made for a few entries would go through them row by row.
WITH parents AS MATERIALIZED (
    SELECT DISTINCT payment_id, invoice_id
    FROM patient_payment_history
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
        AND business_date <= :as_of AND payment_id IS NOT NULL AND invoice_id IS NOT NULL
        AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
), invoices AS MATERIALIZED (
    SELECT unnest(:invoice_ids::text[]) AS invoice_id
    UNION
    SELECT invoice_id FROM parents
    WHERE (payment_id IN (SELECT unnest(:payment_ids::text[]))) IS TRUE
), payments AS MATERIALIZED (
    SELECT unnest(:payment_ids::text[]) AS payment_id
    UNION
    SELECT payment_id FROM parents
    WHERE (invoice_id IN (SELECT invoice_id FROM invoices)) IS TRUE
)
SELECT clinic_no, business_date, timestamptz_send(occurred_at) AS occurred_sent, source, event_id, leg, kind::text, amount, currency,
    payment_id, invoice_id, fact_id, method, payer_type, provider, category, reason, service_date,
    due_on, timestamptz_send(received_at) AS received_sent, installments
FROM patient_payment_history AS h
WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
    AND business_date <= :as_of
    AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
    AND (
        (payment_id IN (SELECT payment_id FROM payments)) IS TRUE
        OR (invoice_id IN (SELECT invoice_id FROM invoices)) IS TRUE
        OR (business_date, h.occurred_at, source, event_id)
            BETWEEN (:first_date::date, :first_instant::timestamptz, :first_source::text, :first_event::text)
            AND (:last_date::date, :last_instant::timestamptz, :last_source::text, :last_event::text)
    )
ORDER BY business_date, h.occurred_at, source, event_id, leg
