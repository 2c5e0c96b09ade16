-- Figures of each period by dimension: first of each day, so that few rows need their period told.
-- Columns as of daily_totals.sql.
SELECT currency, date_trunc(:granularity, business_date::timestamp)::date AS label, member,
    whole_sum(gross_payments), whole_sum(payment_count), whole_sum(refunds),
    whole_sum(refund_count), whole_sum(chargebacks), whole_sum(payment_corrections),
    whole_sum(processor_fees), whole_sum(charges), whole_sum(charge_count),
    whole_sum(charge_corrections), whole_sum(contractual_adjustments),
    whole_sum(other_adjustments), whole_sum(voids), whole_sum(write_offs)
FROM (
    SELECT currency, business_date,
        CASE :breakdown
            WHEN 'clinic' THEN clinic_no::text
            WHEN 'method' THEN method
            WHEN 'payer_type' THEN payer_type
            WHEN 'category' THEN category
            WHEN 'provider' THEN provider
        END AS member,
        whole_sum(gross_payments) AS gross_payments, whole_sum(payment_count) AS payment_count,
        whole_sum(refunds) AS refunds, whole_sum(refund_count) AS refund_count, whole_sum(chargebacks) AS chargebacks,
        whole_sum(payment_corrections) AS payment_corrections, whole_sum(processor_fees) AS processor_fees,
        whole_sum(charges) AS charges, whole_sum(charge_count) AS charge_count,
        whole_sum(charge_corrections) AS charge_corrections,
        whole_sum(contractual_adjustments) AS contractual_adjustments,
        whole_sum(other_adjustments) AS other_adjustments, whole_sum(voids) AS voids,
        whole_sum(write_offs) AS write_offs
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
