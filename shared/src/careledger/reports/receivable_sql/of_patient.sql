-- One patient in each clinic; everything is computed from the patient's own entries.
WITH anew AS MATERIALIZED (
    SELECT c.clinic_no, :patient_id::text COLLATE "C" AS patient_id
    FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
)
