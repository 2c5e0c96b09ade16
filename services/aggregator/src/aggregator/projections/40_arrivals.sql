-- Parents of this batch that earlier entries waited for.
WITH arrived AS (
    DELETE FROM awaited_parents AS a
    USING placed AS c
    WHERE c.kind IN ('charge', 'payment')
        AND a.clinic_no = c.clinic_no
        AND a.parent = CASE c.kind WHEN 'payment' THEN 'payment' ELSE 'invoice' END::parent_kind
        AND a.parent_id = CASE c.kind WHEN 'payment' THEN c.payment_id ELSE c.invoice_id END
        AND a.patient_id = c.patient_id
    RETURNING a.clinic_no, a.parent, a.parent_id, a.patient_id
)
INSERT INTO arrivals
SELECT clinic_no, parent, parent_id, patient_id FROM arrived
