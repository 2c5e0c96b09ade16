-- What payments hold that no invoice does: all that is not zero has an index of its own. That it is not
-- zero is asked where it is summed up: said twice, the planner would expect the square of so few.
WITH held AS (
    SELECT 1 AS sign, currency, credit, payer_type, business_date AS received_on
    FROM payments
    WHERE clinic_no = ANY(:clinic_nos::integer[])
)
