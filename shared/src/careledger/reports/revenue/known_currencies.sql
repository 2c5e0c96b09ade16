-- Of the currencies given, those with an entry known at the watermark. Only days with figures in
-- the currency are looked at, so that one that came later costs no scan of the ledger.
SELECT c.currency
FROM unnest(:currencies::text[]) AS c (currency)
WHERE EXISTS (
    SELECT FROM revenue_daily_totals AS t
    JOIN ledger AS l ON l.clinic_no = t.clinic_no AND l.business_date = t.business_date
        AND l.currency = t.currency
    WHERE t.clinic_no = ANY(:clinic_nos::integer[]) AND t.currency = c.currency AND t.business_date <= :as_of
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
        AND l.kind NOT IN ('allocation', 'pending', 'failed')
)
