"""Verifies the whole audit log once a day, by one aggregator, and says when it begins to be wrong.

The result is a row, an audit record, a line in `/readyz?verbose` and metrics. The walk rests after
every part, so that applying events goes on as before.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

import structlog

from aggregator import verifications
from aggregator.settings import SERVICE
from aggregator.verifications import Untold
from aggregator.verifying import VerifySettings, keep, verify
from careledger import clock
from careledger.alerts import Alerts
from careledger.postgres import Connection

_REST: Final = 3.0
_TAKE_TURN: Final = "SELECT pg_try_advisory_lock(hashtext('audit_verification'))"
_GIVE_TURN: Final = "SELECT pg_advisory_unlock(hashtext('audit_verification'))"
_FIRST_RECORD: Final = "SELECT occurred_at FROM audit_log ORDER BY sequence LIMIT 1"
_MEANING: Final = {
    "broken": "The audit log is broken",
    "unanchored": "The audit log has nothing outside the database to vouch for it",
}

log = structlog.get_logger()


def is_due(
    now: datetime, at: time, *, first_record: datetime | None, last_ended: datetime | None
) -> bool:
    """Return whether the log is to be verified now.

    Args:
        now: the instant, in UTC.
        at: the time of day (UTC) from which a day's verification is due.
        first_record: when the oldest record of the log was made; None if there is none.
        last_ended: when a verification ended last; None if there was none.
    """
    due_since = datetime.combine(now.date(), at, tzinfo=now.tzinfo)
    if due_since > now:
        due_since -= timedelta(days=1)
    if first_record is None or first_record >= due_since:
        return False
    return last_ended is None or last_ended < due_since


class Nightly:
    """The daily verification of one aggregator; of several, one has the turn."""

    def __init__(self, settings: VerifySettings, at: time | None, alerts: Alerts) -> None:
        """Verify with these keys and sources, at this time of day (UTC; None for never)."""
        self._settings = settings
        self._at = at
        self._alerts = alerts

    async def take_turn(self, connection: Connection) -> None:
        """Tell of what ended, and verify the whole log if that is due.

        Raises:
            OSError: if the checkpoint file cannot be read; it is tried again at the next turn.
        """
        if not await connection.fetchval(_TAKE_TURN):
            return
        try:
            await tell(connection, self._alerts)
            if self._at is not None and await _is_due(connection, self._at):
                await self._verify(connection)
                await tell(connection, self._alerts)
        finally:
            await connection.execute(_GIVE_TURN)

    async def _verify(self, connection: Connection) -> None:
        started_at = clock.now()
        log.info("audit_verification_started")
        report = await verify(connection, self._settings, [], from_sequence=1, rest=_REST)
        if report.verdict == "broken":
            # Retention may have cut the log behind the walk; a second look begins at the cut.
            report = await verify(connection, self._settings, [], from_sequence=1, rest=_REST)
        ended = await keep(connection, report, started_at=started_at, by=SERVICE)
        log.info(
            "audit_verification_ended",
            verdict=ended.verdict,
            records=report.rows.records,
            seconds=round((ended.ended_at - started_at).total_seconds(), 1),
        )


async def _is_due(connection: Connection, at: time) -> bool:
    last = await verifications.last(connection)
    return is_due(
        clock.now(),
        at,
        first_record=await connection.fetchval(_FIRST_RECORD),
        last_ended=None if last is None else last.ended_at,
    )


async def tell(connection: Connection, alerts: Alerts) -> None:
    """Tell administrators of a verdict that is not the one before it, until every address has it.

    Verifications by command are told of as well: whoever typed it need not be who must know.
    """
    while (untold := await verifications.next_untold(connection)) is not None:
        if not await _told(alerts, untold):
            return
        await verifications.note_told(connection, untold.found.verification_id, clock.now())


async def _told(alerts: Alerts, untold: Untold) -> bool:
    found, before = untold.found, untold.verdict_before or "intact"
    if found.verdict == before:
        return True
    if found.verdict == "intact":
        return await alerts.recovered(
            "The audit log is intact again",
            f"Records {found.from_sequence} to {found.through_sequence} were verified.",
        )
    where = "" if found.first_bad_sequence is None else f"Record {found.first_bad_sequence}: "
    return await alerts.raised(
        _MEANING[found.verdict],
        f"{where}{found.problem or 'no checkpoint could be compared'}.\n"
        "Change nothing; docs/runbooks/audit-verification.md says what to keep and what to read.",
    )
