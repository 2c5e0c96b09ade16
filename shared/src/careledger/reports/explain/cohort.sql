-- A page of the invoices of a cohort, in the set: by issue date, or by service date where there is one.
SELECT o.clinic_no, o.patient_id, o.invoice_id
FROM outstanding_payments AS o
WHERE o.clinic_no = ANY(:clinic_nos::integer[]) AND o.currency = :currency::text
    AND CASE WHEN :by_service::boolean THEN coalesce(o.service_date, o.issued_on) ELSE o.issued_on END
        BETWEEN :first_day::date AND :last_day::date
    AND o.issued_on <= :as_of::date AND o.kafka_offset < (:vector::bigint[])[o.kafka_partition + 1]
    AND (:after_no::integer IS NULL OR (o.clinic_no, o.invoice_id) > (:after_no, :after_id::text))
ORDER BY o.clinic_no, o.invoice_id
LIMIT :rows
