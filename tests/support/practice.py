"""A practice's billing database in SQLite, written as its own software would, and its mapping."""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

_SCHEMA = """
CREATE TABLE patients (id TEXT PRIMARY KEY, first_name TEXT, last_name TEXT);
CREATE TABLE invoices (
    id TEXT PRIMARY KEY, patient_id TEXT, amount DECIMAL(12, 2), issued_on TEXT, due_on TEXT,
    status TEXT, updated_at TEXT);
CREATE TABLE payments (
    id TEXT PRIMARY KEY, patient_id TEXT, invoice_id TEXT, amount DECIMAL(12, 2), method TEXT,
    paid_at TEXT, status TEXT, updated_at TEXT);
CREATE INDEX invoices_changed ON invoices (updated_at);
CREATE INDEX payments_changed ON payments (updated_at);
"""
SOURCE = "urn:practice:billing"
ROWS = (
    "INSERT INTO patients VALUES ('P-1', 'Anna Maria', 'Nguyen'), ('P-2', 'José', 'Ortiz')",
    """INSERT INTO invoices VALUES
    ('I-1', 'P-1', 100.00, '2026-01-05', '2026-02-04', 'open', '2026-01-05 10:00:00'),
    ('I-2', 'P-1', 19.99, '2026-01-06', '2026-02-05', 'open', '2026-01-06 10:00:00'),
    ('I-3', 'P-2', 0.1, '2026-02-01', '2026-03-03', 'void', '2026-02-02 09:00:00')""",
    """INSERT INTO payments VALUES
    ('Y-1', 'P-1', 'I-1', 60, 'card', '2026-01-10 12:00:00', 'paid', '2026-01-10 12:00:01'),
    ('Y-2', 'P-1', 'I-2', 19.99, 'cash', '2026-01-11 12:00:00', 'refunded', '2026-01-20 08:00:00'),
    ('Y-3', 'P-2', NULL, 5.5, 'check', '2026-02-03', 'pending', '2026-02-03 08:00:00')""",
)


class Session(Protocol):
    """A transaction of the practice's own software."""

    def execute(self, statement: str, cells: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Do something, cells in place of question marks; return what it finds."""
        ...


class AnyPractice(Protocol):
    """A practice's database of any kind."""

    @property
    def url(self) -> str: ...

    @property
    def mapping(self) -> Path: ...

    @property
    def options(self) -> tuple[str, ...]: ...

    def session(self) -> AbstractContextManager[Session]: ...


class _FileSession:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, cells: Sequence[object] = ()) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(statement, tuple(cells))]


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the database and its mapping are."""

    file: Path
    mapping: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"sqlite:///{self.file}"

    @property
    def options(self) -> tuple[str, ...]:
        """What names it on the command line."""
        return "--mapping", str(self.mapping), "--url", self.url

    def do(self, *statements: str) -> None:
        """Change the database."""
        with self.session() as session:
            for statement in statements:
                session.execute(statement)

    @contextmanager
    def session(self) -> Generator[Session]:
        """A transaction of the practice's own software."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            connection.row_factory = sqlite3.Row
            yield _FileSession(connection)

    def fill(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Add many rows to a table."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def ready_mapping() -> str:
    """The text of the ready mapping."""
    return files("ingest.sources.practice").joinpath("ready", "practice.toml").read_text("utf-8")


def make_practice(folder: Path, *, rows: Sequence[str] = ROWS) -> Practice:
    """Make a database of the ready mapping's shape, with some rows."""
    practice = Practice(folder / "practice.db", folder / "practice.toml")
    practice.mapping.write_text(ready_mapping(), encoding="utf-8")
    with closing(sqlite3.connect(practice.file)) as connection:
        connection.executescript(_SCHEMA)
    practice.do(*rows)
    return practice
