    (cardinality(:currencies::text[]) = 0 OR r.currency = ANY(:currencies))
    AND (cardinality(:payer_types::text[]) = 0 OR r.payer_type = ANY(:payer_types))
    AND (:days_from::integer IS NULL OR :as_of::date - r.due_on >= :days_from)
    AND (:days_to::integer IS NULL OR :as_of::date - r.due_on <= :days_to)
    AND (cardinality(:statuses::text[]) = 0 OR CASE
            WHEN r.in_collections THEN 'collection'
            WHEN r.due_on < :as_of THEN 'overdue'
            ELSE 'current' END = ANY(:statuses))
    AND (cardinality(:buckets::integer[]) = 0
        OR width_bucket(:as_of - r.due_on, ARRAY[1, 31, 61, 91]) = ANY(:buckets))
