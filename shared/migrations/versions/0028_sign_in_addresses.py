"""From where sign-ins were tried: wrong passwords lock their address out, before the account."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; locks of before go on for the account."""
    op.execute(
        """
        CREATE TABLE sign_in_addresses (
            user_id text COLLATE "C" NOT NULL REFERENCES users,
            remote text COLLATE "C" NOT NULL,
            failed_attempts integer NOT NULL DEFAULT 0,
            locked_until timestamptz,
            succeeded_at timestamptz,
            tried_at timestamptz NOT NULL,
            PRIMARY KEY (user_id, remote)
        )
        """
    )
    op.execute("CREATE INDEX sign_in_addresses_age ON sign_in_addresses (tried_at)")
