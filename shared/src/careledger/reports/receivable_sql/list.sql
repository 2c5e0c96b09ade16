-- One page, in a stable order: of each clinic the first rows by its index, then the first of all.
-- /*key*/, /*after*/ and /*order*/ are replaced by names from a closed list.
SELECT page.clinic_no, page.invoice_id, page.patient_id, page.currency, page.charge, page.adjustments,
    page.written_off, page.landed, page.balance, page.issued_on, page.service_date, page.due_on,
    page.voided_on, page.in_collections, page.is_open, page.payer_type, page.provider,
    page.category, page.installments
FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
CROSS JOIN LATERAL (
    SELECT r.*
    FROM receivable AS r
    WHERE r.clinic_no = c.clinic_no AND /*open*/
        AND (:after_no::integer IS NULL
            OR (r./*key*/, r.clinic_no, r.invoice_id) /*after*/ (:after_key, :after_no, :after_id::text))
        AND /*conditions*/
    ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
    LIMIT :rows
) AS page
-- A clinic that has no figure in any of the currencies has no receivable in them.
WHERE cardinality(:currencies::text[]) = 0 OR EXISTS (
    SELECT FROM revenue_daily_totals AS t
    WHERE t.clinic_no = c.clinic_no AND t.currency = ANY(:currencies))
ORDER BY page./*key*/ /*order*/, page.clinic_no /*order*/, page.invoice_id /*order*/
LIMIT :rows
