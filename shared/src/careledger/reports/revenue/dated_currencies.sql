-- The currencies of each clinic that have a figure dated up to the as-of date, by one index probe a
-- currency and clinic, however many rows there are.
WITH RECURSIVE seen AS (
    SELECT c.clinic_no, (
        SELECT min(t.currency) FROM revenue_daily_totals AS t WHERE t.clinic_no = c.clinic_no
    ) AS currency
    FROM unnest(:clinic_nos::integer[]) AS c (clinic_no)
    UNION ALL
    SELECT s.clinic_no, (
        SELECT min(t.currency) FROM revenue_daily_totals AS t
        WHERE t.clinic_no = s.clinic_no AND t.currency > s.currency
    )
    FROM seen AS s
    WHERE s.currency IS NOT NULL
), dated AS (
    SELECT s.clinic_no, s.currency
    FROM seen AS s
    WHERE (
        SELECT min(t.business_date) FROM revenue_daily_totals AS t
        WHERE t.clinic_no = s.clinic_no AND t.currency = s.currency
    ) <= :as_of
)
