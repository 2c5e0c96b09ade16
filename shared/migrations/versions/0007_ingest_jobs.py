"""Turns of ingest's schedule, each claimed by one replica."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of turns."""
    op.execute(
        """
        CREATE TABLE ingest_jobs (
            job text COLLATE "C" NOT NULL,
            period timestamptz NOT NULL,
            claimed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (job, period)
        )
        """
    )
