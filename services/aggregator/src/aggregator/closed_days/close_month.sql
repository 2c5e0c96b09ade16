-- The balances of a month end ($1): those of the one before ($2, if any) and the days since. What is in
-- the last bucket stays there on every later day, so it is kept as 91 days old.
WITH closed AS (
    INSERT INTO closed_month_ends (month_end) VALUES ($1)
)
INSERT INTO balance_month_ends (clinic_no, month_end, aged_on, basis, currency, payer_type,
    in_collections, amount, count, negative_amount, negative_count)
SELECT clinic_no, $1, greatest(aged_on, $1::date - 91), basis, currency, payer_type, in_collections,
    sum(amount), sum(count), sum(negative_amount), sum(negative_count)
FROM (
    SELECT clinic_no, aged_on, basis, currency, payer_type, in_collections, amount, count,
        negative_amount, negative_count
    FROM balance_month_ends
    WHERE month_end = $2
    UNION ALL
    SELECT clinic_no, aged_on, basis, currency, payer_type, in_collections, amount, count,
        negative_amount, negative_count
    FROM balance_days
    WHERE effective_on <= $1 AND effective_on > coalesce($2, '-infinity'::date)
) AS part
GROUP BY clinic_no, greatest(aged_on, $1::date - 91), basis, currency, payer_type, in_collections
HAVING (sum(amount), sum(count), sum(negative_amount), sum(negative_count)) <> (0, 0, 0, 0)
