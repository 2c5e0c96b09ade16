"""Views show what their reader may see; the aggregator adds months of the ledger, and only that."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the two views and the function."""
    statements = (Path(__file__).parent / "0006" / "readers.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
