SELECT /*day*/ AS day, clinic_no, source, event_id, leg, kind, is_mirror, coalesce(method, '') AS m,
    coalesce(payer_type, '') AS t, coalesce(provider, '') AS r, coalesce(category, '') AS g,
    business_date, max(effective_on) AS effective_on, method, payer_type, provider, category,
    max(reason) AS reason, max(payment_id) AS payment_id, max(invoice_id) AS invoice_id,
    max(kafka_partition) AS kafka_partition, max(kafka_offset) AS kafka_offset,
    sum(contribution)::bigint AS amount
FROM chosen
WHERE :after_day::date IS NULL
    OR (/*day*/, clinic_no, source, event_id, leg, kind, is_mirror, coalesce(method, ''),
        coalesce(payer_type, ''), coalesce(provider, ''), coalesce(category, ''))
    > (:after_day, :after_clinic::integer, :after_source::text, :after_event::text,
        :after_leg::integer, :after_kind::text, :after_mirror::boolean, :after_m::text,
        :after_t::text, :after_r::text, :after_g::text)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, business_date, method, payer_type, provider, category
HAVING sum(contribution) <> 0
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
LIMIT :rows
