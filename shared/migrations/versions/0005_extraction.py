"""What a practice's database was read of, what was told about it, and what each run adds up to."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of extraction, and what a run says about itself."""
    statements = (Path(__file__).parent / revision / "extraction.sql").read_text()
    for statement in statements.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)
