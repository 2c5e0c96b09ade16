, receivable AS (
    SELECT clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM recomputed
)
