-- Payments with a credit in the set, and how much: what they hold now less what came later.
, touched_payment AS MATERIALIZED (
    SELECT clinic_no, payment_id, sum(credit)::bigint AS credit
    FROM (
        SELECT clinic_no, payment_id, CASE placement WHEN 'credit' THEN amount ELSE 0 END AS credit
        FROM later
        WHERE placement = 'credit' OR kind = 'payment'
        UNION ALL
        SELECT clinic_no, payment_id, CASE effect WHEN 'counted' THEN amount ELSE -amount END
        FROM moved_later
        WHERE effect IN ('counted', 'landed')
    ) AS change
    GROUP BY clinic_no, payment_id
), credit AS (
    SELECT p.clinic_no, p.patient_id, p.payment_id, p.business_date, p.credit
    FROM payments AS p
    WHERE p.clinic_no = ANY(:clinic_nos) AND p.credit <> 0 AND p.currency = :currency::text
        AND NOT EXISTS (
            SELECT FROM touched_payment AS t
            WHERE t.clinic_no = p.clinic_no AND t.payment_id = p.payment_id)
    UNION ALL
    SELECT p.clinic_no, p.patient_id, p.payment_id, p.business_date, p.credit - t.credit
    FROM touched_payment AS t
    JOIN payments AS p ON p.clinic_no = t.clinic_no AND p.payment_id = t.payment_id
    WHERE p.currency = :currency AND p.business_date <= :as_of
        AND p.kafka_offset < (:vector)[p.kafka_partition + 1]
)
