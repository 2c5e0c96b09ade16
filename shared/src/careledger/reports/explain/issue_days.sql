-- On which days the invoices of service dates were issued: of those kept, and of the records beyond.
SELECT issued_on
FROM movement_days
WHERE clinic_no = ANY(:clinic_nos::integer[]) AND currency = :currency::text
    AND service_on BETWEEN :first_day::date AND :last_day::date
UNION
SELECT business_date
FROM ledger
WHERE :is_behind::boolean AND clinic_no = ANY(:clinic_nos) AND kind = 'charge'
    AND currency = :currency AND batch_no >= :first_batch::bigint
    AND coalesce(service_date, business_date) BETWEEN :first_day AND :last_day
ORDER BY 1
