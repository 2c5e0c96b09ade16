-- Figures of each period by dimension. Columns as of daily_totals.sql.
SELECT currency, date_trunc($5, business_date::timestamp)::date AS label,
    CASE $6
        WHEN 'clinic' THEN clinic_no::text
        WHEN 'method' THEN method
        WHEN 'payer_type' THEN payer_type
        WHEN 'category' THEN category
        WHEN 'provider' THEN provider
    END AS member,
    sum(gross_payments)::bigint, sum(payment_count)::bigint, sum(refunds)::bigint,
    sum(refund_count)::bigint, sum(chargebacks)::bigint, sum(payment_corrections)::bigint,
    sum(processor_fees)::bigint, sum(charges)::bigint, sum(charge_count)::bigint,
    sum(charge_corrections)::bigint, sum(contractual_adjustments)::bigint,
    sum(other_adjustments)::bigint, sum(voids)::bigint, sum(write_offs)::bigint
FROM revenue_metrics
WHERE clinic_no = ANY($1::integer[]) AND currency = ANY($2::text[])
    AND business_date BETWEEN $3 AND $4
    AND (cardinality($7::text[]) = 0 OR method = ANY($7))
    AND (cardinality($8::text[]) = 0 OR payer_type = ANY($8))
    AND (cardinality($9::text[]) = 0 OR category = ANY($9))
    AND (cardinality($10::text[]) = 0 OR provider = ANY($10))
GROUP BY 1, 2, 3
