"""Who reads a table is declared with it: the sources read nothing else, and nothing less."""

from pathlib import Path

import pytest

from careledger.database_roles import SERVICES, DatabaseService
from careledger.tables.catalog import TABLES
from support.repository import SHARED_SOURCES, sources_of
from support.table_reads import tables_read
from support.table_writes import writes_of

NAMES = {str(table.__tablename__) for table in TABLES}
VIEWS = {
    "patient_payment_history": {"ledger"},
    "export_states": {"exports", "export_attempts"},
}
READ_MODEL = [f for f in (SHARED_SOURCES / "reports").rglob("*") if f.suffix in {".py", ".sql"}]
NEVER_ON_PAPER = {"patient_name_tokens"}
"""A document is asked for by id: whoever renders it needs no blind index."""
READ_THROUGH_CLASSES = {"report-api": {"users", "sessions", "clients"}}
PROMISED = {("report-api", "audit_log"), ("report-api", "etl_process_status")}
"""Shown over HTTP by routes that are not there yet."""


def read_by(service: DatabaseService) -> set[str]:
    found = tables_read(sources_of(service, ".py", ".sql"), NAMES, VIEWS)
    found |= READ_THROUGH_CLASSES.get(service, set())
    if service in ("report-api", "pdf-worker"):
        found |= tables_read(READ_MODEL, NAMES, VIEWS)
    return found - NEVER_ON_PAPER if service == "pdf-worker" else found


def readable_by(service: DatabaseService) -> set[str]:
    return {str(t.__tablename__) for t in TABLES if service == t.writer or service in t.readers}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_only_what_it_is_declared_to_read(service: DatabaseService) -> None:
    assert read_by(service) - readable_by(service) == set()


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_declared_a_reader_who_does_not_read(service: DatabaseService) -> None:
    declared = {str(table.__tablename__) for table in TABLES if service in table.readers}
    promised = {table for reader, table in PROMISED if reader == service}

    assert declared - read_by(service) <= promised


REMOVALS = {("entries.sql", "ledger"), ("moves.sql", "ledger_moves")}
"""Where retention removes whole rows of what is append-only."""


def test_no_source_changes_what_is_append_only() -> None:
    append_only = {str(table.__tablename__) for table in TABLES if table.append_only}
    files = [file for service in SERVICES for file in sources_of(service, ".py", ".sql")]

    changed = {
        (write.file, write.table)
        for file in files
        for write in writes_of(file)
        if write.verb == "change" and write.table in append_only
    }

    assert changed == REMOVALS


def test_a_planted_read_is_found_behind_a_view_too(tmp_path: Path) -> None:
    file = tmp_path / "outlet.py"
    file.write_text(
        'A = "SELECT 1 FROM users"\nB = f"SELECT {A} FROM patient_payment_history AS h"\n'
    )

    assert tables_read([file], NAMES, VIEWS) == {"users", "ledger"}
