"""What moved balances on each day, over all cohorts: a few rows where movement_days has many."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, filled from what is there already."""
    op.get_bind().exec_driver_sql(
        """
        CREATE TABLE movement_totals (
            clinic_no integer NOT NULL,
            effective_on date NOT NULL,
            currency text COLLATE "C" NOT NULL,
            charges bigint NOT NULL,
            charge_corrections bigint NOT NULL,
            contractual_adjustments bigint NOT NULL,
            other_adjustments bigint NOT NULL,
            voids bigint NOT NULL,
            written_off bigint NOT NULL,
            effective_write_offs bigint NOT NULL,
            landed bigint NOT NULL,
            credited bigint NOT NULL,
            PRIMARY KEY (clinic_no, effective_on, currency)
        ) WITH (fillfactor = 90)
        """
    )
    op.get_bind().exec_driver_sql(
        """
        INSERT INTO movement_totals
        SELECT clinic_no, effective_on, currency, sum(charges), sum(charge_corrections),
            sum(contractual_adjustments), sum(other_adjustments), sum(voids), sum(written_off),
            sum(effective_write_offs), sum(landed), sum(credited)
        FROM movement_days
        GROUP BY clinic_no, effective_on, currency
        """
    )
