-- Those of all clinics together; and whether any move is effective only later, which is rare: a day
-- after today at most.
SELECT array(
    SELECT DISTINCT currency FROM dated ORDER BY currency
) AS currencies, EXISTS (
    SELECT FROM ledger_moves WHERE clinic_no = ANY(:clinic_nos) AND effective_on > :as_of
) AS moves_ahead
