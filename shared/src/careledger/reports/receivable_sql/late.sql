-- Patients about whom something is recorded that the question must not know. Everything about them
-- is computed anew from their entries in the set.
WITH anew AS MATERIALIZED (
    SELECT clinic_no, patient_id
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND business_date > :as_of
    UNION
    SELECT clinic_no, patient_id
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos) AND batch_no >= :first_later_batch
        AND kafka_offset >= coalesce((:vector::bigint[])[kafka_partition + 1], 0)
)
