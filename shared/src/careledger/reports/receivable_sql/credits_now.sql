-- What payments hold that no invoice does: all that is not zero has an index of its own.
WITH held AS (
    SELECT 1 AS sign, currency, credit
    FROM payments
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND credit <> 0
)
