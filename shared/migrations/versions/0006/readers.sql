-- A view is read with the rights, and under the row-level security, of whoever reads it.
ALTER VIEW patient_payment_history SET (security_invoker = true);

ALTER VIEW export_states SET (security_invoker = true);

-- The aggregator adds months without being allowed to create tables: the months belong to whoever
-- migrates, so nobody but the ledger itself leads to their rows.
ALTER FUNCTION make_ledger_months(date, date) SECURITY DEFINER SET search_path = reporting, pg_temp
