-- Whether anything is recorded that the question must not know; usually nothing.
SELECT EXISTS (
    SELECT FROM ledger WHERE clinic_no = ANY(:clinic_nos::integer[]) AND business_date > :as_of
) AS dated_later
