-- Adjustments, write-offs and money landed, folded into each receivable they touch. The balance before
-- follows from the sums after, so that each receivable is looked up once.
WITH changed AS (
    UPDATE outstanding_payments AS o
    SET adjustments = o.adjustments + m.adjustments,
        written_off = o.written_off + m.written_off,
        landed = o.landed + m.landed,
        balance = receivable_balance(o.charge, o.adjustments + m.adjustments,
            o.written_off + m.written_off, o.landed + m.landed, o.voided_on IS NOT NULL),
        is_open = 0 < receivable_balance(o.charge, o.adjustments + m.adjustments,
            o.written_off + m.written_off, o.landed + m.landed, o.voided_on IS NOT NULL),
        due_on = CASE WHEN o.installments IS NULL THEN o.due_on
            ELSE receivable_due_on(
                receivable_balance(o.charge, o.adjustments + m.adjustments,
                    o.written_off + m.written_off, o.landed + m.landed, o.voided_on IS NOT NULL),
                o.due_on, o.installments) END
    FROM (
        SELECT clinic_no, invoice_id,
            coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0)::bigint AS adjustments,
            coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)::bigint AS written_off,
            coalesce(sum(amount) FILTER (WHERE kind NOT IN ('adjustment', 'write_off')), 0)::bigint
                AS landed
        FROM (
            SELECT clinic_no, invoice_id, kind, amount
            FROM placed
            WHERE placement = 'invoice' AND kind <> 'charge'
            UNION ALL
            SELECT clinic_no, invoice_id, kind, amount
            FROM new_moves
            WHERE effect IN ('landed', 'counted_and_landed', 'applied')
        ) AS movement
        GROUP BY clinic_no, invoice_id
    ) AS m
    WHERE o.clinic_no = m.clinic_no AND o.invoice_id = m.invoice_id
    RETURNING o.clinic_no, o.in_collections, o.currency, o.payer_type,
        o.installments, o.due_on, o.balance,
        receivable_balance(o.charge, o.adjustments - m.adjustments,
            o.written_off - m.written_off, o.landed - m.landed, o.voided_on IS NOT NULL)
            AS balance_before
)
INSERT INTO receivable_changes
SELECT CASE side.sign WHEN 1 THEN balance ELSE balance_before END, clinic_no,
    CASE WHEN side.sign = 1 OR installments IS NULL THEN due_on
        ELSE receivable_due_on(balance_before, due_on, installments) END,
    side.sign, in_collections, currency, payer_type, installments
FROM changed CROSS JOIN (VALUES (-1), (1)) AS side (sign)
WHERE balance <> balance_before
