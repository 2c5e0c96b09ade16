-- The whole summary by due date from the sums per due date: a few hundred rows, however many
-- receivables there are. What other payers owe is left out.
WITH standing AS MATERIALIZED (
    SELECT currency, due_on, in_collections, is_chosen, is_chosen AS is_of_payer,
        whole_sum(amount) AS amount, whole_sum(count) AS count,
        whole_sum(overpaid_amount) AS overpaid_amount, whole_sum(overpaid_count) AS overpaid_count
    FROM (
        SELECT *, cardinality(:payer_types::text[]) = 0 OR payer_type = ANY(:payer_types) AS is_chosen
        FROM receivables_by_due_date
        WHERE clinic_no = ANY(:clinic_nos::integer[])
            AND (cardinality(:currencies::text[]) = 0 OR currency = ANY(:currencies))
    ) AS r
    GROUP BY currency, due_on, in_collections, is_chosen
)
