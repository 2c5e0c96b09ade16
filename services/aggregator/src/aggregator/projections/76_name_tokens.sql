-- The union of all name tokens a patient ever came with.
INSERT INTO patient_name_tokens (clinic_no, token, patient_id, key_id)
SELECT DISTINCT ON (clinic_no, token, patient_id) clinic_no, token, patient_id, key_id
FROM unnest($1::integer[], $2::bytea[], $3::text[], $4::text[])
    AS named (clinic_no, token, patient_id, key_id)
ORDER BY clinic_no, token, patient_id
ON CONFLICT DO NOTHING
