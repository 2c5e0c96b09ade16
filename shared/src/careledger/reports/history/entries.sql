-- The entries told, in the one order of the ledger. Columns: careledger.reports.history.entries.Entry.
-- Instants as they are sent: only those shown are read.
SELECT clinic_no, business_date, timestamptz_send(occurred_at) AS occurred_sent, source, event_id,
    leg, kind::text, amount, currency, payment_id, invoice_id, fact_id, method, payer_type,
    provider, category, reason, service_date, due_on,
    timestamptz_send(received_at) AS received_sent, installments
FROM told
ORDER BY business_date, told.occurred_at, source, event_id, leg
