-- Figures of each period from the daily totals: an index range of some 1 500 rows a year, clinic
-- and currency. Columns after the first three: careledger.reports.revenue.figures.Figures.
SELECT currency, date_trunc(:granularity, business_date::timestamp)::date AS label,
    CASE :breakdown WHEN 'clinic' THEN clinic_no::text END AS member,
    sum(gross_payments)::bigint, sum(payment_count)::bigint, sum(refunds)::bigint,
    sum(refund_count)::bigint, sum(chargebacks)::bigint, sum(payment_corrections)::bigint,
    sum(processor_fees)::bigint, sum(charges)::bigint, sum(charge_count)::bigint,
    sum(charge_corrections)::bigint, sum(contractual_adjustments)::bigint,
    sum(other_adjustments)::bigint, sum(voids)::bigint, sum(write_offs)::bigint
FROM revenue_daily_totals
WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
    AND business_date BETWEEN :start AND :last
GROUP BY 1, 2, 3
