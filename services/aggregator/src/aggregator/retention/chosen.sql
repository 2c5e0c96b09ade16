-- The patients of a step; everything is judged from their own entries.
WITH RECURSIVE anew AS MATERIALIZED (
    SELECT clinic_no, patient_id
    FROM unnest(:clinics::integer[], :patients::text[]) AS a (clinic_no, patient_id)
)
