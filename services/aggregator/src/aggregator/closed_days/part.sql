-- One part of all patients, told from the beginning.
WITH side (sign, vector) AS (VALUES (1, :vector::bigint[])),
anew AS MATERIALIZED (
    SELECT clinic_no, patient_id FROM closing_patients WHERE part = :part::bigint
)
