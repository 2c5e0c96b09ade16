"""Stops of applying because too many records were refused."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; of a topic at most one stop is open."""
    op.execute(
        """
        CREATE TABLE bad_data_stops (
            stop_id text COLLATE "C" PRIMARY KEY,
            topic text COLLATE "C" NOT NULL,
            problem text NOT NULL,
            stopped_at timestamptz NOT NULL,
            told_at timestamptz,
            accepted_by text,
            accepted_at timestamptz,
            recovery_told_at timestamptz
        )
        """
    )
    op.execute(
        """
        CREATE UNIQUE INDEX bad_data_stops_open ON bad_data_stops (topic)
        WHERE accepted_at IS NULL
        """
    )
