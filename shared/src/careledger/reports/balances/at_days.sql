-- Balances at the end of each day, by the age they have on it: the month end before, and the days since.
, asked AS MATERIALIZED (
    -- Row-level security lets a bare column be looked up by index, and no COALESCE.
    SELECT d.day, coalesce((SELECT max(month_end) FROM closed_month_ends WHERE month_end <= d.day),
        '-infinity') AS month_end
    FROM unnest(:days::date[]) AS d (day)
), part AS (
    SELECT a.day, b.basis, b.currency, b.aged_on, b.payer_type, b.in_collections, b.amount, b.count,
        b.negative_amount, b.negative_count
    FROM asked AS a
    JOIN balance_month_ends AS b ON b.month_end = a.month_end
    WHERE b.clinic_no = ANY(:clinic_nos::integer[]) AND b.basis = ANY(:bases::text[])
    UNION ALL
    SELECT a.day, b.basis, b.currency, b.aged_on, b.payer_type, b.in_collections, b.amount, b.count,
        b.negative_amount, b.negative_count
    FROM asked AS a
    JOIN balance_days AS b ON b.effective_on <= a.day
        AND b.effective_on > a.month_end
    WHERE b.clinic_no = ANY(:clinic_nos) AND b.basis = ANY(:bases)
    UNION ALL
    SELECT a.day, b.basis, b.currency, b.aged_on, b.payer_type, b.in_collections, b.amount, b.count,
        b.negative_amount, b.negative_count
    FROM asked AS a
    JOIN balance_change AS b ON b.effective_on <= a.day
    WHERE b.clinic_no = ANY(:clinic_nos) AND b.basis = ANY(:bases)
)
SELECT day, basis, currency, width_bucket(day - aged_on, ARRAY[1, 31, 61, 91]) AS bucket,
    in_collections, CASE basis WHEN 'received_on' THEN payer_type END AS payer_type,
    whole_sum(amount) AS amount, whole_sum(count) AS count,
    whole_sum(negative_amount) AS negative_amount, whole_sum(negative_count) AS negative_count
FROM part
WHERE (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
    AND (cardinality(:payer_types::text[]) = 0 OR basis = 'received_on'
        OR payer_type = ANY(:payer_types))
GROUP BY 1, 2, 3, 4, 5, 6
