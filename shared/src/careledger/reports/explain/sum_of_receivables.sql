SELECT coalesce(sum(CASE
        WHEN cardinality(:buckets::integer[]) = 0 OR r.installments IS NULL OR :basis::text <> 'due_date' THEN r.balance
        ELSE (
            SELECT sum(s.amount)::bigint
            FROM installment_slices(r.balance, r.installments) AS s
            WHERE width_bucket(:as_of::date - s.due_on, ARRAY[1, 31, 61, 91]) = ANY(:buckets))
    END), 0)::bigint AS sum
FROM receivable AS r
WHERE /*open*/ AND /*conditions*/
