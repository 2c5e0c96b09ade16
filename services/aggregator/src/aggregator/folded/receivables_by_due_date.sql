-- Open and overpaid balances per due date; at most $3 rows of
-- the shards $2 are folded into those of the shard $1.
WITH moved AS (
    DELETE FROM receivables_by_due_date WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM receivables_by_due_date
        WHERE shard > 0 AND shard > $1 AND shard = ANY ($2) LIMIT $3))
    RETURNING *
), folded AS (
    INSERT INTO receivables_by_due_date AS whole (
        shard, clinic_no, currency, due_on, payer_type, in_collections,
        amount, count, overpaid_amount, overpaid_count
    )
    SELECT $1, clinic_no, currency, due_on, payer_type, in_collections,
        whole_sum(amount), whole_sum(count), whole_sum(overpaid_amount),
        whole_sum(overpaid_count)
    FROM moved
    GROUP BY clinic_no, currency, due_on, payer_type, in_collections
    ORDER BY clinic_no, currency, due_on, payer_type, in_collections
    ON CONFLICT (
        shard, clinic_no, currency, due_on, payer_type, in_collections
    ) DO UPDATE SET
        amount = whole.amount + excluded.amount,
        count = whole.count + excluded.count,
        overpaid_amount = whole.overpaid_amount + excluded.overpaid_amount,
        overpaid_count = whole.overpaid_count + excluded.overpaid_count
)
SELECT count(*) FROM moved
