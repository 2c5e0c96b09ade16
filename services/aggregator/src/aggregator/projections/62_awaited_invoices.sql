-- Invoices that candidates turn out to be waiting for, now that their payment is known.
INSERT INTO awaited_parents (clinic_no, parent, parent_id, patient_id)
SELECT DISTINCT clinic_no, 'invoice'::parent_kind, target_invoice, patient_id
FROM candidates
WHERE target_invoice IS NOT NULL AND invoice_offset IS NULL
ORDER BY 1, 3, 4
ON CONFLICT DO NOTHING
