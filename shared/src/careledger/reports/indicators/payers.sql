-- Charges and gross payments of each period by payer type: first of each day, so that few rows need their
-- period told.
SELECT currency, date_trunc(:granularity, business_date::timestamp)::date AS label, payer_type,
    whole_sum(charges) AS charges, whole_sum(gross_payments) AS gross_payments
FROM (
    SELECT currency, business_date, payer_type, whole_sum(charges) AS charges,
        whole_sum(gross_payments) AS gross_payments
    FROM revenue_metrics
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = ANY(:currencies::text[])
        AND business_date BETWEEN :start AND :last
    GROUP BY 1, 2, 3
) AS day
GROUP BY 1, 2, 3
