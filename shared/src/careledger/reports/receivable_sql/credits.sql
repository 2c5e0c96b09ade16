SELECT CASE WHEN credit > 0 THEN 'unapplied_credits' ELSE 'deficits' END AS part, currency,
    NULL::integer AS bucket, sum(sign * abs(credit))::bigint AS amount, sum(sign)::bigint AS count
FROM held
WHERE credit <> 0 AND (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
GROUP BY 1, 2
