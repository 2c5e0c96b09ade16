"""What was decided about refused records, and by whom."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of decisions."""
    op.execute(
        """
        CREATE TABLE quarantine_decisions (
            quarantine_id bigint PRIMARY KEY,
            decision text COLLATE "C" NOT NULL CHECK (decision IN ('replayed', 'dismissed')),
            decided_by text NOT NULL,
            decided_at timestamptz NOT NULL DEFAULT now(),
            corrections jsonb NOT NULL DEFAULT '{}',
            reason text COLLATE "C",
            became text COLLATE "C"
        )
        """
    )
