-- What payments hold that no invoice does: all that is not zero has an index of its own.
WITH held AS (
    SELECT 1 AS sign, currency, credit, payer_type, business_date AS received_on
    FROM payments
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND credit <> 0
)
