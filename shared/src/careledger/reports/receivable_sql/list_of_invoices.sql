SELECT r.clinic_no, r.invoice_id, r.patient_id, r.currency, r.charge, r.adjustments, r.written_off,
    r.landed, r.balance, r.issued_on, r.service_date, r.due_on, r.voided_on, r.in_collections,
    r.is_open, r.payer_type, r.provider, r.category, r.installments
FROM recomputed AS r
WHERE (r.clinic_no, r.patient_id, r.invoice_id)
        IN (SELECT clinic_no, patient_id, invoice_id FROM wanted)
    AND /*open*/ AND /*conditions*/
ORDER BY r.invoice_id, r.clinic_no
LIMIT :rows
