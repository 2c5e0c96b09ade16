-- The whole summary by due date from the sums per due date: a few hundred rows, however many
-- receivables there are. What other payers owe is left out.
WITH standing AS MATERIALIZED (
    SELECT currency, due_on, in_collections,
        cardinality(:payer_types::text[]) = 0 OR payer_type = ANY(:payer_types) AS is_chosen,
        whole_sum(amount) AS amount, whole_sum(count) AS count,
        whole_sum(overpaid_amount) AS overpaid_amount, whole_sum(overpaid_count) AS overpaid_count
    FROM receivables_by_due_date
    WHERE clinic_no = ANY(:clinic_nos::integer[])
        AND (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
    GROUP BY currency, due_on, in_collections, is_chosen
)
SELECT 'bucket' AS part, currency, width_bucket(:as_of::date - due_on, ARRAY[1, 31, 61, 91]) AS bucket,
    whole_sum(amount) AS amount, whole_sum(count) AS count, NULL AS payer_type
FROM standing
WHERE is_chosen
GROUP BY 2, 3
UNION ALL
SELECT CASE WHEN is_chosen THEN 'outstanding' ELSE 'left_out' END, currency, NULL,
    whole_sum(amount), whole_sum(count), NULL
FROM standing
GROUP BY 1, currency
UNION ALL
SELECT 'in_collections', currency, NULL, whole_sum(amount), whole_sum(count), NULL
FROM standing
WHERE in_collections AND is_chosen
GROUP BY currency
UNION ALL
SELECT CASE WHEN is_chosen THEN 'overpaid' ELSE 'overpaid_left_out' END, currency, NULL,
    -whole_sum(overpaid_amount), whole_sum(overpaid_count), NULL
FROM standing
GROUP BY 1, currency
