-- The entries themselves, exactly once and for ever.
INSERT INTO ledger
SELECT batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind, placement,
    kafka_partition, leg, service_date, due_on, received_at, currency, source, event_id,
    patient_id, payment_id, invoice_id, fact_id, method, payer_type, provider, category, reason,
    installments
FROM placed
