"""Removes what lies behind the horizon: the stories of some patients a step, then old totals.

A step is one transaction that nothing is applied beside. Killed between two steps, the next one
goes on where the last one ended; there is nothing to clean up.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any, Final, NamedTuple

from aggregator.retention.records import retention_record
from careledger import audit_trail
from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.statements import compose, fragment
from careledger.reports.watermark import parse_watermark

PATIENTS_AT_ONCE: Final = 200
_TOTALS_AT_ONCE: Final = 20_000

_FOLDER: Final = files("aggregator") / "retention"
_NEXT_PATIENTS: Final = compose((_FOLDER / "patients.sql").read_text())
_REMOVABLE: Final = compose(
    (_FOLDER / "chosen.sql").read_text(),
    fragment("receivable_sql/recomputed"),
    (_FOLDER / "removable.sql").read_text(),
)
_REMOVALS: Final = tuple(
    compose((_FOLDER / f"{name}.sql").read_text()) for name in ("entries", "moves", "states")
)

# The sessions of the aggregator join by index alone: right for removing, wrong for judging.
_JUDGING: Final = """
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on;
SET LOCAL work_mem = '64MB';
SET LOCAL lock_timeout = '10s';
"""
_REMOVING: Final = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtext('retention'))"
# The rows that every applying transaction locks first: none runs beside a step.
_HOLD_LOG: Final = """
SELECT kafka_partition, next_offset FROM positions
WHERE topic = $1 ORDER BY kafka_partition FOR UPDATE
"""
_UNDER_WAY: Final = """
SELECT horizon, totals_horizon, watermark, started_by, after_clinic, after_patient
FROM retention_purges WHERE ended_at IS NULL ORDER BY horizon LIMIT 1
"""
_ADVANCE: Final = """
UPDATE retention_purges SET after_clinic = $2, after_patient = $3, patients = patients + $4,
    entries = entries + $5, moves = moves + $6, payments = payments + $7, invoices = invoices + $8
