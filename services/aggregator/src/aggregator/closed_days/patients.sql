-- Every patient of the records to be closed, in parts of about so many entries.
INSERT INTO closing_patients (clinic_no, patient_id, part)
SELECT clinic_no, patient_id,
    (sum(entries) OVER (ORDER BY clinic_no, patient_id) - entries)::bigint / :entries::bigint
FROM (
    SELECT clinic_no, patient_id, count(*) AS entries
    FROM ledger
    WHERE kafka_offset < (:vector::bigint[])[kafka_partition + 1]
    GROUP BY clinic_no, patient_id
) AS told
