-- Patients whose balances are not those kept: records lie between the offsets kept and those asked.
WITH side (sign, vector) AS (VALUES (-1, :closed::bigint[]), (1, :vector::bigint[])),
anew AS MATERIALIZED (
    SELECT DISTINCT clinic_no, patient_id
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND business_date <= :last_day::date
        AND batch_no >= :first_batch
        AND kafka_offset >= least(coalesce((:closed)[kafka_partition + 1], 0),
            coalesce((:vector)[kafka_partition + 1], 0))
        AND kafka_offset < greatest(coalesce((:closed)[kafka_partition + 1], 0),
            coalesce((:vector)[kafka_partition + 1], 0))
)
