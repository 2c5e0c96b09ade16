"""Runs an extraction in the test's own process, and reads what it told."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import asyncpg
import msgspec

from careledger.events.envelope import from_headers
from ingest.auditing import Actor
from ingest.extraction.progress import Report
from ingest.extraction.requests import Request
from ingest.extraction.run import Extraction
from ingest.parts import opened
from ingest.runs import RunCounts
from ingest.settings import IngestSettings
from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.mapping import read_mapping
from support.practice import AnyPractice
from support.topics import Record, read_topic

INCREMENTAL = Request()


async def extract(
    settings: IngestSettings,
    practice: AnyPractice,
    request: Request = INCREMENTAL,
    *,
    report: Report = lambda _counts, _expected: None,
) -> RunCounts:
    """Run once over a practice's database."""
    database = PracticeDatabase(practice.url)
    async with opened(settings) as parts:
        actor = Actor(name="os:test", kind="user")
        mapping = read_mapping(practice.mapping)
        return await Extraction(parts, settings, mapping, database, actor).run(
            request, report=report
        )


async def published(settings: IngestSettings) -> list[Record]:
    """Every record of payment-events."""
    return await read_topic(
        settings.kafka_bootstrap, f"{settings.kafka_topic_prefix}payment-events"
    )


async def told(settings: IngestSettings) -> dict[str, dict[str, Any]]:
    """Event id to type and data of everything published."""
    return {
        from_headers(one.headers).id: {
            "type": from_headers(one.headers).type,
            **msgspec.json.decode(one.value or b"", type=dict[str, Any]),
        }
        for one in await published(settings)
    }


async def letters(settings: IngestSettings) -> list[dict[str, Any]]:
    """Every dead letter."""
    records = await read_topic(
        settings.kafka_bootstrap, f"{settings.kafka_topic_prefix}payment-intake-dlq"
    )
    return [msgspec.json.decode(one.value or b"", type=dict[str, Any]) for one in records]


async def runs(settings: IngestSettings) -> list[dict[str, Any]]:
    """The runs there were, the first one first."""
    return await rows_of(settings, "SELECT * FROM etl_process_status ORDER BY queued_at")


async def rows_of(
    settings: IngestSettings, query: str, arguments: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Ask the database of the test."""
    connection: Any = await asyncpg.connect(
        settings.database_url.get_secret_value(), server_settings={"search_path": "reporting"}
    )
    try:
        return [dict(row) for row in await connection.fetch(query, *arguments)]
    finally:
        with suppress(OSError):
            await connection.close()
