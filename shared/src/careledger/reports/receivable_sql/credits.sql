SELECT CASE WHEN credit > 0 THEN 'unapplied_credits' ELSE 'deficits' END AS part, currency,
    width_bucket(:as_of::date - received_on, ARRAY[1, 31, 61, 91]) AS bucket,
    whole_sum(sign * abs(credit)) AS amount, whole_sum(sign) AS count,
    coalesce(payer_type, 'unknown') AS payer_type
FROM held
WHERE credit <> 0 AND (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
GROUP BY 1, 2, 3, 6
