-- The state of each invoice issued in this batch.
WITH issued AS (
    INSERT INTO outstanding_payments (
        kafka_offset, charge, balance, clinic_no, issued_on, service_date, due_on, kafka_partition,
        is_open, currency, payer_type, issued_payer_type, invoice_id, patient_id, provider, category,
        installments
    )
    SELECT kafka_offset, amount, amount, clinic_no, business_date, service_date,
        CASE WHEN installments IS NULL THEN due_on
            ELSE receivable_due_on(amount, due_on, installments) END, kafka_partition, amount > 0, currency, payer_type, payer_type, invoice_id, patient_id,
        provider, category, installments
    FROM incoming
    WHERE kind = 'charge'
    RETURNING balance, clinic_no, due_on, currency, payer_type, installments
)
INSERT INTO receivable_changes
SELECT balance, clinic_no, due_on, 1, false, currency, payer_type, installments
FROM issued
