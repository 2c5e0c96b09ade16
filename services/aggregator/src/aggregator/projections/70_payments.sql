-- Money into and out of each payment: what it returned, and what has not landed on an invoice.
UPDATE payments AS p
SET corrections = p.corrections + d.corrections,
    refunds = p.refunds + d.refunds,
    withdrawn = p.withdrawn + d.withdrawn,
    reinstated = p.reinstated + d.reinstated,
    credit = p.credit + d.credit
FROM (
    SELECT clinic_no, payment_id, patient_id, currency,
        coalesce(sum(amount) FILTER (WHERE counts AND kind = 'correction'), 0)::bigint AS corrections,
        coalesce(-sum(amount) FILTER (WHERE counts AND kind = 'refund'), 0)::bigint AS refunds,
        coalesce(-sum(amount) FILTER (WHERE counts AND kind = 'chargeback'), 0)::bigint AS withdrawn,
        coalesce(sum(amount) FILTER (WHERE counts AND kind = 'chargeback_reversal'), 0)::bigint
            AS reinstated,
        sum(credit)::bigint AS credit
    FROM (
        SELECT clinic_no, payment_id, patient_id, currency, kind, amount, true AS counts,
            CASE placement WHEN 'credit' THEN amount ELSE 0 END AS credit
        FROM placed
        WHERE (placement = 'credit' OR (placement = 'invoice' AND kind <> 'payment'))
            AND kind NOT IN ('charge', 'adjustment', 'write_off')
        UNION ALL
        SELECT clinic_no, payment_id, patient_id, currency, kind, amount, effect <> 'landed',
            CASE effect WHEN 'counted' THEN amount WHEN 'landed' THEN -amount ELSE 0 END
        FROM new_moves
        WHERE effect IN ('counted', 'landed', 'counted_and_landed')
    ) AS movement
    GROUP BY clinic_no, payment_id, patient_id, currency
) AS d
WHERE p.clinic_no = d.clinic_no AND p.payment_id = d.payment_id AND p.patient_id = d.patient_id
    AND p.currency = d.currency
