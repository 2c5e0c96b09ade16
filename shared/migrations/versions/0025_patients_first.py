"""Looks a patient up in all clinics at once: one probe of each month, not one for every clinic."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes anew, the patient before the clinic; some seconds for ten million legs."""
    op.execute("DROP INDEX ledger_patient")
    op.execute("CREATE INDEX ledger_patient ON ledger (patient_id, clinic_no, business_date)")
    op.execute("DROP INDEX ledger_moves_patient")
    op.execute("CREATE INDEX ledger_moves_patient ON ledger_moves (patient_id, clinic_no)")
