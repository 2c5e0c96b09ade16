-- Every receivable as it stands: the sums over all rows. Whoever reads it twice reads it by index twice.
WITH receivable AS NOT MATERIALIZED (
    SELECT 1 AS sign, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM outstanding_payments
    WHERE clinic_no = ANY(:clinic_nos::integer[])
)
