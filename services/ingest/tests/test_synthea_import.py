"""A Synthea export is imported once, however often it is imported."""

import csv
from collections import Counter
from pathlib import Path

import asyncpg
import msgspec
import pytest

from careledger.events.envelope import from_headers
from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceEvent
from ingest.sources.synthea import SyntheaOptions, read_events
from support.databases import take_away
from support.ingest_command import environment, run, start
from support.polling import seen
from support.topics import Record, read_topic

pytestmark = pytest.mark.integration

EXPORT = Path(__file__).parents[3] / "deploy" / "demo" / "synthea"
ZONE = "America/New_York"
COMMAND = ("import", "synthea", str(EXPORT), "--clinic-zone", ZONE)


async def events(settings: IngestSettings) -> list[Record]:
    return await read_topic(
        settings.kafka_bootstrap, f"{settings.kafka_topic_prefix}payment-events"
    )


async def runs(settings: IngestSettings) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        return await connection.fetch(
            "SELECT * FROM reporting.etl_process_status ORDER BY queued_at"
        )
    finally:
        await connection.close()


def identities(records: list[Record]) -> Counter[tuple[str, str, bytes | None]]:
    return Counter(
        (from_headers(one.headers).source, from_headers(one.headers).id, one.value)
        for one in records
    )


async def test_the_demo_export_comes_in_whole_and_again_with_the_same_identities(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    env = environment(ingest_settings)

    first = await run(*COMMAND, env=env, cwd=tmp_path)
    written = await events(ingest_settings)
    second = await run(*COMMAND, env=env, cwd=tmp_path)

    assert first.code == 0, first.err
    assert first.out == second.out == f"{len(written)} accepted, 0 rejected\n"
    again = identities(await events(ingest_settings))
    assert again == identities(written + written)
    assert set(again.values()) == {2}
    assert [(row["status"], row["mode"]) for row in await runs(ingest_settings)] == [
        ("completed", "import")
    ] * 2


async def test_no_name_of_the_export_is_published(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    await run(*COMMAND, env=environment(ingest_settings), cwd=tmp_path)

    with (EXPORT / "patients.csv").open(encoding="utf-8") as file:
        names = {
            row[column].lower().encode()
            for row in csv.DictReader(file)
            for column in ("FIRST", "LAST")
        }
    published = [one.value or b"" for one in await events(ingest_settings)]
    assert not any(name in value.lower() for value in published for name in names)
    assert sum(b"name_tokens" in value for value in published) > len(names) / 2


async def test_another_shift_or_zone_than_the_first_is_refused(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    env = environment(ingest_settings)
    await run(*COMMAND, env=env, cwd=tmp_path)
    published = len(await events(ingest_settings))

    for arguments in (
        ("--shift-days", "1"),
        ("--clinic-zone", "UTC"),
        ("--currency", "EUR"),
    ):
        refused = await run(*COMMAND, *arguments, env=env, cwd=tmp_path)
        assert refused.code == 1
        assert "was imported before" in refused.err
    assert len(await events(ingest_settings)) == published


async def test_an_import_that_was_killed_is_made_up_for_by_the_next(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    env = environment(ingest_settings)
    killed = await start(*COMMAND, env=env, cwd=tmp_path)
    await seen(lambda: events(ingest_settings), bool)
    killed.kill()
    await killed.communicate()
    before = identities(await events(ingest_settings))

    again = await run(*COMMAND, env=env, cwd=tmp_path)

    whole = identities(await events(ingest_settings))
    expected = read_events(EXPORT, SyntheaOptions(dataset="synthea", time_zone=ZONE))
    assert again.code == 0, again.err
    assert [row["status"] for row in await runs(ingest_settings)] == ["failed", "completed"]
    assert before <= whole
    assert len(whole) == sum(isinstance(one, SourceEvent) for one in expected)


async def test_a_database_that_goes_away_ends_an_import_in_plain_words(
    ingest_settings: IngestSettings, database_url: str, tmp_path: Path
) -> None:
    going = await start(*COMMAND, env=environment(ingest_settings), cwd=tmp_path)
    await seen(lambda: events(ingest_settings), bool)

    await take_away(database_url)

    _, err = await going.communicate()
    assert going.returncode == 1
    assert "PostgreSQL at CARELEDGER_DATABASE_URL" in err.decode()
    assert "Traceback" not in err.decode()


async def test_the_clinics_of_an_export_are_listed_to_be_registered(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    command = ("clinics", "synthea", str(EXPORT), "--clinic-zone", ZONE, "--terms-days", "45")

    listed = await run(*command, env=environment(ingest_settings), cwd=tmp_path)

    clinics = [msgspec.json.decode(line) for line in listed.out.splitlines()]
    assert len({clinic["clinic_id"] for clinic in clinics}) == 13
    assert {(one["time_zone"], one["terms_days"]) for one in clinics} == {(ZONE, 45)}
