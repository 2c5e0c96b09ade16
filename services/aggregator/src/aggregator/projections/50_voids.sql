-- Voids whose invoice is known: from here on only what landed counts on it.
WITH voids AS (
    SELECT clinic_no, invoice_id, patient_id, business_date, kafka_offset
    FROM placed
    WHERE kind = 'void' AND NOT awaits_invoice
    UNION ALL
    SELECT l.clinic_no, l.invoice_id, l.patient_id, l.business_date, l.kafka_offset
    FROM arrivals AS a
    JOIN ledger AS l ON l.clinic_no = a.clinic_no AND l.patient_id = a.patient_id
        AND l.invoice_id = a.parent_id AND l.kind = 'void'
    WHERE a.parent = 'invoice'
), voided AS (
    UPDATE outstanding_payments AS o
    SET voided_on = v.business_date, void_offset = v.kafka_offset, balance = -o.landed,
        is_open = o.landed < 0,
        due_on = receivable_due_on(-o.landed, o.due_on, o.installments)
    FROM (SELECT DISTINCT * FROM voids) AS v
    JOIN outstanding_payments AS b USING (clinic_no, invoice_id)
    WHERE o.clinic_no = v.clinic_no AND o.invoice_id = v.invoice_id
        AND o.patient_id = v.patient_id AND o.voided_on IS NULL
    RETURNING o.*, b.due_on AS due_before
)
INSERT INTO receivable_changes
SELECT CASE side.sign
        WHEN 1 THEN balance
        ELSE receivable_balance(charge, adjustments, written_off, landed, false)
    END,
    clinic_no, CASE side.sign WHEN 1 THEN due_on ELSE due_before END, side.sign, in_collections, currency, payer_type, installments
FROM voided CROSS JOIN (VALUES (-1), (1)) AS side (sign)
