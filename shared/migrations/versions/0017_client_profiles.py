"""What a partner system is shown of patients: by default sums without small cells."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Clients that are there get the narrower profile too; `clients change` gives the other."""
    op.get_bind().exec_driver_sql(
        """
        ALTER TABLE clients
            ADD COLUMN profile text COLLATE "C" NOT NULL DEFAULT 'suppressed',
            ADD CONSTRAINT clients_profile CHECK (profile IN ('suppressed', 'pseudonymized'))
        """
    )
