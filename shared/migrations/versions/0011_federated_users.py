"""Users of an OpenID Connect issuer, so that links can be checked and people be turned away."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.get_bind().exec_driver_sql(
        (Path(__file__).parent / revision / "federated_users.sql").read_text()
    )
