"""The ledger, the report tables it feeds, positions, quarantine and audit."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTS = ("clinics", "ledger", "reports", "positions", "audit")


def upgrade() -> None:
    """Create everything, part by part, in the order of dependence."""
    folder = Path(__file__).parent / "0001"
    for part in PARTS:
        for statement in (folder / f"{part}.sql").read_text().split(";\n\n"):
            op.get_bind().exec_driver_sql(statement)
