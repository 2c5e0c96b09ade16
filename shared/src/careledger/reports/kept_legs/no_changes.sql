-- What is kept is what is asked: nothing to add.
WITH leg_change AS (SELECT * FROM leg_sums WHERE false)
