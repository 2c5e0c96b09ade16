-- Open balances by bucket (0 to 4), the total they must come to, what is in collections, and what is open
-- and not chosen.
, chosen AS MATERIALIZED (
    SELECT r.sign, r.currency, r.balance, r.in_collections, r.installments,
        CASE :basis::text
            WHEN 'due_date' THEN r.due_on
            WHEN 'service_date' THEN coalesce(r.service_date, r.issued_on)
            ELSE r.issued_on
        END AS basis_on
    FROM receivable AS r
    WHERE r.is_open AND /*conditions*/
), slice AS (
    SELECT currency, basis_on, sign * balance AS amount, sign AS receivables
    FROM chosen
    WHERE installments IS NULL OR :basis <> 'due_date'
    UNION ALL
    SELECT c.currency, s.due_on, c.sign * s.amount, CASE s.place WHEN 1 THEN c.sign ELSE 0 END
    FROM chosen AS c
    CROSS JOIN LATERAL installment_slices(c.balance, c.installments)
        WITH ORDINALITY AS s (due_on, amount, place)
    WHERE c.installments IS NOT NULL AND :basis = 'due_date'
)
SELECT 'bucket' AS part, currency, width_bucket(:as_of::date - basis_on, ARRAY[1, 31, 61, 91]) AS bucket,
    sum(amount)::bigint AS amount, sum(receivables)::bigint AS count, NULL AS payer_type
FROM slice
GROUP BY 2, 3
UNION ALL
SELECT 'outstanding', currency, NULL, sum(sign * balance)::bigint, sum(sign)::bigint, NULL
FROM chosen
GROUP BY currency
UNION ALL
SELECT 'in_collections', currency, NULL, sum(sign * balance)::bigint, sum(sign)::bigint, NULL
FROM chosen
WHERE in_collections
GROUP BY currency
UNION ALL
SELECT 'left_out', r.currency, NULL, sum(r.sign * r.balance)::bigint, sum(r.sign)::bigint, NULL
FROM receivable AS r
WHERE :is_chosen::boolean AND r.is_open AND NOT (/*conditions*/)
GROUP BY r.currency
