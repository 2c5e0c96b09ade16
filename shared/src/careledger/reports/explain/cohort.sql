-- A page of the invoices of a cohort, in the set, issued on some days: by issue date, or by service date
-- where there is one.
SELECT l.business_date, l.clinic_no, l.invoice_id, l.patient_id
FROM ledger AS l
WHERE l.clinic_no = ANY(:clinic_nos::integer[]) AND l.kind = 'charge' AND l.currency = :currency::text
    AND l.business_date BETWEEN :issued_from::date AND :issued_to::date
    AND l.business_date = ANY(:issue_days::date[]) AND l.business_date <= :as_of::date
    AND CASE WHEN :by_service::boolean THEN coalesce(l.service_date, l.business_date)
        ELSE l.business_date END BETWEEN :first_day::date AND :last_day::date
    AND l.kafka_offset < coalesce((:vector::bigint[])[l.kafka_partition + 1], 0)
    AND (:after_day::date IS NULL OR (l.business_date, l.clinic_no, l.invoice_id)
        > (:after_day, :after_no::integer, :after_id::text))
ORDER BY l.business_date, l.clinic_no, l.invoice_id
LIMIT :rows
