-- The next patients of whom anything is dated before the horizon, in the order of the index.
SELECT DISTINCT clinic_no, patient_id
FROM ledger
WHERE business_date < :horizon::date
    AND (clinic_no, patient_id) > (:after_clinic::integer, :after_patient::text COLLATE "C")
ORDER BY clinic_no, patient_id
LIMIT :patients_at_once
