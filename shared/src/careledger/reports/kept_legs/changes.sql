-- By how much the legs recorded between two vectors of offsets change the sums per day: those of the
-- second and not of the first add to them, the others take off. /*clinics*/ may narrow them.
WITH told AS (
    SELECT clinic_no, business_date AS own_on, business_date AS flow_on, currency, kind, reason,
        false AS is_mirror, kind <> 'allocation' AS is_own, placement = 'invoice' AS is_flow, amount,
        1 AS legs, method, payer_type, provider, category, kafka_partition, kafka_offset
    FROM ledger
    WHERE /*clinics*/ batch_no >= :first_batch::bigint
        AND kafka_offset >= least(coalesce((:closed::bigint[])[kafka_partition + 1], 0),
            coalesce((:vector::bigint[])[kafka_partition + 1], 0))
        AND kafka_offset < greatest(coalesce((:closed)[kafka_partition + 1], 0),
            coalesce((:vector)[kafka_partition + 1], 0))
        AND kind IN ('charge', 'adjustment', 'write_off', 'payment', 'correction', 'refund',
            'chargeback', 'chargeback_reversal', 'fee', 'allocation')
    UNION ALL
    SELECT clinic_no, business_date, effective_on, currency, kind, reason, effect = 'mirrored',
        kind <> 'allocation' AND effect IN ('mirrored', 'dimension_out', 'dimension_in'),
        effect IN ('landed', 'counted_and_landed', 'applied', 'mirrored'), amount,
        CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END, method, payer_type, provider, category,
        kafka_partition, kafka_offset
    FROM ledger_moves
    WHERE /*clinics*/ batch_no >= :first_batch
        AND kafka_offset >= least(coalesce((:closed)[kafka_partition + 1], 0),
            coalesce((:vector)[kafka_partition + 1], 0))
        AND kafka_offset < greatest(coalesce((:closed)[kafka_partition + 1], 0),
            coalesce((:vector)[kafka_partition + 1], 0))
        AND effect <> 'counted'
), summed AS (
    SELECT clinic_no, own_on, flow_on, currency, kind::text AS kind,
        CASE WHEN kind <> 'adjustment' THEN ''
            WHEN reason IN ('correction', 'contractual') THEN reason ELSE 'other' END AS counted_group,
        is_mirror, is_own, is_flow, coalesce(method, 'unknown') AS method,
        coalesce(payer_type, 'unknown') AS payer_type, coalesce(provider, 'unknown') AS provider,
        coalesce(category, 'unknown') AS category,
        sum(CASE WHEN kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0) THEN amount
            ELSE -amount END)::bigint AS amount,
        sum(CASE WHEN kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0) THEN legs
            ELSE -legs END)::bigint AS count
    FROM told
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
), leg_change AS (
    SELECT s.clinic_no, p.day, s.currency, p.part, p.value, s.kind, s.counted_group, s.is_mirror,
        sum(s.amount)::bigint AS amount, sum(s.count)::bigint AS count
    FROM summed AS s
    CROSS JOIN LATERAL (VALUES
        ('all', '', s.own_on, s.is_own), ('flow', '', s.flow_on, s.is_flow),
        ('method', s.method, s.own_on, s.is_own), ('payer_type', s.payer_type, s.own_on, s.is_own),
        ('provider', s.provider, s.own_on, s.is_own), ('category', s.category, s.own_on, s.is_own)
    ) AS p (part, value, day, counts)
    WHERE p.counts
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    HAVING (sum(s.amount), sum(s.count)) <> (0, 0)
)
