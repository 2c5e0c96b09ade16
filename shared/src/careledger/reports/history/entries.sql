-- One patient's entries in the set, in the one order of the ledger. Columns:
-- careledger.reports.history.entries.Entry.
SELECT clinic_no, business_date, occurred_at, source, event_id, leg, kind::text, amount, currency,
    payment_id, invoice_id, fact_id, method, payer_type, provider, category, reason, service_date,
    due_on, received_at, installments
FROM patient_payment_history
WHERE clinic_no = ANY($1::integer[]) AND patient_id = $4 AND business_date <= $2
    AND kafka_offset < ($3::bigint[])[kafka_partition + 1]
ORDER BY business_date, occurred_at, source, event_id, leg
