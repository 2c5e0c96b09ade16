, held AS (
    SELECT currency, credit
    FROM payments
    WHERE credit <> 0 AND (clinic_no, payment_id) IN (
        SELECT l.clinic_no, l.payment_id
        FROM late
        JOIN ledger AS l ON l.clinic_no = late.clinic_no AND l.patient_id = late.patient_id
        WHERE l.kind = 'payment')
)
