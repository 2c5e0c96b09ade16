"""An export that waited until its time was over has expired, and is rendered no more."""

from pathlib import Path

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Read the state of such an export so."""
    statement = (Path(__file__).parent / "0026" / "expiry.sql").read_text()
    op.get_bind().exec_driver_sql(statement)
