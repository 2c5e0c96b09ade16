-- Figures of each period from the daily totals: an index range of a row a day, clinic and currency,
-- and of some more until they are folded. Columns after the first three:
-- careledger.reports.revenue.figures.Figures.
SELECT currency,
    CASE :granularity::text WHEN 'day' THEN business_date
        ELSE date_trunc(:granularity, business_date::timestamp)::date END AS label,
    CASE :breakdown WHEN 'clinic' THEN clinic_no::text END AS member,
    whole_sum(gross_payments), whole_sum(payment_count), whole_sum(refunds),
    whole_sum(refund_count), whole_sum(chargebacks), whole_sum(payment_corrections),
    whole_sum(processor_fees), whole_sum(charges), whole_sum(charge_count),
    whole_sum(charge_corrections), whole_sum(contractual_adjustments),
    whole_sum(other_adjustments), whole_sum(voids), whole_sum(write_offs)
FROM revenue_daily_totals
WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
    AND business_date BETWEEN :start AND :last
GROUP BY 1, 2, 3
