-- A page of the invoices that anything was ever written off on, in the set.
SELECT DISTINCT l.clinic_no, l.patient_id, l.invoice_id
FROM ledger AS l
JOIN outstanding_payments AS o ON o.clinic_no = l.clinic_no AND o.invoice_id = l.invoice_id
    AND o.patient_id = l.patient_id AND o.currency = l.currency
WHERE l.kind = 'write_off' AND l.clinic_no = ANY(:clinic_nos::integer[])
    AND l.currency = :currency::text
    AND l.business_date <= :as_of::date AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
    AND (:after_no::integer IS NULL OR (l.clinic_no, l.invoice_id) > (:after_no, :after_id::text))
ORDER BY l.clinic_no, l.invoice_id
LIMIT :rows
