-- Of the currencies given, those with an entry known at the watermark. Only days with figures in
-- the currency are looked at, one by one and by index, so that one that came later costs no scan of
-- the ledger: the inner LIMIT keeps the planner from joining the ledger as a whole. What is removed
-- by now was known at every watermark that can be asked for.
SELECT c.currency
FROM unnest(:currencies::text[]) AS c (currency)
WHERE EXISTS (
    SELECT FROM revenue_daily_totals AS t
    CROSS JOIN LATERAL (
        SELECT FROM ledger AS l
        WHERE l.clinic_no = t.clinic_no AND l.business_date = t.business_date
            AND l.currency = t.currency
            AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
            AND l.kind NOT IN ('allocation', 'pending', 'failed')
        LIMIT 1
    ) AS known
    WHERE t.clinic_no = ANY(:clinic_nos::integer[]) AND t.currency = c.currency AND t.business_date <= :as_of
) OR EXISTS (
    SELECT FROM removed_currencies AS r
    WHERE r.clinic_no = ANY(:clinic_nos) AND r.currency = c.currency
)
