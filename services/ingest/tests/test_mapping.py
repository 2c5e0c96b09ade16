"""A mapping file is strictly read, held against its database, and shows no one's identity."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from careledger import clock
from careledger.errors import ConfigurationError
from ingest.sources.payloads import SourceEvent, SourceUnreadableError
from ingest.sources.practice.checking import CheckedTable, check
from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.mapping import parse_mapping, read_mapping
from ingest.sources.practice.synthea_database import load
from support.practice import Practice, make_practice

EXPORT = Path(__file__).parents[3] / "deploy" / "demo" / "synthea"
HEAD = 'source = "urn:a:b"\ntime_zone = "UTC"\nclinic = { value = "main" }\n'
INVOICES = """[invoices]
table = "invoices"
key = "id"
patient = "patient_id"
amount = "amount"
issued_on = "issued_on"
"""


def checked(practice: Practice) -> dict[str, CheckedTable]:
    database = PracticeDatabase(practice.url)
    try:
        found = check(read_mapping(practice.mapping), database, clock.now(), passes)
        return {one.name: one for one in found}
    finally:
        database.close()


def passes(_event: SourceEvent) -> None:
    """Refuse nothing."""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source = ", "not valid TOML"),
        (HEAD, "no table is mapped"),
        (HEAD.replace("UTC", "Mars/Olympus") + INVOICES, "time_zone"),
        (HEAD.replace("urn:a:b", "a b") + INVOICES, "source must be"),
        (HEAD + INVOICES + 'colour = "red"\n', "unknown field `colour`"),
        (HEAD + INVOICES.replace('amount = "amount"\n', ""), "missing required field `amount`"),
        (HEAD + INVOICES + "due_on = {}\n", "invoices.due_on needs a column or a value"),
        (HEAD + INVOICES + 'due_on = "visits.due"\n', "visits, which is not joined"),
        (HEAD + 'currency = { value = "XXX" }\n' + INVOICES, "not an ISO 4217 code"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        parse_mapping(text, "practice.toml")


def test_the_ready_mapping_fits_its_shape_and_shows_rows_without_identities(
    tmp_path: Path,
) -> None:
    found = checked(make_practice(tmp_path))

    assert [(one.name, one.rows, one.errors) for one in found.values()] == [
        ("patients", 2, []),
        ("invoices", 3, []),
        ("payments", 3, []),
    ]
    assert found["payments"].shown[1]["amount"] == "19.99"
    assert found["payments"].shown[1]["told as"] == "payment.succeeded, payment.refunded"
    shown = repr([one.shown for one in found.values()])
    assert not [name for name in ("Nguyen", "Anna", "P-1", "I-1", "Y-1") if name in shown]


def test_a_missing_column_an_unmapped_code_and_a_missing_index_are_named(tmp_path: Path) -> None:
    practice = make_practice(tmp_path)
    practice.do(
        "ALTER TABLE invoices RENAME COLUMN due_on TO due",
        "UPDATE payments SET status = 'odd' WHERE id = 'Y-1'",
        "DROP INDEX payments_changed",
    )

    found = checked(practice)

    assert found["invoices"].errors == ["no column due_on"]
    assert found["payments"].refused == {"status has a code that is not mapped": 1}
    assert "no index begins with updated_at" in found["payments"].warnings[0]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    practice = make_practice(tmp_path)
    practice.do("DROP TABLE payments")

    with pytest.raises(SourceUnreadableError, match="no table payments"):
        checked(practice)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("not an address", "must be a URL"),
        ("oracle://host/name", "sqlite, postgresql, mysql or mariadb"),
        ("sqlite:///nowhere.db", "does not exist"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(url: str, problem: str) -> None:
    with pytest.raises((ConfigurationError, SourceUnreadableError), match=problem):
        PracticeDatabase(url)


def test_the_source_is_opened_for_reading_only(tmp_path: Path) -> None:
    practice = make_practice(tmp_path)
    practice.file.chmod(0o444)
    before = practice.file.read_bytes()

    checked(practice)

    assert practice.file.read_bytes() == before


def test_a_synthea_export_becomes_a_database_of_the_ready_mapping(tmp_path: Path) -> None:
    database = tmp_path / "synthea.db"
    counts = load(EXPORT, database, "USD")
    mapping = tmp_path / "synthea.toml"
    ready = Path(__file__).parents[1] / "src/ingest/sources/practice/ready/synthea.toml"
    mapping.write_bytes(ready.read_bytes())

    found = checked(Practice(database, mapping))

    assert counts["problems"] == 0
    assert {name: one.rows for name, one in found.items()} == {
        name: count for name, count in counts.items() if name != "problems" and count
    } | {"adjustments": counts["adjustments"]}
    assert not [one for one in found.values() if one.errors or one.refused]
    with pytest.raises(ConfigurationError, match="is there already"):
        load(EXPORT, database, "USD")
    with closing(sqlite3.connect(database)) as connection:
        latest = connection.execute("SELECT max(received_at) FROM payments").fetchone()[0]
    assert datetime.fromisoformat(latest).tzinfo == UTC
