-- The state of each payment that succeeded in this batch; what lands is folded in by payments.sql.
INSERT INTO payments (
    kafka_offset, amount, received_at, clinic_no, business_date, kafka_partition, currency,
    payment_id, patient_id, method, payer_type, invoice_id
)
SELECT kafka_offset, amount, timestamptz 'epoch' + received_at * interval '1 microsecond', clinic_no,
    business_date, kafka_partition, currency, payment_id, patient_id,
    method, payer_type, invoice_id
FROM incoming
WHERE kind = 'payment'
