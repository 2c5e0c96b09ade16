-- Payments that hold a credit now, of each clinic the next of a sign by day: all of them have an index.
WITH credit AS (
    SELECT page.clinic_no, page.patient_id, page.payment_id, page.business_date, page.credit
    FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
    CROSS JOIN LATERAL (
        SELECT p.clinic_no, p.patient_id, p.payment_id, p.business_date, p.credit
        FROM payments AS p
        WHERE p.clinic_no = c.clinic_no AND p.credit <> 0 AND p.currency = :currency::text
            AND sign(p.credit) = :sign::integer
            AND (:after_no::integer IS NULL
                OR (p.clinic_no, p.business_date, p.payment_id)
                > (:after_no, :after_day::date, :after_id::text))
            AND (:after_no IS NULL OR p.clinic_no > :after_no OR p.business_date >= :after_day)
        ORDER BY p.business_date, p.payment_id
        LIMIT :rows
    ) AS page
)
