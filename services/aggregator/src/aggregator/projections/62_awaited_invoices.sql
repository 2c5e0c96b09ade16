-- Invoices that candidates turn out to be waiting for, now that their payment is known; and payments
-- they wait for still, because the one of that name that came is in another currency.
INSERT INTO awaited_parents (clinic_no, parent, parent_id, patient_id)
SELECT clinic_no, 'invoice'::parent_kind, target_invoice, patient_id
FROM candidates
WHERE target_invoice IS NOT NULL AND invoice_offset IS NULL
UNION
SELECT clinic_no, 'payment', payment_id, patient_id
FROM candidates
WHERE needs_payment AND payment_offset IS NULL
ORDER BY 1, 2, 3, 4
ON CONFLICT DO NOTHING
