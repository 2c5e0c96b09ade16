"""Keys of sources, given out and withdrawn by command."""

from pathlib import Path

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(
        (Path(__file__).parent / revision / "source_keys.sql").read_text()
    )
