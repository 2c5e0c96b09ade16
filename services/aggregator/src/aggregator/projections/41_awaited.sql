-- Parents that entries of this batch name and that are not known yet.
INSERT INTO awaited_parents (clinic_no, parent, parent_id, patient_id)
SELECT clinic_no, 'payment'::parent_kind, of_payment, patient_id FROM placed WHERE awaits_payment
UNION
SELECT clinic_no, 'invoice', target_invoice, patient_id FROM placed WHERE awaits_invoice
ORDER BY 1, 2, 3, 4
ON CONFLICT DO NOTHING
