"""Closes all days at once: a part of the patients after another, each patient's entries read once.

Steps behind the log read a patient's entries once for every step that concerns the patient. Where
more is to be closed than is closed already, beginning anew is less work.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from careledger.postgres import Connection
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.statements import compose, fragment
from careledger.reports.watermark import Watermark

ENTRIES_IN_A_PART: Final = 100_000
"""About as many entries as one statement keeps in memory."""

STEPS_MAX: Final = 10
"""What fewer steps can do is done in steps, which wait for the log and rest."""

# Readers go on with what is there; TRUNCATE would make them wait.
_EMPTY: Final = """
DELETE FROM balance_days;
DELETE FROM balance_month_ends;
DELETE FROM movement_days;
DELETE FROM movement_totals;
DELETE FROM leg_sums;
DELETE FROM unsettled_receivables;
DELETE FROM closed_month_ends;
"""
# A part is a hundredth of the ledger or less: every patient in it is looked up by index.
_SETTINGS: Final = """
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
"""
_MAKE_PATIENTS: Final = """
CREATE TEMPORARY TABLE closing_patients (
    clinic_no integer NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    part bigint NOT NULL
) ON COMMIT DROP
"""
_FOLDER: Final = files("aggregator") / "closed_days"
_PATIENTS: Final = compose((_FOLDER / "patients.sql").read_text())
_INDEX_PATIENTS: Final = "CREATE INDEX ON pg_temp.closing_patients (part)"
_PARTS: Final = "SELECT coalesce(max(part), -1) + 1 FROM pg_temp.closing_patients"
_ADD_PART: Final = compose(
    (_FOLDER / "part.sql").read_text(),
    fragment("balances/changes"),
    (_FOLDER / "add.sql").read_text(),
)

_ADD_LEGS: Final = compose(
    fragment("kept_legs/changes").replace("/*clinics*/", ""),
    (_FOLDER / "add_legs.sql").read_text(),
)
_PUT_UNSETTLED: Final = (_FOLDER / "all_unsettled.sql").read_text()


def is_less_work(closed: Watermark, recorded: Watermark, at_once: int) -> bool:
    """Tell whether beginning anew is less work than going on in steps.

    Args:
        closed: the offsets closed already.
        recorded: those to be reached.
        at_once: the most records of each partition in one step.
    """
    beyond = {
        partition: offset - closed.offsets.get(partition, 0)
        for partition, offset in recorded.offsets.items()
    }
    are_many = any(records > STEPS_MAX * at_once for records in beyond.values())
    return are_many and sum(beyond.values()) > sum(closed.offsets.values())


async def close_all(
    connection: Connection, reached: Watermark, *, entries: int = ENTRIES_IN_A_PART
) -> None:
    """Fill what is kept of all days anew; month ends are for the caller to close.

    Readers see what was there until the transaction ends.

    Args:
        connection: inside the caller's transaction.
        reached: the offsets to close.
        entries: about so many in one statement.

    Raises:
        FiguresDisagreeError: if balances and movements disagree.
    """
    await connection.execute(_EMPTY)
    await connection.execute(_MAKE_PATIENTS)
    parameters: dict[str, object] = {"vector": reached.vector, "entries": entries}
    await _PATIENTS.fetch(connection, parameters)
    await connection.execute(_INDEX_PATIENTS)
    await connection.execute("ANALYZE pg_temp.closing_patients")
    nothing: dict[str, object] = {"closed": [], "first_batch": 0}
    await _ADD_LEGS.fetch(connection, parameters | nothing)
    await connection.execute(_PUT_UNSETTLED)
    await connection.execute(_SETTINGS)
    for part in range(await connection.fetchval(_PARTS)):
        if await _ADD_PART.fetch(connection, parameters | {"part": part}):
            raise FiguresDisagreeError("the balances of a day are not what moved them")
