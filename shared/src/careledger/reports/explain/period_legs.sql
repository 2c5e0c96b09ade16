-- Legs of a period figure, each on its own date and under the dimensions it has in the set: a leg
-- that moved from one combination to another is a row less in the one and a row more in the other.
, part AS (
    SELECT clinic_no, business_date, business_date AS effective_on, kind::text AS kind, amount, 1 AS sign,
        false AS is_mirror, reason, coalesce(method, 'unknown') AS method,
        coalesce(payer_type, 'unknown') AS payer_type, coalesce(provider, 'unknown') AS provider,
        coalesce(category, 'unknown') AS category, payment_id, invoice_id, source, event_id, leg,
        kafka_partition, kafka_offset
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = :currency::text
        AND business_date BETWEEN :first_day::date AND :last_day::date
        AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
        AND kind::text = ANY(:kinds)
    UNION ALL
    SELECT clinic_no, business_date, effective_on, kind::text, amount,
        CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END, effect = 'mirrored', reason,
        coalesce(method, 'unknown'), coalesce(payer_type, 'unknown'), coalesce(provider, 'unknown'),
        coalesce(category, 'unknown'), payment_id, invoice_id, source, event_id, leg,
        kafka_partition, kafka_offset
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND currency = :currency
        AND business_date BETWEEN :first_day AND :last_day
        AND effective_on BETWEEN :first_day AND :as_of::date
        AND kafka_offset < (:vector)[kafka_partition + 1]
        AND effect IN ('mirrored', 'dimension_out', 'dimension_in') AND kind::text = ANY(:kinds)
), chosen AS (
    SELECT p.*, c.weight * CASE WHEN :by_count::boolean THEN p.sign ELSE p.amount END AS contribution
    FROM part AS p
    JOIN counted AS c ON c.kind = p.kind AND c.is_mirror = p.is_mirror
        AND c.counted_group = CASE WHEN p.kind <> 'adjustment' THEN ''
            WHEN p.reason IN ('correction', 'contractual') THEN p.reason ELSE 'other' END
    WHERE (cardinality(:methods::text[]) = 0 OR p.method = ANY(:methods))
        AND (cardinality(:payer_types::text[]) = 0 OR p.payer_type = ANY(:payer_types))
        AND (cardinality(:categories::text[]) = 0 OR p.category = ANY(:categories))
        AND (cardinality(:providers::text[]) = 0 OR p.provider = ANY(:providers))
)
