"""Finds the sums that a second writer kept apart, so that they can be folded into the first's."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TABLES = ("receivables_by_due_date", "revenue_daily_totals", "revenue_metrics")


def upgrade() -> None:
    """Index the rows that lie in another shard than the first, which are few."""
    for table in _TABLES:
        op.execute(f"CREATE INDEX {table}_apart ON {table} (shard) WHERE shard > 0")
