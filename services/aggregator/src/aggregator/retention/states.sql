-- Removes the states of the removed payments and invoices.
WITH payment AS (
    DELETE FROM payments AS p
    USING unnest(:payment_clinics::integer[], :payment_patients::text[], :payment_ids::text[])
        AS g (clinic_no, patient_id, id)
    WHERE p.clinic_no = g.clinic_no AND p.payment_id = g.id AND p.patient_id = g.patient_id
    RETURNING 1
), invoice AS (
    DELETE FROM outstanding_payments AS o
    USING unnest(:invoice_clinics::integer[], :invoice_patients::text[], :invoice_ids::text[])
        AS g (clinic_no, patient_id, id)
    WHERE o.clinic_no = g.clinic_no AND o.invoice_id = g.id AND o.patient_id = g.patient_id
    RETURNING 1
)
SELECT (SELECT count(*) FROM payment) + (SELECT count(*) FROM invoice) AS states
