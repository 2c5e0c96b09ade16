-- Adjustments, write-offs and money landed, folded into each receivable they touch.
WITH changed AS (
    UPDATE outstanding_payments AS o
    SET adjustments = o.adjustments + d.adjustments,
        written_off = o.written_off + d.written_off,
        landed = o.landed + d.landed,
        balance = d.balance,
        is_open = d.balance > 0,
        due_on = CASE WHEN o.installments IS NULL THEN o.due_on
            ELSE receivable_due_on(d.balance, o.due_on, o.installments) END
    FROM (
        SELECT r.clinic_no, r.invoice_id, m.adjustments, m.written_off, m.landed,
            r.balance AS balance_before, r.due_on AS due_before, receivable_balance(
                r.charge, r.adjustments + m.adjustments, r.written_off + m.written_off,
                r.landed + m.landed, r.voided_on IS NOT NULL
            ) AS balance
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
        JOIN outstanding_payments AS r ON r.clinic_no = m.clinic_no AND r.invoice_id = m.invoice_id
    ) AS d
    WHERE o.clinic_no = d.clinic_no AND o.invoice_id = d.invoice_id
    RETURNING o.clinic_no, o.kafka_partition, o.in_collections, o.currency, o.payer_type,
        o.installments, o.balance, o.due_on, d.balance_before, d.due_before
)
INSERT INTO receivable_changes
SELECT CASE side.sign WHEN 1 THEN balance ELSE balance_before END, clinic_no,
    CASE side.sign WHEN 1 THEN due_on ELSE due_before END, side.sign, kafka_partition,
    in_collections, currency, payer_type, installments
FROM changed CROSS JOIN (VALUES (-1), (1)) AS side (sign)
WHERE balance <> balance_before
