-- One page, in a stable order: of each clinic the first rows by its index, then the first of all.
-- What stands between marks is replaced by texts from a closed list.
SELECT page.clinic_no, page.invoice_id, page.patient_id, page.currency, page.charge, page.adjustments,
    page.written_off, page.landed, page.balance, page.issued_on, page.service_date, page.due_on,
    page.voided_on, page.in_collections, page.is_open, page.payer_type, page.provider,
    page.category, page.installments
FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
CROSS JOIN LATERAL (
    /*first*/
) AS page
-- A clinic that has no figure in any of the currencies has no receivable in them.
WHERE cardinality(:currencies::text[]) = 0 OR EXISTS (
    SELECT FROM revenue_daily_totals AS t
    WHERE t.clinic_no = c.clinic_no AND t.currency = ANY(:currencies))
ORDER BY page./*key*/ /*order*/, page.clinic_no /*order*/, page.invoice_id /*order*/
LIMIT :rows
