UNION ALL
SELECT CASE WHEN cardinality(:payer_types::text[]) = 0 OR r.payer_type = ANY(:payer_types)
        THEN 'overpaid' ELSE 'overpaid_left_out' END, r.currency, NULL,
    sum(r.sign * -r.balance)::bigint, sum(r.sign)::bigint, NULL
FROM receivable AS r
WHERE r.balance < 0 AND (cardinality(:currencies::text[]) = 0 OR r.currency = ANY(:currencies))
GROUP BY 1, r.currency
UNION ALL
