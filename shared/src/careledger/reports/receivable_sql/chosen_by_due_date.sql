-- A summary chosen by days, status, bucket or payer, from the sums per due date: whoever has no plan ages by
-- one date, so a row of sums is chosen or not as each of its receivables is. Those with a plan are few,
-- taken off the sums and looked at one by one. What is overpaid is chosen by its payer alone.
WITH plan AS MATERIALIZED (
    SELECT r.currency, r.payer_type, r.in_collections, r.balance, r.installments,
        (/*conditions*/) AS is_chosen
    FROM outstanding_payments AS r
    WHERE r.clinic_no = ANY(:clinic_nos::integer[]) AND r.is_open AND r.installments IS NOT NULL
        AND (cardinality(:currencies::text[]) = 0 OR r.currency = ANY(:currencies))
), slice AS MATERIALIZED (
    SELECT p.currency, p.payer_type, p.in_collections, p.is_chosen, s.due_on, s.amount,
        CASE s.place WHEN 1 THEN 1 ELSE 0 END AS count
    FROM plan AS p
    CROSS JOIN LATERAL installment_slices(p.balance, p.installments)
        WITH ORDINALITY AS s (due_on, amount, place)
), part AS (
    SELECT r.currency, r.due_on, r.in_collections, (/*conditions_of_sums*/) AS is_chosen,
        cardinality(:payer_types::text[]) = 0 OR r.payer_type = ANY(:payer_types) AS is_of_payer,
        r.amount, r.count, r.overpaid_amount, r.overpaid_count
    FROM (
        SELECT currency, due_on, payer_type, in_collections, amount, count, overpaid_amount,
            overpaid_count
        FROM receivables_by_due_date
        WHERE clinic_no = ANY(:clinic_nos)
            AND (cardinality(:currencies) = 0 OR currency = ANY(:currencies))
        UNION ALL
        SELECT currency, due_on, payer_type, in_collections, -amount, -count, 0, 0
        FROM slice
    ) AS r
    UNION ALL
    SELECT currency, due_on, in_collections, is_chosen, true, amount, count, 0, 0
    FROM slice
), standing AS MATERIALIZED (
    SELECT currency, due_on, in_collections, is_chosen, is_of_payer, whole_sum(amount) AS amount,
        whole_sum(count) AS count, whole_sum(overpaid_amount) AS overpaid_amount,
        whole_sum(overpaid_count) AS overpaid_count
    FROM part
    GROUP BY currency, due_on, in_collections, is_chosen, is_of_payer
)
