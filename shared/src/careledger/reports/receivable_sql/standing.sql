-- The summary of what stands per due date: first by age, so that few rows are summed up more than once.
, aged AS MATERIALIZED (
    SELECT currency, width_bucket(:as_of::date - due_on, ARRAY[1, 31, 61, 91]) AS bucket,
        in_collections, is_chosen, is_of_payer, whole_sum(amount) AS amount,
        whole_sum(count) AS count, whole_sum(overpaid_amount) AS overpaid_amount,
        whole_sum(overpaid_count) AS overpaid_count
    FROM standing
    GROUP BY 1, 2, 3, 4, 5
)
SELECT 'bucket' AS part, currency, bucket, whole_sum(amount) AS amount, whole_sum(count) AS count,
    NULL AS payer_type
FROM aged
WHERE is_chosen
GROUP BY currency, bucket
UNION ALL
SELECT CASE WHEN is_chosen THEN 'outstanding' ELSE 'left_out' END, currency, NULL,
    whole_sum(amount), whole_sum(count), NULL
FROM aged
GROUP BY 1, currency
UNION ALL
SELECT 'in_collections', currency, NULL, whole_sum(amount), whole_sum(count), NULL
FROM aged
WHERE in_collections AND is_chosen
GROUP BY currency
UNION ALL
SELECT CASE WHEN is_of_payer THEN 'overpaid' ELSE 'overpaid_left_out' END, currency, NULL,
    -whole_sum(overpaid_amount), whole_sum(overpaid_count), NULL
FROM aged
GROUP BY 1, currency
