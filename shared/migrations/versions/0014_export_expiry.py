"""When report-api took an export's document away: its own column, in its own table."""

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and read the state from it."""
    statements = (Path(__file__).parent / "0014" / "expiry.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
