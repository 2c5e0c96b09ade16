-- All entries of one patient in the set, or any few of them.
WITH told AS (
    SELECT *
    FROM patient_payment_history
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND patient_id = :patient_id
        AND business_date <= :as_of AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
    LIMIT :rows::bigint
)
