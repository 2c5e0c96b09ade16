SELECT 'overpaid' AS part, r.currency, NULL::integer AS bucket, -sum(r.balance)::bigint AS amount,
    count(*) AS count
FROM receivable AS r
WHERE r.balance < 0
    AND (cardinality(:currencies::text[]) = 0 OR r.currency = ANY(:currencies))
    AND (cardinality(:payer_types::text[]) = 0 OR r.payer_type = ANY(:payer_types))
GROUP BY r.currency
