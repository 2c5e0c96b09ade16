-- How many open receivables have a balance in a range, up to so many.
SELECT count(*) AS found
FROM (
    SELECT FROM unsettled_receivables
    WHERE clinic_no = ANY(:clinic_nos::integer[])
        AND balance BETWEEN greatest(1, coalesce(:balance_from::bigint, 1))
            AND coalesce(:balance_to::bigint, 9223372036854775807)
    LIMIT :few
) AS one
