-- The days of one clinic, a row a currency, with the figures as they lie, in arrays. To sum rows
-- costs more than to read them, and a day has more than one row only until they are folded.
SELECT s.currency, found.days, found.figures, EXISTS (
    SELECT FROM ledger_moves WHERE clinic_no = ANY(:clinic_nos) AND effective_on > :as_of
) AS moves_ahead
FROM dated AS s
CROSS JOIN LATERAL (
    -- Each figure is of careledger.reports.revenue.figures.Figures.
    SELECT array_agg(business_date) AS days, array_agg(ARRAY[
        gross_payments, payment_count, refunds, refund_count, chargebacks, payment_corrections,
        processor_fees, charges, charge_count, charge_corrections, contractual_adjustments,
        other_adjustments, voids, write_offs
    ]) AS figures
    FROM revenue_daily_totals AS t
    WHERE t.clinic_no = s.clinic_no AND t.currency = s.currency
        AND t.business_date BETWEEN :start AND :last
) AS found
ORDER BY s.currency
