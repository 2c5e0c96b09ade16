SELECT clinic_no, patient_id, payment_id, credit
FROM credit
WHERE sign(credit) = :sign::integer
    AND (:after_no::integer IS NULL OR (clinic_no, payment_id) > (:after_no, :after_id::text))
ORDER BY clinic_no, payment_id
LIMIT :rows
