-- What the tables hold in the range and the question must not know: entries after the watermark,
-- and moves after it or effective after the as-of date. Columns as of daily_totals.sql.
WITH measured AS (
    SELECT clinic_no, currency, business_date, kind, amount, reason, 1 AS sign, false AS mirrored,
        method, payer_type, provider, category
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last
        AND batch_no >= :first_later_batch
        AND kafka_offset >= coalesce((:vector::bigint[])[kafka_partition + 1], 0)
        AND kind IN ('charge', 'adjustment', 'write_off', 'payment', 'correction', 'refund',
                     'chargeback', 'chargeback_reversal', 'fee')
    UNION ALL
    SELECT clinic_no, currency, business_date, kind, amount, reason,
        CASE effect WHEN 'dimension_out' THEN -1 WHEN 'dimension_in' THEN 1 ELSE 0 END,
        effect = 'mirrored', method, payer_type, provider, category
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last
        AND effect IN ('mirrored', 'dimension_out', 'dimension_in')
        AND (effective_on > :as_of OR (batch_no >= :first_later_batch
            AND kafka_offset >= coalesce((:vector::bigint[])[kafka_partition + 1], 0)))
)
SELECT currency, date_trunc(:granularity, business_date::timestamp)::date AS label,
    CASE :breakdown
        WHEN 'clinic' THEN clinic_no::text
        WHEN 'method' THEN coalesce(method, 'unknown')
        WHEN 'payer_type' THEN coalesce(payer_type, 'unknown')
        WHEN 'category' THEN coalesce(category, 'unknown')
        WHEN 'provider' THEN coalesce(provider, 'unknown')
    END AS member,
    coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0)::bigint,
    coalesce(sum(sign) FILTER (WHERE kind = 'payment'), 0)::bigint,
    coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0)::bigint,
    coalesce(sum(sign) FILTER (WHERE kind = 'refund'), 0)::bigint,
    coalesce(-sum(amount) FILTER (WHERE kind IN ('chargeback', 'chargeback_reversal')), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE kind = 'correction'), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0)::bigint,
    coalesce(sum(sign) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0)::bigint,
    coalesce(sum(amount) FILTER (
        WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'correction'), 0)::bigint,
    coalesce(-sum(amount) FILTER (
        WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'contractual'), 0)::bigint,
    coalesce(-sum(amount) FILTER (WHERE kind = 'adjustment' AND NOT mirrored
        AND reason NOT IN ('correction', 'contractual')), 0)::bigint,
    coalesce(-sum(amount) FILTER (WHERE kind IN ('charge', 'adjustment') AND mirrored), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)::bigint
FROM measured
WHERE (cardinality(:methods::text[]) = 0 OR coalesce(method, 'unknown') = ANY(:methods))
    AND (cardinality(:payer_types::text[]) = 0 OR coalesce(payer_type, 'unknown') = ANY(:payer_types))
    AND (cardinality(:categories::text[]) = 0 OR coalesce(category, 'unknown') = ANY(:categories))
    AND (cardinality(:providers::text[]) = 0 OR coalesce(provider, 'unknown') = ANY(:providers))
GROUP BY 1, 2, 3
