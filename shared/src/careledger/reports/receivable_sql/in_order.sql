-- One page of unsettled receivables, as they stand: found in the kept order, those touched since among
-- all of the touched. What stands between marks is replaced by texts from a closed list.
SELECT page.clinic_no, page.invoice_id, page.patient_id, page.currency, page.charge, page.adjustments,
    page.written_off, page.landed, page.balance, page.issued_on, page.service_date, page.due_on,
    page.voided_on, page.in_collections, page.is_open, page.payer_type, page.provider,
    page.category, page.installments
FROM (
    SELECT first.*
    FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
    CROSS JOIN LATERAL (
        SELECT r.*
        FROM unsettled_receivables AS u
        -- Looked up one by one, in order (OFFSET 0): a page needs few of them.
        CROSS JOIN LATERAL (
            SELECT o.*
            FROM outstanding_payments AS o
            WHERE o.clinic_no = u.clinic_no AND o.invoice_id = u.invoice_id
            OFFSET 0
        ) AS r
        WHERE u.clinic_no = c.clinic_no AND /*kept*/
            AND (:after_no::integer IS NULL OR u./*key*/ /*not_before*/ :after_key)
            AND (:after_no IS NULL OR (u./*key*/, u.clinic_no, u.invoice_id)
                /*after*/ (:after_key, :after_no, :after_id::text))
            AND (u.clinic_no, u.invoice_id) NOT IN (SELECT clinic_no, invoice_id FROM touched)
            AND /*open*/ AND /*conditions*/
        ORDER BY u./*key*/ /*order*/, u.invoice_id /*order*/
        LIMIT :rows
    ) AS first
    -- A clinic that has no figure in any of the currencies has no receivable in them.
    WHERE cardinality(:currencies::text[]) = 0 OR EXISTS (
        SELECT FROM revenue_daily_totals AS t
        WHERE t.clinic_no = c.clinic_no AND t.currency = ANY(:currencies))
    UNION ALL
    SELECT r.*
    FROM touched AS t
    JOIN outstanding_payments AS r ON r.clinic_no = t.clinic_no AND r.invoice_id = t.invoice_id
    WHERE (:after_no IS NULL OR (r./*key*/, r.clinic_no, r.invoice_id)
            /*after*/ (:after_key, :after_no, :after_id))
        AND /*open*/ AND /*conditions*/
) AS page
ORDER BY page./*key*/ /*order*/, page.clinic_no /*order*/, page.invoice_id /*order*/
LIMIT :rows
