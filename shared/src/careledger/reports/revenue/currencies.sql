-- The currencies of the clinics that have a figure dated up to the as-of date, by one index probe a
-- currency and clinic, however many rows there are; and whether any move is effective only later,
-- which is rare: a day after today at most.
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
)
SELECT array(
    SELECT DISTINCT s.currency
    FROM seen AS s
    WHERE (
        SELECT min(t.business_date) FROM revenue_daily_totals AS t
        WHERE t.clinic_no = s.clinic_no AND t.currency = s.currency
    ) <= :as_of
    ORDER BY s.currency
) AS currencies, EXISTS (
    SELECT FROM ledger_moves WHERE clinic_no = ANY(:clinic_nos) AND effective_on > :as_of
) AS moves_ahead
