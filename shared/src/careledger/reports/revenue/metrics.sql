-- Figures of each period by dimension: first of each day, so that few rows need their period told.
-- Columns as of daily_totals.sql.
SELECT currency, date_trunc(:granularity, business_date::timestamp)::date AS label, member,
    sum(gross_payments)::bigint, sum(payment_count)::bigint, sum(refunds)::bigint,
    sum(refund_count)::bigint, sum(chargebacks)::bigint, sum(payment_corrections)::bigint,
    sum(processor_fees)::bigint, sum(charges)::bigint, sum(charge_count)::bigint,
    sum(charge_corrections)::bigint, sum(contractual_adjustments)::bigint,
    sum(other_adjustments)::bigint, sum(voids)::bigint, sum(write_offs)::bigint
FROM (
    SELECT currency, business_date,
        CASE :breakdown
            WHEN 'clinic' THEN clinic_no::text
            WHEN 'method' THEN method
            WHEN 'payer_type' THEN payer_type
            WHEN 'category' THEN category
            WHEN 'provider' THEN provider
        END AS member,
        sum(gross_payments) AS gross_payments, sum(payment_count) AS payment_count,
        sum(refunds) AS refunds, sum(refund_count) AS refund_count, sum(chargebacks) AS chargebacks,
        sum(payment_corrections) AS payment_corrections, sum(processor_fees) AS processor_fees,
        sum(charges) AS charges, sum(charge_count) AS charge_count,
        sum(charge_corrections) AS charge_corrections,
        sum(contractual_adjustments) AS contractual_adjustments,
        sum(other_adjustments) AS other_adjustments, sum(voids) AS voids,
        sum(write_offs) AS write_offs
    FROM revenue_metrics
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last
        AND (cardinality(:methods::text[]) = 0 OR method = ANY(:methods))
        AND (cardinality(:payer_types::text[]) = 0 OR payer_type = ANY(:payer_types))
        AND (cardinality(:categories::text[]) = 0 OR category = ANY(:categories))
        AND (cardinality(:providers::text[]) = 0 OR provider = ANY(:providers))
    GROUP BY 1, 2, 3
) AS day
GROUP BY 1, 2, 3
