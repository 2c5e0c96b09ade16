"""Finds the invoices on which anything was ever written off, without reading the ledger.

The index has a row for each write-off and none for any other entry: applying anything else costs
the test of its kind and no more.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index on every partition."""
    op.get_bind().exec_driver_sql(
        "CREATE INDEX ledger_write_offs ON ledger (clinic_no, invoice_id) WHERE kind = 'write_off'"
    )
