-- The first entries of one patient in the set that lie behind one of them. Each clinic by itself, since
-- its index has them in the order of their days: no more are read than are told.
WITH told AS (
    SELECT entry.*
    FROM unnest(:clinic_nos::integer[]) AS clinic (no)
    CROSS JOIN LATERAL (
        SELECT *
        FROM patient_payment_history
        WHERE clinic_no = clinic.no AND patient_id = :patient_id
            AND business_date BETWEEN :after_date::date AND :as_of
            AND kafka_offset < (:vector::bigint[])[kafka_partition + 1]
            AND (business_date, occurred_at, source, event_id, leg) > (:after_date,
                :after_instant::timestamptz, :after_source::text, :after_event::text,
                :after_leg::integer)
        ORDER BY business_date, occurred_at, source, event_id, leg
        LIMIT :rows::bigint
    ) AS entry
    ORDER BY business_date, occurred_at, source, event_id, leg
    LIMIT :rows
)
