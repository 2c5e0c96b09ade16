-- Receivables of untouched patients as they stand, those of the others as recomputed.
, receivable AS (
    SELECT clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM outstanding_payments AS o
    WHERE clinic_no = ANY(:clinic_nos)
        AND NOT EXISTS (
            SELECT FROM anew
            WHERE anew.clinic_no = o.clinic_no AND anew.patient_id = o.patient_id)
    UNION ALL
    SELECT clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM recomputed
)
