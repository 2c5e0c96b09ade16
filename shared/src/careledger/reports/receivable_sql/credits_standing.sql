, held AS (
    SELECT currency, credit
    FROM payments
    WHERE credit <> 0 AND (clinic_no, payment_id) IN (
        SELECT l.clinic_no, l.payment_id
        FROM anew
        JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
        WHERE l.kind = 'payment')
)
