"""The audit log in ranges, with what auditors ask by; its signed checkpoints; who did how much."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the log into partitions, keep what was sealed, and count what it tells."""
    statements = (Path(__file__).parent / "0009" / "audit.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