WHERE horizon = $1
"""
# The last day of a currency stays: by it an answer knows that the currency is there.
_REMOVE_TOTALS: Final = """
WITH day AS (
    DELETE FROM revenue_daily_totals WHERE ctid = ANY (ARRAY(
        SELECT t.ctid FROM revenue_daily_totals AS t
        WHERE t.business_date < $1 AND EXISTS (
            SELECT FROM revenue_daily_totals AS later
            WHERE later.clinic_no = t.clinic_no AND later.currency = t.currency
                AND later.business_date > t.business_date)
        LIMIT $2))
    RETURNING 1
), dimension AS (
    DELETE FROM revenue_metrics WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM revenue_metrics WHERE business_date < $1 LIMIT $2))
    RETURNING 1
)
SELECT (SELECT count(*) FROM day) + (SELECT count(*) FROM dimension)
"""
_ADD_TOTALS: Final = (
    "UPDATE retention_purges SET daily_totals = daily_totals + $2 WHERE horizon = $1"
)
_END: Final = "UPDATE retention_purges SET ended_at = now() WHERE horizon = $1"


class Removed(NamedTuple):
    """What one step removed."""

    patients: int = 0
    entries: int = 0
    moves: int = 0
    payments: int = 0
    invoices: int = 0
    daily_totals: int = 0


class Judged(NamedTuple):
    """The patients a step looked at, and the parameters of what it removes of them."""

    seen: int
    last: tuple[int, str]
    parameters: dict[str, Any]

    @property
    def patients(self) -> int:
        """Of how many patients anything goes."""
        whose = zip(self.parameters["clinics"], self.parameters["patients"], strict=True)
        return len(set(whose))

    @property
    def payments(self) -> int:
        """How many payments go, attempts that came to nothing among them."""
        return len(self.parameters["payment_ids"])

    @property
    def invoices(self) -> int:
        """How many invoices go, ones that were named and never issued among them."""
        return len(self.parameters["invoice_ids"])


async def purge_step(
    connection: Connection, *, patients_at_once: int = PATIENTS_AT_ONCE
) -> Removed | None:
    """Take the next step of the purge under way; None if there is none, or another takes its turn.

    Args:
        connection: outside a transaction.
        patients_at_once: how many patients a step looks at.
    """
    async with connection.transaction():
        if not await connection.fetchval(_TAKE_TURN):
            return None
        purge: Any = await connection.fetchrow(_UNDER_WAY)
        if purge is None:
            return None
        await connection.execute(_JUDGING)
        recorded = await connection.fetch(_HOLD_LOG, PAYMENT_EVENTS.name)
        judged = await judge(
            connection,
            Question(
                purge["horizon"],
                parse_watermark(purge["watermark"]).vector,
                {row["kafka_partition"]: row["next_offset"] for row in recorded},
            ),
            after=(purge["after_clinic"] or 0, purge["after_patient"] or ""),
            patients_at_once=patients_at_once,
        )
        if judged is None:
            removed = await _remove_totals(connection, purge["horizon"], purge["totals_horizon"])
        else:
            removed = await _remove(connection, purge["horizon"], judged)
        counts = {name: count for name, count in removed._asdict().items() if count}
        if counts or judged is None:
            record = retention_record(
                "retention.purged", purge["horizon"], purge["started_by"], {**counts}
            )
            await audit_trail.record(connection, record)
    return removed


class Question(NamedTuple):
    """What may go: recorded below `known`, dated before the horizon; judged from all recorded."""

    horizon: date
    known: list[int]
    recorded: dict[int, int]


async def judge(
    connection: Connection, question: Question, *, after: tuple[int, str], patients_at_once: int
) -> Judged | None:
    """Find what may go of the next patients; None if there are no more patients."""
    patients = await _NEXT_PATIENTS.fetch(
        connection,
        {
            "horizon": question.horizon,
            "after_clinic": after[0],
            "after_patient": after[1],
            "patients_at_once": patients_at_once,
        },
    )
    if not patients:
        return None
    width = max(question.recorded, default=-1) + 1
    nodes = await _REMOVABLE.fetch(
        connection,
        {
            "clinics": [row["clinic_no"] for row in patients],
            "patients": [row["patient_id"] for row in patients],
            "as_of": date.max,
            "vector": [question.recorded.get(partition, 0) for partition in range(width)],
            "horizon": question.horizon,
            "known": question.known,
        },
    )
    parameters: dict[str, Any] = {
        "horizon": question.horizon,
        "clinics": [row["clinic_no"] for row in nodes],
        "patients": [row["patient_id"] for row in nodes],
    }
    for kind in ("payment", "invoice"):
        of_kind = [row for row in nodes if row["kind"] == kind]
        parameters[f"{kind}_clinics"] = [row["clinic_no"] for row in of_kind]
        parameters[f"{kind}_patients"] = [row["patient_id"] for row in of_kind]
        parameters[f"{kind}_ids"] = [row["id"] for row in of_kind]
    last = (patients[-1]["clinic_no"], patients[-1]["patient_id"])
    return Judged(len(patients), last, parameters)


async def _remove(connection: Connection, horizon: date, judged: Judged) -> Removed:
    removed = Removed()
    if judged.parameters["clinics"]:
        await connection.execute(_REMOVING)
        entries, moves, _ = [
            (await one.fetch(connection, judged.parameters))[0][0] for one in _REMOVALS
        ]
        removed = Removed(judged.patients, entries, moves, judged.payments, judged.invoices)
    await connection.execute(
        _ADVANCE,
        horizon,
        *judged.last,
        removed.patients,
        removed.entries,
        removed.moves,
        removed.payments,
        removed.invoices,
    )
    return removed


async def _remove_totals(
    connection: Connection, horizon: date, totals_horizon: date | None
) -> Removed:
    """Remove some totals that are past their own term; without any left the purge is over."""
    gone = 0
    if totals_horizon is not None:
        gone = await connection.fetchval(_REMOVE_TOTALS, totals_horizon, _TOTALS_AT_ONCE)
    if gone:
        await connection.execute(_ADD_TOTALS, horizon, gone)
    else:
        await connection.execute(_END, horizon)
    return Removed(daily_totals=gone)
