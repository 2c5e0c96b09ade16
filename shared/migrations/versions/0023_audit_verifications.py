"""How verifications of the audit log ended."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.execute(
        """
        CREATE TABLE audit_verifications (
            verification_id text COLLATE "C" PRIMARY KEY,
            started_at timestamptz NOT NULL,
            ended_at timestamptz NOT NULL,
            verdict text COLLATE "C" NOT NULL,
            from_sequence bigint NOT NULL,
            through_sequence bigint NOT NULL,
            anchored_through bigint NOT NULL,
            first_bad_sequence bigint,
            problem text,
            verified_by text NOT NULL,
            told_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX audit_verifications_ended ON audit_verifications (ended_at)")
