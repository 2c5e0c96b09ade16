-- Untouched receivables as they stand, the others as restored.
, receivable AS (
    SELECT 1 AS sign, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM outstanding_payments AS o
    WHERE clinic_no = ANY(:clinic_nos)
        AND NOT EXISTS (
            SELECT FROM touched AS t
            WHERE t.clinic_no = o.clinic_no AND t.invoice_id = o.invoice_id)
    UNION ALL
    SELECT 1, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM restored
)
