-- Every receivable that is not settled.
INSERT INTO unsettled_receivables (clinic_no, issued_on, due_on, balance, in_collections, invoice_id,
    patient_id)
SELECT clinic_no, issued_on, due_on, balance, in_collections, invoice_id, patient_id
FROM outstanding_payments
WHERE balance <> 0
