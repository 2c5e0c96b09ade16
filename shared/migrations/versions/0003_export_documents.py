"""How exported documents look, up to when their figures are complete, and when they expire."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and read the new states from them."""
    statements = (Path(__file__).parent / "0003" / "documents.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
