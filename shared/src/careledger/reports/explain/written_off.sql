-- A page of the invoices that anything was ever written off on, in the set, and whose they are: nobody's
-- where none was issued in the currency, for facts need not fit together.
SELECT page.clinic_no, page.invoice_id, o.patient_id, o.issued_on
FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
CROSS JOIN LATERAL (
    SELECT DISTINCT l.clinic_no, l.invoice_id
    FROM ledger AS l
    WHERE l.kind = 'write_off' AND l.clinic_no = c.clinic_no AND l.currency = :currency::text
        AND l.business_date <= :as_of::date
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
        AND (:after_no::integer IS NULL
            OR (l.clinic_no, l.invoice_id) > (:after_no, :after_id::text))
    ORDER BY l.clinic_no, l.invoice_id
    LIMIT :rows
) AS page
LEFT JOIN LATERAL (
    SELECT patient_id, issued_on
    FROM outstanding_payments
    WHERE clinic_no = page.clinic_no AND invoice_id = page.invoice_id AND currency = :currency
    OFFSET 0
) AS o ON true
ORDER BY page.clinic_no, page.invoice_id
LIMIT :rows
