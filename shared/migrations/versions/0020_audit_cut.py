"""The sealed audit log can be cut, from its beginning on and by one function alone."""

from pathlib import Path

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the function and the index it is helped by."""
    statements = (Path(__file__).parent / revision / "audit_cut.sql").read_text()
    for statement in statements.split("\n\n"):
        op.get_bind().exec_driver_sql(statement)
