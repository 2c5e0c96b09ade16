-- Patients among whose entries something may not fit: those who wait for a parent, whose payments
-- gave more than they had, or whose payment failed; and all about whom something came later.
WITH later AS MATERIALIZED (
    SELECT clinic_no, patient_id
    FROM ledger
    WHERE :has_later::boolean AND clinic_no = ANY(:clinic_nos::integer[]) AND business_date > :as_of
    UNION
    SELECT clinic_no, patient_id
    FROM ledger
    WHERE :has_later AND clinic_no = ANY(:clinic_nos) AND batch_no >= :first_later_batch
        AND kafka_offset >= coalesce((:vector::bigint[])[kafka_partition + 1], 0)
), deficit_day AS MATERIALIZED (
    -- Of credits the index tells all but whose they are: the table is read where one is below zero.
    SELECT DISTINCT clinic_no, currency, business_date
    FROM payments
    WHERE clinic_no = ANY(:clinic_nos) AND credit <> 0 AND credit < 0
        AND 'deficit' = ANY(:kinds::text[])
)
SELECT clinic_no, patient_id FROM later
UNION
SELECT clinic_no, patient_id
FROM awaited_parents
WHERE clinic_no = ANY(:clinic_nos) AND :kinds && ARRAY['orphan', 'mismatch']
UNION
SELECT p.clinic_no, p.patient_id
FROM deficit_day AS d
CROSS JOIN LATERAL (
    SELECT clinic_no, patient_id
    FROM payments
    WHERE clinic_no = d.clinic_no AND currency = d.currency AND business_date = d.business_date
        AND credit <> 0 AND credit < 0
    OFFSET 0
) AS p
UNION
SELECT clinic_no, patient_id
FROM payments
WHERE clinic_no = ANY(:clinic_nos) AND 'over_returned' = ANY(:kinds)
    AND amount + corrections - refunds - withdrawn + reinstated < 0
UNION
SELECT p.clinic_no, p.patient_id
FROM (
    SELECT clinic_no, patient_id, currency, payment_id, sum(amount) AS allocated
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos) AND kind = 'allocation' AND leg = 2
        AND 'over_allocated' = ANY(:kinds)
    GROUP BY clinic_no, patient_id, currency, payment_id
) AS a
JOIN payments AS p ON p.clinic_no = a.clinic_no AND p.payment_id = a.payment_id
    AND p.patient_id = a.patient_id AND p.currency = a.currency
WHERE a.allocated > p.amount + p.corrections
UNION
SELECT l.clinic_no, l.patient_id
FROM ledger AS l
CROSS JOIN LATERAL (
    SELECT
    FROM payments
    WHERE clinic_no = l.clinic_no AND payment_id = l.payment_id AND patient_id = l.patient_id
        AND currency = l.currency
    OFFSET 0
) AS p
WHERE l.clinic_no = ANY(:clinic_nos) AND l.kind = 'failed' AND 'failed_after_success' = ANY(:kinds)

