-- The books of a clinic group by arithmetic from one series of numbers: a ledger, and the state that
-- follows from it. :invoices, :patients, :days and :last_day are put in by the loader; statements are
-- divided by lines of dashes. An eighth is unpaid, an eighth half paid: open receivables
-- are a quarter. Of the unpaid ones every twelfth is written off after a third of a year.
DROP TABLE IF EXISTS bench_books
--------
CREATE UNLOGGED TABLE bench_books AS
SELECT b.*, charge + adjustment AS owed, least(issued_on + 5, :last_day::date) AS adjusted_on,
    least(issued_on + 20, :last_day::date) AS paid_on,
    least(issued_on + 40, :last_day::date) AS refunded_on,
    CASE WHEN n % 8 = 4 THEN 0 WHEN n % 8 = 0 THEN (charge + adjustment) / 2
        ELSE charge + adjustment END AS paid,
    CASE WHEN n % 40 = 1 THEN (charge + adjustment) / 3 ELSE 0 END AS refunded,
    CASE WHEN n % 96 = 4 AND issued_on + 120 <= :last_day::date THEN charge + adjustment ELSE 0 END
        AS given_up,
    CASE WHEN n % 200 = 7 THEN 'credit' ELSE 'invoice' END::placement AS lands
FROM (
    SELECT i AS n, clinic_no, CASE WHEN clinic_no < 4 THEN 'USD' ELSE 'EUR' END AS currency,
        part, patient_id, 'inv-' || i AS invoice_id, slot, leg, issued_on,
        2000 + (hashint8(i) & 65535)::bigint AS charge,
        CASE WHEN i % 5 < 2 THEN -(200 + (hashint8(i) & 1023))::bigint ELSE 0 END AS adjustment,
        (ARRAY['patient', 'insurance', 'insurance', 'other'])[1 + (hashint8(i + 1) & 3)] AS payer,
        (ARRAY['dr-adams', 'dr-baker', 'dr-chen', 'dr-diaz'])[1 + (hashint8(i + 2) & 3)] AS provider,
        (ARRAY['visit', 'procedure', 'lab', 'imaging'])[1 + (hashint8(i + 3) & 3)] AS category,
        (ARRAY['card', 'cash', 'check', 'remittance'])[1 + (hashint8(i + 4) & 3)] AS method,
        (ARRAY['patient', 'insurance'])[1 + (hashint8(i + 5) & 1)] AS paid_by
    FROM (
        SELECT i, 1 + (i % :patients % 5)::integer AS clinic_no,
            (i % :patients % 4)::smallint AS part, 'P' || i % :patients AS patient_id,
            i / 10000 AS slot, (i % 10000)::smallint AS leg,
            :last_day::date - ((:invoices - 1 - i) * :days / :invoices)::integer AS issued_on
        FROM generate_series(0::bigint, :invoices - 1) AS i
        UNION ALL
        SELECT :invoices + i, 1, 0, 'bulk', 0, (10000 + i)::smallint,
            :last_day::date - (i % :days)::integer
        FROM generate_series(0::bigint, :bulk - 1) AS i
    ) AS placed
) AS b
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, service_date, due_on, currency, source, event_id, patient_id,
    invoice_id, payer_type, provider, category)
SELECT slot + 1, slot, issued_on + interval '8 hours', charge, clinic_no, issued_on, 'charge',
    'invoice', part, leg, issued_on, issued_on + 30, currency, 'urn:bench', 'c' || n, patient_id,
    invoice_id, payer, provider, category
FROM bench_books
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, currency, source, event_id, patient_id, invoice_id, fact_id,
    payer_type, provider, category, reason)
SELECT slot + :slots + 1, slot + :slots, adjusted_on + interval '9 hours', adjustment, clinic_no,
    adjusted_on, 'adjustment', 'invoice', part, leg, currency, 'urn:bench', 'a' || n, patient_id,
    invoice_id, 'adj-' || n, payer, provider, category,
    CASE WHEN n % 2 = 0 THEN 'contractual' ELSE 'discount' END
FROM bench_books
WHERE adjustment <> 0
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, received_at, currency, source, event_id, patient_id, payment_id,
    invoice_id, method, payer_type)
SELECT slot + 2 * :slots + 1, slot + 2 * :slots, paid_on + interval '9 hours', paid, clinic_no,
    paid_on, 'pending', 'none', part, leg, paid_on + interval '10 hours', currency, 'urn:bench',
    't' || n, patient_id, 'pay-' || n, CASE lands WHEN 'invoice' THEN invoice_id END, method, paid_by
FROM bench_books
WHERE paid <> 0 AND n % 5 = 3
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, received_at, currency, source, event_id, patient_id, payment_id,
    invoice_id, method, payer_type)
SELECT slot + 3 * :slots + 1, slot + 3 * :slots, paid_on + interval '10 hours', paid, clinic_no,
    paid_on, 'payment', lands, part, leg, paid_on + interval '10 hours', currency, 'urn:bench',
    'p' || n, patient_id, 'pay-' || n, CASE lands WHEN 'invoice' THEN invoice_id END, method, paid_by
FROM bench_books
WHERE paid <> 0
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, currency, source, event_id, patient_id, payment_id, invoice_id,
    fact_id, method, payer_type)
SELECT slot + 4 * :slots + 1, slot + 4 * :slots, refunded_on + interval '11 hours', -refunded,
    clinic_no, refunded_on, 'refund', lands, part, leg, currency, 'urn:bench', 'r' || n, patient_id,
    'pay-' || n, CASE lands WHEN 'invoice' THEN invoice_id END, 'ref-' || n, method, paid_by
