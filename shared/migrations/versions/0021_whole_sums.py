"""Sums of whole numbers that stay whole, and credits that are summed up from their index alone."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the aggregate and the index.

    `sum(bigint)` goes by way of numeric; a whole sum beyond bigint is an error, as the cast of a
    numeric would be.
    """
    op.execute(
        """
        CREATE AGGREGATE whole_sum(bigint) (
            SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE
        )
        """
    )
    op.execute("DROP INDEX payments_credit")
    op.execute(
        """
        CREATE INDEX payments_credit ON payments (clinic_no, currency, business_date)
        INCLUDE (credit, payer_type) WHERE credit <> 0
        """
    )
