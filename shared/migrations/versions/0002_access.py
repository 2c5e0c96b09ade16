"""Who may ask (users, sessions, clients), what they asked to be rendered, and idempotency keys."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PARTS = ("accounts", "exports", "idempotency")


def upgrade() -> None:
    """Create everything, part by part, in the order of dependence."""
    folder = Path(__file__).parent / "0002"
    for part in PARTS:
        for statement in (folder / f"{part}.sql").read_text().split(";\n\n"):
            op.get_bind().exec_driver_sql(statement)
