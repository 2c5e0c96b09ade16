-- The next invoices in the order of their ids, whatever became of them: of each clinic by its key.
SELECT page.clinic_no, page.patient_id, page.invoice_id
FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
CROSS JOIN LATERAL (
    SELECT o.clinic_no, o.patient_id, o.invoice_id
    FROM outstanding_payments AS o
    WHERE o.clinic_no = c.clinic_no
        AND (:after_no::integer IS NULL
            OR (o.invoice_id, o.clinic_no) > (:after_id::text, :after_no))
    ORDER BY o.invoice_id
    LIMIT :stretch
) AS page
WHERE cardinality(:currencies::text[]) = 0 OR EXISTS (
    SELECT FROM revenue_daily_totals AS t
    WHERE t.clinic_no = c.clinic_no AND t.currency = ANY(:currencies))
ORDER BY page.invoice_id, page.clinic_no
LIMIT :stretch
