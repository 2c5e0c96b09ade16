-- Patients of the records between the offsets closed and those to be reached.
WITH side (sign, vector) AS (VALUES (-1, :closed::bigint[]), (1, :vector::bigint[])),
anew AS MATERIALIZED (
    SELECT DISTINCT clinic_no, patient_id
    FROM ledger
    WHERE batch_no >= :first_batch
        AND kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0)
        AND kafka_offset < coalesce((:vector)[kafka_partition + 1], 0)
)
