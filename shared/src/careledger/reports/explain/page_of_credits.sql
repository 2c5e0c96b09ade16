SELECT clinic_no, patient_id, payment_id, business_date, credit
FROM credit
WHERE sign(credit) = :sign::integer
    AND (:after_no::integer IS NULL
        OR (clinic_no, business_date, payment_id) > (:after_no, :after_day::date, :after_id::text))
ORDER BY clinic_no, business_date, payment_id
LIMIT :rows
