"""Balances of past days and movements by cohort, filled in the background."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; the first turn of the job fills them."""
    statements = (Path(__file__).parent / "0004" / "balances.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
