-- The legs of a figure, summed from the sums per day; of a past day without what came into effect later.
, part AS (
    SELECT kind, counted_group, is_mirror, amount, count
    FROM leg_sums
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND part = :part::text
        AND value = ANY(:values::text[]) AND currency = :currency::text
        AND kind = ANY(:kinds::text[]) AND day BETWEEN :first_day::date AND :last_day::date
    UNION ALL
    SELECT kind, counted_group, is_mirror, amount, count
    FROM leg_change
    WHERE clinic_no = ANY(:clinic_nos) AND part = :part AND value = ANY(:values)
        AND currency = :currency AND kind = ANY(:kinds) AND day BETWEEN :first_day AND :last_day
    UNION ALL
    SELECT kind::text, CASE WHEN kind <> 'adjustment' THEN ''
            WHEN reason IN ('correction', 'contractual') THEN reason ELSE 'other' END,
        effect = 'mirrored', -amount, CASE effect WHEN 'dimension_out' THEN 1 ELSE -1 END
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND :part <> 'flow' AND effective_on > :as_of::date
        AND business_date BETWEEN :first_day AND :last_day AND currency = :currency
        AND effect IN ('mirrored', 'dimension_out', 'dimension_in') AND kind::text = ANY(:kinds)
        AND kafka_offset < coalesce((:vector::bigint[])[kafka_partition + 1], 0)
        AND CASE :part WHEN 'all' THEN '' WHEN 'method' THEN coalesce(method, 'unknown')
            WHEN 'payer_type' THEN coalesce(payer_type, 'unknown')
            WHEN 'provider' THEN coalesce(provider, 'unknown')
            ELSE coalesce(category, 'unknown') END = ANY(:values)
)
SELECT coalesce(sum(c.weight * CASE WHEN :by_count::boolean THEN p.count ELSE p.amount END), 0)::bigint
    AS sum
FROM part AS p
JOIN unnest(:kinds, :groups::text[], :mirrors::boolean[], :weights::integer[])
    AS c (kind, counted_group, is_mirror, weight)
    ON c.kind = p.kind AND c.counted_group = p.counted_group AND c.is_mirror = p.is_mirror
