-- Distinct patients behind each family of figures, per month and value of the breakdown's
-- dimension, and of all values together. Families: careledger.reports.suppressed.cells.FAMILIES.
-- An entry that was moved to another value counts there and no longer here.
WITH told AS (
    SELECT currency, business_date, patient_id, clinic_no, method, payer_type, category, provider,
        CASE kind
            WHEN 'payment' THEN 'payments'
            WHEN 'refund' THEN 'refunds'
            WHEN 'chargeback' THEN 'chargebacks'
            WHEN 'chargeback_reversal' THEN 'chargebacks'
            WHEN 'correction' THEN 'corrections'
            WHEN 'fee' THEN 'fees'
            WHEN 'charge' THEN 'charges'
            WHEN 'write_off' THEN 'write_offs'
            ELSE CASE reason
                WHEN 'correction' THEN 'charge_corrections'
                WHEN 'contractual' THEN 'contractual'
                ELSE 'other'
            END
        END AS family, 1 AS sign
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last
        AND kafka_offset < coalesce((:vector::bigint[])[kafka_partition + 1], 0)
        AND kind IN ('charge', 'adjustment', 'write_off', 'payment', 'correction', 'refund',
                     'chargeback', 'chargeback_reversal', 'fee')
    UNION ALL
    SELECT currency, business_date, patient_id, clinic_no, method, payer_type, category, provider,
        CASE
            WHEN effect = 'mirrored' AND kind IN ('charge', 'adjustment') THEN 'voids'
            WHEN kind = 'payment' THEN 'payments'
            WHEN kind = 'refund' THEN 'refunds'
            WHEN kind IN ('chargeback', 'chargeback_reversal') THEN 'chargebacks'
            WHEN kind = 'correction' THEN 'corrections'
            WHEN kind = 'fee' THEN 'fees'
            WHEN kind = 'charge' THEN 'charges'
            WHEN kind = 'write_off' THEN 'write_offs'
            WHEN reason = 'correction' THEN 'charge_corrections'
            WHEN reason = 'contractual' THEN 'contractual'
            ELSE 'other'
        END,
        CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last AND effective_on <= :as_of
        AND effect IN ('mirrored', 'dimension_out', 'dimension_in')
        AND kafka_offset < coalesce((:vector::bigint[])[kafka_partition + 1], 0)
), present AS (
    SELECT currency, date_trunc('month', business_date::timestamp)::date AS label, patient_id,
        CASE :breakdown
            WHEN 'clinic' THEN clinic_no::text
            WHEN 'method' THEN coalesce(method, 'unknown')
            WHEN 'payer_type' THEN coalesce(payer_type, 'unknown')
            WHEN 'category' THEN coalesce(category, 'unknown')
            WHEN 'provider' THEN coalesce(provider, 'unknown')
        END AS member, family
    FROM told
    GROUP BY currency, label, patient_id, member, family
    HAVING sum(sign) > 0
)
SELECT currency, label, member, family, count(*) AS patients
FROM present
WHERE member IS NOT NULL
GROUP BY currency, label, member, family
UNION ALL
SELECT currency, label, NULL, family, count(DISTINCT patient_id)
FROM present
GROUP BY currency, label, family
