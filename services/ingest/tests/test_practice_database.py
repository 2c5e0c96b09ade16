"""Rows are found by their keys whatever a file says of types, and none passes for another."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.mapping import PatientTable

TABLES = """
CREATE TABLE counted (id INTEGER PRIMARY KEY, name TEXT, changed TEXT);
INSERT INTO counted VALUES (5, 'a', '2026-01-01'), (6, 'b', NULL);
CREATE TABLE lettered (id TEXT PRIMARY KEY, name TEXT, changed TEXT);
INSERT INTO lettered VALUES ('5', 'a', '2026-01-01'), ('6', 'b', NULL);
CREATE TABLE untyped (id, name, changed);
INSERT INTO untyped VALUES (5, 'a', '2026-01-01'), (6, 'b', NULL), (NULL, 'c', NULL);
CREATE VIEW computed AS SELECT id + 0 AS id, name, changed FROM counted;
CREATE TABLE shared (id TEXT, name TEXT, changed TEXT);
INSERT INTO shared VALUES ('5', 'a', NULL), ('5', 'b', NULL);
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[PracticeDatabase]:
    file = tmp_path / "practice.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(TABLES)
    found = PracticeDatabase(f"sqlite:///{file}")
    yield found
    found.close()


def table(name: str) -> PatientTable:
    return PatientTable(
        table=name, key="id", updated_at="changed", patient="id", family_name="name"
    )


@pytest.mark.parametrize("name", ["counted", "lettered", "untyped", "computed"])
def test_keys_are_found_again(database: PracticeDatabase, name: str) -> None:
    assert database.keys_among(table(name), ["5", "7", "x"]) == {"5"}
    assert [row[2] for row in database.of_keys(table(name), ["6"])] == ["b"]
    assert not database.repeats_keys(table(name))


def test_rows_without_a_key_or_a_time_of_change_are_found_apart(
    database: PracticeDatabase,
) -> None:
    untyped = table("untyped")

    assert [row[0] for row in database.by_key(untyped, None, 10)] == [5, 6]
    assert [row[0] for row in database.by_key(untyped, None, 10, undated=True)] == [6]
    assert [row[2] for row in database.without_key(untyped, 10)] == ["c"]


def test_rows_that_share_a_key_are_noticed(database: PracticeDatabase) -> None:
    assert database.repeats_keys(table("shared"))
