, held AS (
    SELECT currency, sum(amount) FILTER (WHERE landed_on IS NULL) AS credit
    FROM money
    GROUP BY clinic_no, patient_id, currency, payment_id
)
