    (r.balance <> 0 OR :horizon::date IS NULL OR r.issued_on >= :horizon)
    AND (:due_from::date IS NULL OR r.due_on >= :due_from)
    AND (:due_to::date IS NULL OR r.due_on <= :due_to)
    AND (cardinality(:currencies::text[]) = 0 OR r.currency = ANY(:currencies))
    AND (cardinality(:payer_types::text[]) = 0 OR r.payer_type = ANY(:payer_types))
    AND (:balance_from::bigint IS NULL OR r.balance >= :balance_from)
    AND (:balance_to::bigint IS NULL OR r.balance <= :balance_to)
    AND (:days_from::integer IS NULL
        OR CASE WHEN r.is_open THEN :as_of::date - r.due_on ELSE 0 END >= :days_from)
    AND (:days_to::integer IS NULL
        OR CASE WHEN r.is_open THEN :as_of::date - r.due_on ELSE 0 END <= :days_to)
    AND (cardinality(:statuses::text[]) = 0 OR CASE
            WHEN r.balance < 0 THEN 'credit'
            WHEN r.balance > 0 THEN CASE
                WHEN r.in_collections THEN 'collection'
                WHEN r.due_on < :as_of::date THEN 'overdue'
                ELSE 'current' END
            WHEN r.voided_on IS NOT NULL THEN 'voided'
            WHEN r.charge + r.adjustments - r.landed > 0 THEN 'written_off'
            ELSE 'paid' END = ANY(:statuses))
    AND (cardinality(:buckets::integer[]) = 0 OR CASE
            WHEN r.installments IS NOT NULL AND :basis::text = 'due_date' THEN EXISTS (
                SELECT FROM installment_slices(r.balance, r.installments) AS s
                WHERE width_bucket(:as_of::date - s.due_on, ARRAY[1, 31, 61, 91]) = ANY(:buckets))
            ELSE r.is_open AND width_bucket(:as_of::date - CASE :basis
                    WHEN 'due_date' THEN r.due_on
                    WHEN 'service_date' THEN coalesce(r.service_date, r.issued_on)
                    ELSE r.issued_on END, ARRAY[1, 31, 61, 91]) = ANY(:buckets) END)
