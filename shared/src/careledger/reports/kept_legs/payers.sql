-- Charges and gross payments of each period by payer type, and what the revenue report has of them.
, part AS (
    SELECT currency, day, value, kind, amount
    FROM leg_sums
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND part = 'payer_type'
        AND value = ANY(:payer_types::text[]) AND currency = ANY(:currencies::text[])
        AND kind IN ('charge', 'payment') AND day BETWEEN :start::date AND :last::date
        AND NOT is_mirror
    UNION ALL
    SELECT currency, day, value, kind, amount
    FROM leg_change
    WHERE clinic_no = ANY(:clinic_nos) AND part = 'payer_type' AND currency = ANY(:currencies)
        AND kind IN ('charge', 'payment') AND day BETWEEN :start AND :last AND NOT is_mirror
), by_day AS (
    SELECT currency, day, value, coalesce(whole_sum(amount) FILTER (WHERE kind = 'charge'), 0) AS charges,
        coalesce(whole_sum(amount) FILTER (WHERE kind = 'payment'), 0) AS gross_payments
    FROM part
    GROUP BY 1, 2, 3
)
SELECT currency, date_trunc(:granularity::text, day::timestamp)::date AS label, value AS payer_type,
    whole_sum(charges) AS charges, whole_sum(gross_payments) AS gross_payments
FROM by_day
GROUP BY 1, 2, 3
UNION ALL
SELECT currency, NULL, NULL, whole_sum(charges), whole_sum(gross_payments)
FROM revenue_daily_totals
WHERE clinic_no = ANY(:clinic_nos) AND currency = ANY(:currencies)
    AND business_date BETWEEN :start AND :last
GROUP BY 1
