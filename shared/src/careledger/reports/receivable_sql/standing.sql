-- Receivables of the patients in `anew` as they stand: what a sum over everything must lose.
, receivable AS (
    SELECT clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM outstanding_payments
    WHERE (clinic_no, invoice_id) IN (
        SELECT l.clinic_no, l.invoice_id
        FROM anew
        JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
        WHERE l.kind = 'charge')
)
