"""Proofs that the reports hold what their sources hold, and when a source's next run is due."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of proofs."""
    statements = (Path(__file__).parent / revision / "reconciliations.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
