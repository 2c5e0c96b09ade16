"""Every table has one writer, and no service writes what is not its own."""

from pathlib import Path
from typing import get_args

import pytest

from careledger.events.topics import Service
from careledger.tables.catalog import TABLES
from careledger.tables.declaration import Table
from support.repository import SERVICES, SHARED_SOURCES, sources_of
from support.table_writes import (
    Write,
    forbidden,
    imported_classes,
    temporary_tables,
    writes_of,
)

BY_CLASS_NAME = {table.__name__: table for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_table_names_its_one_writer_itself(table: type[Table]) -> None:
    assert "writer" in vars(table)
    assert table.writer in set(get_args(Service)) - {"partners"}
    assert table.writer not in table.inserters


def test_no_table_is_declared_outside_the_catalog() -> None:
    assert set(Table.metadata.tables) == {f"reporting.{table.__tablename__}" for table in TABLES}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_writes_only_its_own_tables(service: str) -> None:
    files = sources_of(service, ".py", ".sql")
    own = temporary_tables(files)
    writes = [write for file in files for write in writes_of(file) if write.table not in own]

    assert forbidden(service, writes, TABLES) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_imports_the_classes_of_its_own_tables_only(service: str) -> None:
    classes = {name for file in sources_of(service, ".py") for name in imported_classes(file)}
    foreign = {
        name
        for name in classes & set(BY_CLASS_NAME)
        if service not in (BY_CLASS_NAME[name].writer, *BY_CLASS_NAME[name].inserters)
    }

    assert foreign == set()


def test_shared_code_writes_nothing_but_the_outbox() -> None:
    files = [file for file in SHARED_SOURCES.rglob("*") if file.suffix in {".py", ".sql"}]

    written = {(write.file, write.table) for file in files for write in writes_of(file)}

    assert written == {("audit_trail.py", "audit_outbox")}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger (amount) VALUES (1)",
        "insert into reporting.ledger select 1",
        "WITH a AS (DELETE FROM ledger RETURNING 1) SELECT 1",
        "UPDATE ledger AS l SET amount = 0",
        "UPDATE ledger l SET amount = 0",
        "TRUNCATE ledger",
        "INSERT INTO clinics (clinic_id) VALUES ('a') ON CONFLICT DO UPDATE SET name = 'b'",
    ],
)
def test_a_planted_write_of_another_ones_table_is_found(statement: str, tmp_path: Path) -> None:
    file = tmp_path / "statement.sql"
    file.write_text(statement)

    assert len(forbidden("ingest", writes_of(file), TABLES)) == 1


def test_a_planted_copy_and_a_name_filled_in_are_found(tmp_path: Path) -> None:
    file = tmp_path / "outlet.py"
    file.write_text('copy.copy_records_to_table("ledger")\nrun(f"DELETE FROM {name} WHERE true")\n')

    writes = writes_of(file)

    assert {write.table for write in writes} == {"ledger", ""}
    assert len(forbidden("ingest", writes, TABLES)) == len(writes)


@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM ledger FOR UPDATE SKIP LOCKED", "SELECT 'update' FROM ledger"]
)
def test_reading_is_no_write(statement: str, tmp_path: Path) -> None:
    file = tmp_path / "statement.sql"
    file.write_text(statement)

    assert writes_of(file) == []


def test_an_inserter_may_insert_and_nothing_else() -> None:
    insert = Write("a.sql", "insert", "clinics")
    change = Write("a.sql", "change", "clinics")

    assert forbidden("aggregator", [insert, change], TABLES) == [change]
