-- One patient's entries in the set. Columns: careledger.reports.history.entries.Entry. Instants as
-- they are sent: only those shown are read.
SELECT clinic_no, business_date, timestamptz_send(occurred_at) AS occurred_sent, source, event_id,
    leg, kind::text, amount, currency, payment_id, invoice_id, fact_id, method, payer_type,
    provider, category, reason, service_date, due_on,
    timestamptz_send(received_at) AS received_sent, installments
FROM patient_payment_history AS h
WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
    AND business_date BETWEEN :after_date::date AND :as_of
    AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
