-- Legs that moved receivables, each on the latest date of the facts it joins.
, part AS (
    SELECT clinic_no, business_date, business_date AS effective_on, kind::text AS kind, amount,
        false AS is_mirror, reason, payment_id, invoice_id, source, event_id, leg, kafka_partition,
        kafka_offset
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = :currency::text
        AND business_date BETWEEN :first_day::date AND :last_day::date AND placement = 'invoice'
        AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
        AND kind::text = ANY(:kinds)
    UNION ALL
    SELECT clinic_no, business_date, effective_on, kind::text, amount, effect = 'mirrored', reason,
        payment_id, invoice_id, source, event_id, leg, kafka_partition, kafka_offset
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND currency = :currency
        AND effective_on BETWEEN :first_day AND :last_day
        AND kafka_offset < (:vector)[kafka_partition + 1]
        AND effect IN ('landed', 'counted_and_landed', 'applied', 'mirrored')
        AND kind::text = ANY(:kinds)
), chosen AS (
    SELECT p.*, NULL::text AS method, NULL::text AS payer_type, NULL::text AS provider,
        NULL::text AS category, c.weight * p.amount AS contribution
    FROM part AS p
    JOIN counted AS c ON c.kind = p.kind AND c.is_mirror = p.is_mirror
        AND c.counted_group = CASE WHEN p.kind <> 'adjustment' THEN ''
            WHEN p.reason IN ('correction', 'contractual') THEN p.reason ELSE 'other' END
)
