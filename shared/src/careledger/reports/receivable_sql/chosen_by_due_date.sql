-- A summary chosen by days, status, bucket or payer, from the sums per due date: whoever has no plan ages by
-- one date, so a row of sums is chosen or not as each of its receivables is. Those with a plan are few, and
-- looked at one by one. `left_out` is what is open and not chosen.
WITH plan AS MATERIALIZED (
    SELECT r.clinic_no, r.currency, r.payer_type, r.in_collections, r.balance, r.installments,
        (/*conditions*/) AS is_chosen
    FROM outstanding_payments AS r
    WHERE r.clinic_no = ANY(:clinic_nos::integer[]) AND r.is_open AND r.installments IS NOT NULL
), slice AS MATERIALIZED (
    SELECT p.clinic_no, p.currency, p.payer_type, p.in_collections, p.is_chosen, s.due_on, s.amount,
        CASE s.place WHEN 1 THEN 1 ELSE 0 END AS count
    FROM plan AS p
    CROSS JOIN LATERAL installment_slices(p.balance, p.installments)
        WITH ORDINALITY AS s (due_on, amount, place)
), unplanned AS MATERIALIZED (
    SELECT currency, due_on, payer_type, in_collections, true AS is_open, NULL::jsonb AS installments,
        sum(amount)::bigint AS amount, sum(count)::bigint AS count
    FROM (
        SELECT currency, due_on, payer_type, in_collections, amount, count
        FROM receivables_by_due_date
        WHERE clinic_no = ANY(:clinic_nos)
        UNION ALL
        SELECT currency, due_on, payer_type, in_collections, -amount, -count
        FROM slice
    ) AS part
    GROUP BY currency, due_on, payer_type, in_collections
), part AS MATERIALIZED (
    SELECT r.currency, r.due_on, r.in_collections, (/*conditions_of_sums*/) AS is_chosen, r.amount,
        r.count
    FROM unplanned AS r
    WHERE r.count <> 0 OR r.amount <> 0
    UNION ALL
    SELECT currency, due_on, in_collections, is_chosen, amount, count
    FROM slice
)
SELECT 'bucket' AS part, currency, width_bucket(:as_of::date - due_on, ARRAY[1, 31, 61, 91]) AS bucket,
    sum(amount)::bigint AS amount, sum(count)::bigint AS count, NULL AS payer_type
FROM part
WHERE is_chosen
GROUP BY 2, 3
UNION ALL
SELECT CASE WHEN is_chosen THEN 'outstanding' ELSE 'left_out' END, currency, NULL,
    sum(amount)::bigint, sum(count)::bigint, NULL
FROM part
GROUP BY 1, currency
UNION ALL
SELECT 'in_collections', currency, NULL, sum(amount)::bigint, sum(count)::bigint, NULL
FROM part
WHERE in_collections AND is_chosen
GROUP BY currency