FROM bench_books
WHERE refunded <> 0
--------
INSERT INTO ledger (batch_no, kafka_offset, occurred_at, amount, clinic_no, business_date, kind,
    placement, kafka_partition, leg, currency, source, event_id, patient_id, invoice_id, fact_id,
    payer_type, provider, category)
SELECT slot + 5 * :slots + 1, slot + 5 * :slots, issued_on + 120 + interval '12 hours', given_up,
    clinic_no, issued_on + 120, 'write_off', 'invoice', part, leg, currency, 'urn:bench', 'w' || n,
    patient_id, invoice_id, 'wo-' || n, payer, provider, category
FROM bench_books
WHERE given_up <> 0
--------
INSERT INTO payments (kafka_offset, amount, refunds, credit, received_at, clinic_no, business_date,
    kafka_partition, currency, payment_id, patient_id, method, payer_type, invoice_id)
SELECT slot + 3 * :slots, paid, refunded, CASE lands WHEN 'credit' THEN paid - refunded ELSE 0 END,
    paid_on + interval '10 hours', clinic_no, paid_on, part, currency, 'pay-' || n, patient_id, method,
    paid_by, CASE lands WHEN 'invoice' THEN invoice_id END
FROM bench_books
WHERE paid <> 0
--------
INSERT INTO outstanding_payments (kafka_offset, charge, adjustments, written_off, landed, balance, clinic_no,
    issued_on, service_date, due_on, kafka_partition, is_open, currency, payer_type,
    issued_payer_type, invoice_id, patient_id, provider, category)
SELECT slot, charge, adjustment, given_up, landed, owed - landed - given_up, clinic_no, issued_on,
    issued_on, issued_on + 30, part, owed > landed + given_up, currency, payer, payer, invoice_id,
    patient_id, provider,
    category
FROM (SELECT *, CASE lands WHEN 'invoice' THEN paid - refunded ELSE 0 END AS landed FROM bench_books) AS b
--------
INSERT INTO receivables_by_due_date
    (clinic_no, currency, due_on, payer_type, in_collections, shard, amount, count,
     overpaid_amount, overpaid_count)
SELECT clinic_no, currency, due_on, payer_type, in_collections, kafka_partition, sum(balance),
    count(*), 0, 0
FROM outstanding_payments
WHERE is_open
GROUP BY clinic_no, currency, due_on, payer_type, in_collections, kafka_partition
--------
INSERT INTO revenue_metrics
    (clinic_no, currency, business_date, method, payer_type, provider, category, shard,
     gross_payments, payment_count, refunds, refund_count, chargebacks, payment_corrections,
     processor_fees, charges, charge_count, charge_corrections, contractual_adjustments,
     other_adjustments, voids, write_offs)
SELECT clinic_no, currency, business_date, coalesce(method, 'unknown'), coalesce(payer_type, 'unknown'),
    coalesce(provider, 'unknown'), coalesce(category, 'unknown'), kafka_partition,
    coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0), count(*) FILTER (WHERE kind = 'payment'),
    coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0), count(*) FILTER (WHERE kind = 'refund'),
    0, 0, 0,
    coalesce(sum(amount) FILTER (WHERE kind = 'charge'), 0), count(*) FILTER (WHERE kind = 'charge'), 0,
    coalesce(-sum(amount) FILTER (WHERE kind = 'adjustment' AND reason = 'contractual'), 0),
    coalesce(-sum(amount) FILTER (WHERE kind = 'adjustment' AND reason <> 'contractual'), 0), 0,
    coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)
FROM ledger
WHERE kind <> 'pending'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
--------
INSERT INTO revenue_daily_totals
    (clinic_no, currency, business_date, shard,
     gross_payments, payment_count, refunds, refund_count, chargebacks, payment_corrections,
     processor_fees, charges, charge_count, charge_corrections, contractual_adjustments,
     other_adjustments, voids, write_offs)
SELECT clinic_no, currency, business_date, shard,
    sum(gross_payments), sum(payment_count), sum(refunds), sum(refund_count), 0, 0, 0,
    sum(charges), sum(charge_count), 0, sum(contractual_adjustments), sum(other_adjustments), 0,
    sum(write_offs)
FROM revenue_metrics
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
--------
INSERT INTO batches (batch_no, topic, kafka_partition, first_offset, next_offset, recorded_at, events,
    duplicates, quarantined)
SELECT slot + 1, 'payment-events', part, slot, slot + 1, now(), 10000, 0, 0
FROM generate_series(0, 6 * :slots - 1) AS slot, generate_series(0, 3) AS part
--------
SELECT setval('batch_numbers', 6 * :slots + 1)
--------
INSERT INTO identities (key, content)
SELECT decode(md5(mark || kind || n), 'hex'), decode(md5(kind || n), 'hex')
FROM (
    SELECT n, unnest(ARRAY['c', CASE WHEN adjustment <> 0 THEN 'a' END,
        CASE WHEN paid <> 0 AND n % 5 = 3 THEN 't' END, CASE WHEN paid <> 0 THEN 'p' END,
        CASE WHEN refunded <> 0 THEN 'r' END, CASE WHEN given_up <> 0 THEN 'w' END]) AS kind
    FROM bench_books
) AS told
CROSS JOIN (VALUES ('event '), ('fact ')) AS identity (mark)
WHERE kind IS NOT NULL AND NOT (kind = 't' AND mark = 'fact ')
ORDER BY 1
--------
DROP TABLE bench_books
