"""The whole log is verified once a day, by one aggregator; the result is kept, shown and told."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from aggregator import verifications
from aggregator.metrics import exposition
from aggregator.nightly import Nightly, is_due
from careledger.alerts import Alerts
from support.audit_logs import SealedLog
from support.receivers import web_hook

AT: Final = time(2, 30)
NOON: Final = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
OLD: Final = NOON - timedelta(days=40)


@dataclass
class Day:
    """When the log was verified last, and whether it is due again."""

    last_ended: datetime | None
    due: bool


@pytest.mark.parametrize(
    "day",
    [
        Day(None, due=True),
        Day(NOON - timedelta(days=1), due=True),
        Day(NOON.replace(hour=2, minute=29), due=True),
        Day(NOON.replace(hour=2, minute=31), due=False),
    ],
)
def test_it_is_due_once_a_day_from_its_time_on(day: Day) -> None:
    assert is_due(NOON, AT, first_record=OLD, last_ended=day.last_ended) is day.due


def test_before_its_time_of_day_that_of_yesterday_counts() -> None:
    early = NOON.replace(hour=1)
    yesterday = early - timedelta(days=1)

    assert not is_due(early, AT, first_record=OLD, last_ended=yesterday.replace(hour=3))
    assert is_due(early, AT, first_record=OLD, last_ended=yesterday.replace(hour=2))


@pytest.mark.parametrize("first_record", [None, NOON - timedelta(hours=1)])
def test_a_log_that_began_since_is_not_due(first_record: datetime | None) -> None:
    assert not is_due(NOON, AT, first_record=first_record, last_ended=None)


@pytest.fixture
async def log(sealed_log: SealedLog) -> SealedLog:
    """Thirty signed records of a day in the past."""
    await sealed_log.seal(30)
    await sealed_log.sign()
    return sealed_log


def nightly(log: SealedLog, alert_urls: str = "") -> Nightly:
    return Nightly(log.settings, AT, Alerts(alert_urls))


@pytest.mark.integration
async def test_an_intact_log_is_kept_as_such_with_an_audit_record(log: SealedLog) -> None:
    await nightly(log).take_turn(log.connection)

    last = await verifications.last(log.connection)
    assert last is not None
    assert (last.verdict, last.through_sequence, last.anchored_through) == ("intact", 30, 30)
    record = msgspec.json.decode(await log.connection.fetchval("SELECT record FROM audit_outbox"))
    assert (record["action"], record["actor_kind"], record["actor"]) == (
        "audit.verified",
        "service",
        "aggregator",
    )


@pytest.mark.integration
async def test_a_day_has_one_verification(log: SealedLog) -> None:
    await nightly(log).take_turn(log.connection)
    await nightly(log).take_turn(log.connection)

    assert await log.connection.fetchval("SELECT count(*) FROM audit_verifications") == 1


@pytest.mark.integration
async def test_without_a_time_of_day_nothing_is_verified(log: SealedLog) -> None:
    await Nightly(log.settings, None, Alerts("")).take_turn(log.connection)

    assert await verifications.last(log.connection) is None


@pytest.mark.integration
async def test_a_broken_log_is_told_once_and_once_more_when_it_is_mended(
    log: SealedLog,
) -> None:
    edit = "UPDATE audit_log SET outcome = $1 WHERE sequence = 21"
    with web_hook() as (url, messages):
        night = nightly(log, url)
        await log.connection.execute(edit, "denied")
        for _ in range(2):
            await night.take_turn(log.connection)
            await _a_day_goes_by(log)
        await log.connection.execute(edit, "success")
        for _ in range(2):
            await night.take_turn(log.connection)

    first, second = messages
    assert "broken" in first["title"]
    assert "Record 21" in first["message"]
    assert "intact again" in second["title"]


@pytest.mark.integration
async def test_metrics_say_when_it_ended_and_how(log: SealedLog) -> None:
    await nightly(log).take_turn(log.connection)

    told = await exposition(log.connection, log.checkpoints)

    samples = {
        (sample.name, sample.labels.get("verdict", "")): sample.value
        for family in text_string_to_metric_families(told.decode())
        for sample in family.samples
    }
    assert samples["careledger_audit_verdict", "intact"] == 1
    assert samples["careledger_audit_verdict", "broken"] == 0
    assert samples["careledger_audit_verified_sequence", ""] == 30
    assert samples["careledger_audit_verified_timestamp_seconds", ""] > 1_700_000_000


async def _a_day_goes_by(log: SealedLog) -> None:
    await log.connection.execute(
        "UPDATE audit_verifications SET ended_at = ended_at - interval '1 day'"
    )
