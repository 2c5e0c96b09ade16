-- What is kept is what is asked: nothing to add.
WITH balance_change AS (SELECT * FROM balance_days WHERE false),
movement_change AS (SELECT * FROM movement_days WHERE false)
