, held AS (
    SELECT currency, coalesce(sum(amount) FILTER (WHERE NOT has_invoice), 0) AS credit
    FROM placed
    WHERE is_money AND has_payment
    GROUP BY clinic_no, patient_id, currency, payment_id
)
