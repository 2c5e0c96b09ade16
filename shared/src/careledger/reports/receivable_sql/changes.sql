-- What a sum over everything must lose (sign -1) and gain to be the sum of the past.
, receivable AS (
    SELECT -1 AS sign, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM standing
    UNION ALL
    SELECT 1, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM restored
), touched_payments AS MATERIALIZED (
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
), held AS (
    SELECT side.sign, p.currency, p.payer_type, p.business_date AS received_on,
        CASE side.sign WHEN 1 THEN p.credit - t.credit ELSE p.credit END AS credit
    FROM touched_payments AS t
    JOIN payments AS p ON p.clinic_no = t.clinic_no AND p.payment_id = t.payment_id
    CROSS JOIN (VALUES (-1), (1)) AS side (sign)
    WHERE side.sign = -1 OR (
        p.business_date <= :as_of AND p.kafka_offset < (:vector)[p.kafka_partition + 1])
)
