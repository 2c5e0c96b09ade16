"""Balances per day and month end are read from their index alone, as the sums of legs are."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_DAY_OF = {"balance_days": "effective_on", "balance_month_ends": "month_end"}


def upgrade() -> None:
    """Put the amounts into the indexes of the keys: rows of a day lie all over the table."""
    for table, day in _DAY_OF.items():
        op.execute(
            f"""
            ALTER TABLE {table}
            DROP CONSTRAINT {table}_pkey,
            ADD CONSTRAINT {table}_pkey PRIMARY KEY
                (clinic_no, basis, {day}, currency, aged_on, payer_type, in_collections)
                INCLUDE (amount, count, negative_amount, negative_count)
            """
        )
