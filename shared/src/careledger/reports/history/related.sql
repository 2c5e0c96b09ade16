-- What bears on some payments and invoices of one patient: an invoice's balance needs every payment
-- that lands on it, and each of those payments all of its entries. Here and below, IS TRUE keeps
-- the lists hashed; a plan made for a few entries would go through them row by row.
WITH met AS MATERIALIZED (
    SELECT payment_id, invoice_id
    FROM patient_payment_history
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
        AND business_date <= :as_of AND payment_id IS NOT NULL AND invoice_id IS NOT NULL
        AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
), invoices AS MATERIALIZED (
    SELECT unnest(:invoice_ids::text[]) AS invoice_id
    UNION
    SELECT invoice_id FROM met WHERE (payment_id IN (SELECT unnest(:payment_ids::text[]))) IS TRUE
), payments AS MATERIALIZED (
    SELECT unnest(:payment_ids::text[]) AS payment_id
    UNION
    SELECT payment_id FROM met WHERE (invoice_id IN (SELECT invoice_id FROM invoices)) IS TRUE
), told AS (
    -- Those of the parents, and a stretch of whole events.
    SELECT *
    FROM patient_payment_history
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
        AND business_date <= :as_of AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
        AND (
            (payment_id IN (SELECT payment_id FROM payments)) IS TRUE
            OR (invoice_id IN (SELECT invoice_id FROM invoices)) IS TRUE
            OR (business_date, occurred_at, source, event_id) BETWEEN
                (:first_date::date, :first_instant::timestamptz, :first_source::text,
                    :first_event::text)
                AND (:last_date::date, :last_instant::timestamptz, :last_source::text,
                    :last_event::text)
        )
)
