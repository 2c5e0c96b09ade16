"""Records past their term go from the beginning of the log, and what is left still verifies."""

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.retention.audit_cut import remove_cut
from careledger import clock
from careledger.audit_chain.checkpoints import signer_of
from support.audit_logs import SealedLog, audit_content

pytestmark = pytest.mark.integration

TWO_YEARS = timedelta(days=730)


@pytest.fixture
async def log(sealed_log: SealedLog) -> SealedLog:
    """Ten records signed two years ago, ten a year and a half ago, ten not signed yet."""
    now = clock.now()
    await sealed_log.seal(10)
    await sealed_log.sign_at(now - TWO_YEARS)
    await sealed_log.seal(10)
    await sealed_log.sign_at(now - timedelta(days=550))
    await sealed_log.seal(10)
    return sealed_log


async def remove(log: SealedLog, *, at_once: int = 1_000) -> int:
    horizon = datetime(2020, 1, 1, tzinfo=UTC).date()
    steps = 0
    while await remove_cut(log.connection, log.keys, horizon, by="test", at_once=at_once):
        steps += 1
    return steps


async def kept(log: SealedLog) -> tuple[int, int]:
    row = await log.connection.fetchrow("SELECT min(sequence), max(sequence) FROM audit_log")
    assert row is not None
    return row[0], row[1]


async def test_nothing_goes_before_it_is_signed_and_published_how_far(log: SealedLog) -> None:
    before = await remove(log)
    assert await log.checkpoints.sign_if_due(log.connection)
    unpublished = await remove(log)

    assert (before, unpublished) == (0, 0)
    assert await kept(log) == (1, 30)


async def test_what_was_signed_before_the_term_goes_and_the_rest_verifies(log: SealedLog) -> None:
    await log.sign()

    await remove(log)

    assert await kept(log) == (21, 30)
    report = await log.verify()
    assert (report.verdict, report.finding) == ("intact", None)
    assert (report.rows.from_sequence, report.rows.records) == (21, 10)
    assert report.anchored_through == 30


async def test_between_the_signature_and_the_removal_the_log_verifies_as_well(
    log: SealedLog,
) -> None:
    await log.sign()
    signed = await log.verify()

    await remove_cut(log.connection, log.keys, clock.now().date(), by="test", at_once=7)
    half = await log.verify()

    assert await kept(log) == (8, 30)
    assert (signed.verdict, half.verdict) == ("intact", "intact")


async def test_it_is_removed_in_steps_each_with_its_record(log: SealedLog) -> None:
    await log.sign()

    assert await remove(log, at_once=7) == 3

    records = await log.connection.fetch("SELECT record FROM audit_outbox ORDER BY record_id")
    assert ["retention.purged" in row["record"].decode() for row in records] == [True] * 3


async def test_the_log_goes_on_behind_a_cut(log: SealedLog) -> None:
    await log.sign()
    await remove(log)

    await log.seal(5)
    assert await log.sign()

    assert (await log.verify()).verdict == "intact"
    assert await kept(log) == (21, 35)


async def test_a_beginning_that_nobody_signed_is_found(log: SealedLog) -> None:
    await log.sign()
    await remove(log)

    await log.connection.execute("DELETE FROM audit_log WHERE sequence <= 25")

    report = await log.verify()
    assert report.verdict == "broken"
    assert report.finding is not None
    assert (report.finding.first_sequence, report.finding.last_sequence) == (21, 26)


async def test_a_cut_signed_by_a_stranger_does_not_count(log: SealedLog) -> None:
    stranger = signer_of("another secret that nobody here knows at all", None)
    kept_row = await log.connection.fetchrow(
        "SELECT statement FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1"
    )
    assert kept_row is not None
    forged = kept_row["statement"].replace(b"}", b',"removed_through":20,"removed_head":"00"}')
    await log.connection.execute(
        "UPDATE audit_checkpoints SET statement = $1, key_id = $2 WHERE sequence = 20",
        forged,
        stranger.key_id,
    )

    assert await remove(log) == 0
    assert await kept(log) == (1, 30)


async def test_what_was_changed_is_never_cut(log: SealedLog) -> None:
    await log.connection.execute(
        "UPDATE audit_log SET record = $1 WHERE sequence = 5", audit_content(5, actor="nobody")
    )

    await log.sign()
    await remove(log)

    assert await kept(log) == (1, 30)
    report = await log.verify()
    assert report.finding is not None
    assert report.finding.first_sequence == 5


async def test_the_function_removes_nothing_that_was_published_of_late(log: SealedLog) -> None:
    await log.sign()

    removed = await log.connection.fetchval("SELECT remove_audit_records(30, 1000)")

    assert removed == 20
    assert await kept(log) == (21, 30)


async def test_activity_before_the_term_goes_with_it(log: SealedLog) -> None:
    await log.sign()
    (first,) = await log.connection.fetch("SELECT min(day) AS day FROM audit_activity")

    await remove_cut(log.connection, log.keys, first["day"] + timedelta(days=1), by="test")

    assert await log.connection.fetchval("SELECT count(*) FROM audit_activity") == 0
