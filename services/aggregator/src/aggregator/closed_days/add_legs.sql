-- Adds legs to their sums per day.
INSERT INTO leg_sums AS s (clinic_no, day, is_mirror, part, value, currency, kind, counted_group,
    amount, count)
SELECT clinic_no, day, is_mirror, part, value, currency, kind, counted_group, amount, count
FROM leg_change
ON CONFLICT (clinic_no, part, value, currency, kind, day, counted_group, is_mirror)
DO UPDATE SET amount = s.amount + excluded.amount, count = s.count + excluded.count
