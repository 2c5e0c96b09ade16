"""Runs go after their term; what says how fresh a source is, and what later runs need, stays."""

from collections.abc import AsyncGenerator

import msgspec
import pytest

from careledger.errors import UnavailableError
from careledger.publisher import Publisher
from ingest.auditing import AuditTrail
from ingest.parts import Parts, opened
from ingest.run_term import remove_past_runs
from ingest.settings import IngestSettings
from support.topics import read_topic

pytestmark = pytest.mark.integration

NOWHERE = "127.0.0.1:1"

_ADD = """
INSERT INTO etl_process_status (run_id, source, mode, status, started_by, queued_at, ended_at,
    checkpoint)
VALUES ($1, $2, 'full', $3, 'test', now() - make_interval(months => $4),
    CASE WHEN $3 <> 'running' THEN now() - make_interval(months => $4) END, $5::jsonb)
"""
_ADD_TOTAL = "INSERT INTO extraction_totals VALUES ($1, 'invoice', 'USD', '2026-01-01', 1, 1, 1)"


@pytest.fixture
async def parts(ingest_settings: IngestSettings) -> AsyncGenerator[Parts]:
    async with opened(ingest_settings) as open_parts:
        yield open_parts


async def add(parts: Parts, run_id: str, status: str, months: int, **more: str) -> None:
    source, checkpoint = more.get("source", "pms"), more.get("checkpoint")
    await parts.pool.execute(_ADD, run_id, source, status, months, checkpoint)


async def left_after(parts: Parts, months: int = 6) -> list[str]:
    await remove_past_runs(parts.pool, parts.audit, months)
    rows = await parts.pool.fetch("SELECT run_id FROM etl_process_status ORDER BY run_id")
    return [row["run_id"] for row in rows]


async def test_old_runs_go_with_their_totals_and_leave_a_record(
    parts: Parts, ingest_settings: IngestSettings
) -> None:
    await add(parts, "1", "completed", 9)
    await add(parts, "2", "failed", 8)
    await add(parts, "3", "completed", 2)
    await parts.pool.execute(_ADD_TOTAL, "1")
    await parts.pool.execute(_ADD_TOTAL, "3")

    assert await left_after(parts) == ["3"]
    totals = await parts.pool.fetch("SELECT run_id FROM extraction_totals")
    assert [row["run_id"] for row in totals] == ["3"]
    topic = f"{ingest_settings.kafka_topic_prefix}audit-events"
    (record,) = await read_topic(ingest_settings.kafka_bootstrap, topic)
    told = msgspec.json.decode(record.value or b"")
    assert (told["action"], told["details"]["runs"]) == ("retention.purged", 2)


async def test_the_last_good_run_of_each_source_stays_with_all_after_it(parts: Parts) -> None:
    await add(parts, "1", "completed", 12)
    await add(parts, "2", "completed", 11)
    await add(parts, "3", "failed", 10)
    await add(parts, "4", "completed", 12, source="other")

    assert await left_after(parts) == ["2", "3", "4"]


async def test_a_run_that_kept_something_for_all_that_follow_stays(parts: Parts) -> None:
    await add(parts, "1", "completed", 12, checkpoint='{"zone": "UTC"}')
    await add(parts, "2", "completed", 11, checkpoint='{"zone": "UTC"}')
    await add(parts, "3", "completed", 1)

    assert await left_after(parts) == ["1", "3"]


async def test_a_term_of_zero_keeps_everything(parts: Parts) -> None:
    await add(parts, "1", "completed", 120)
    await add(parts, "2", "completed", 1)

    assert await left_after(parts, months=0) == ["1", "2"]


async def test_without_its_record_nothing_is_removed(parts: Parts) -> None:
    await add(parts, "1", "completed", 9)
    await add(parts, "2", "completed", 1)
    unreachable = AuditTrail(Publisher(NOWHERE, client_id="test", timeout_seconds=0.5), "audit")

    with pytest.raises(UnavailableError):
        await remove_past_runs(parts.pool, unreachable, 6)

    assert await left_after(parts, months=0) == ["1", "2"]
