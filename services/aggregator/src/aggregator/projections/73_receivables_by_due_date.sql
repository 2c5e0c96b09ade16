-- Open and overpaid balances per due date, moved by what changed in this batch, in the shard ($1) of
-- this writer.
INSERT INTO receivables_by_due_date AS r (
    shard, clinic_no, currency, due_on, payer_type, in_collections, amount, count, overpaid_amount,
    overpaid_count
)
SELECT $1, clinic_no, currency, due_on, payer_type, in_collections, sum(amount), sum(count),
    sum(overpaid_amount), sum(overpaid_count)
FROM (
    SELECT clinic_no, currency, due_on, payer_type, in_collections,
        sign * greatest(balance, 0) AS amount, sign * (balance > 0)::int AS count,
        sign * least(balance, 0) AS overpaid_amount, sign * (balance < 0)::int AS overpaid_count
    FROM receivable_changes
    WHERE installments IS NULL OR balance <= 0
    UNION ALL
    SELECT c.clinic_no, c.currency, s.due_on, c.payer_type, c.in_collections,
        c.sign * s.amount, CASE WHEN s.place = 1 THEN c.sign ELSE 0 END, 0, 0
    FROM receivable_changes AS c
    CROSS JOIN LATERAL installment_slices(c.balance, c.installments)
        WITH ORDINALITY AS s (due_on, amount, place)
    WHERE c.installments IS NOT NULL AND c.balance > 0
) AS slice
GROUP BY clinic_no, currency, due_on, payer_type, in_collections
HAVING sum(amount) <> 0 OR sum(count) <> 0 OR sum(overpaid_amount) <> 0 OR sum(overpaid_count) <> 0
ORDER BY clinic_no, currency, due_on, payer_type, in_collections
ON CONFLICT (clinic_no, currency, due_on, payer_type, in_collections, shard) DO UPDATE
SET amount = r.amount + excluded.amount,
    count = r.count + excluded.count,
    overpaid_amount = r.overpaid_amount + excluded.overpaid_amount,
    overpaid_count = r.overpaid_count + excluded.overpaid_count
