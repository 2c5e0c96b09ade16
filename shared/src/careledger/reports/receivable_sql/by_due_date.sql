-- The whole summary by due date from the sums per due date: a few hundred rows, however many
-- receivables there are.
WITH standing AS MATERIALIZED (
    SELECT currency, due_on, in_collections, sum(amount)::bigint AS amount,
        sum(count)::bigint AS count, sum(overpaid_amount)::bigint AS overpaid_amount,
        sum(overpaid_count)::bigint AS overpaid_count
    FROM receivables_by_due_date
    WHERE clinic_no = ANY(:clinic_nos::integer[])
        AND (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
        AND (cardinality(:payer_types::text[]) = 0 OR payer_type = ANY(:payer_types))
    GROUP BY currency, due_on, in_collections
)
SELECT 'bucket' AS part, currency, width_bucket(:as_of::date - due_on, ARRAY[1, 31, 61, 91]) AS bucket,
    sum(amount)::bigint AS amount, sum(count)::bigint AS count, NULL AS payer_type
FROM standing
GROUP BY 2, 3
UNION ALL
SELECT 'outstanding', currency, NULL, sum(amount)::bigint, sum(count)::bigint, NULL
FROM standing
GROUP BY currency
UNION ALL
SELECT 'in_collections', currency, NULL, sum(amount)::bigint, sum(count)::bigint, NULL
FROM standing
WHERE in_collections
GROUP BY currency
UNION ALL
SELECT 'overpaid', currency, NULL, -sum(overpaid_amount)::bigint, sum(overpaid_count)::bigint, NULL
FROM standing
GROUP BY currency
