"""Indexes for the two filters of the audit log that had none."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A service, or a kind of actor, that did little is found without reading the whole log."""
    for column in ("service", "actor_kind"):
        op.get_bind().exec_driver_sql(
            f"CREATE INDEX audit_log_{column} ON audit_log ({column}, occurred_at, sequence)"
        )
