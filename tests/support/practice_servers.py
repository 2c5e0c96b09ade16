"""A practice's billing database on a server, read by an account that may only read."""

import secrets
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from deploy.local.stack import Addresses
from sqlalchemy import URL, Engine, create_engine, make_url

from support.own_mariadb import running_mariadb
from support.practice import Session

READER_PASSWORD: Final = "only-reads"  # noqa: S105 - of a server that lives as long as its tests
Types = Mapping[str, str]

_TYPES: Final[dict[str, Types]] = {
    "postgresql": {
        "text": "text",
        "amount": "numeric(12, 2)",
        "instant": "timestamptz",
        "local": "timestamp",
        "uuid": "uuid",
        "invoice_state": "invoice_state",
    },
    "mysql": {
        "text": "varchar(64)",
        "amount": "decimal(12, 2)",
        "instant": "timestamp(6) NULL",
        "local": "datetime(6)",
        "uuid": "char(36)",
        "invoice_state": "enum('open', 'sent', 'paid', 'void')",
    },
}
_BEFORE: Final = {
    "postgresql": ("CREATE TYPE invoice_state AS ENUM ('open', 'sent', 'paid', 'void')",),
    "mysql": (),
}


@pytest.fixture(
    scope="module", params=["postgresql", pytest.param("mariadb", marks=pytest.mark.mariadb)]
)
def practice_server(
    request: pytest.FixtureRequest, stack: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the administrator of a server that practices have."""
    if request.param == "postgresql":
        yield stack.postgres
        return
    with running_mariadb(tmp_path_factory.mktemp("mariadb")) as address:
        yield address


SIMPLE: Final = (
    "CREATE TABLE patients (id {text} PRIMARY KEY, first_name {text}, last_name {text})",
    """CREATE TABLE invoices (
        id {text} PRIMARY KEY, patient_id {text}, amount {amount}, issued_on date, due_on date,
        status {invoice_state}, updated_at {instant})""",
    """CREATE TABLE payments (
        id {text} PRIMARY KEY, patient_id {text}, invoice_id {text}, amount {amount},
        method {text}, paid_at {local}, status {text}, updated_at {instant})""",
    "CREATE INDEX invoices_changed ON invoices (updated_at, id)",
    "CREATE INDEX payments_changed ON payments (updated_at, id)",
)
"""The ready mapping's shape, in a server's own types."""


@dataclass(frozen=True, slots=True)
class ServerPractice:
    """Where the database and its mapping are."""

    url: str
    mapping: Path
    owner: Engine

    @property
    def reader(self) -> str:
        """The account that may only read."""
        return str(make_url(self.url).username)

    @property
    def options(self) -> tuple[str, ...]:
        """What names it on the command line."""
        return "--mapping", str(self.mapping), "--url", self.url

    def do(self, *statements: str) -> None:
        """Change the database, in one transaction."""
        with self.session() as session:
            for statement in statements:
                session.execute(statement)

    def shut_out(self) -> None:
        """Let the reader in no more, and end what it is doing."""
        if self.owner.name == "postgresql":
            self.do(f"ALTER USER {self.reader} NOLOGIN")
            with self.session() as session:
                session.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?",
                    [self.reader],
                )
            return
        self.do(f"ALTER USER {self.reader} ACCOUNT LOCK", f"KILL USER {self.reader}")

    def let_in(self) -> None:
        """Let the reader in again."""
        unlocked = "LOGIN" if self.owner.name == "postgresql" else "ACCOUNT UNLOCK"
        self.do(f"ALTER USER {self.reader} {unlocked}")

    @contextmanager
    def session(self) -> Generator[Session]:
        """A transaction of the practice's own software."""
        connection: Any = self.owner.raw_connection()
        try:
            yield _ServerSession(connection.cursor())
            connection.commit()
        finally:
            connection.close()


class _ServerSession:
    def __init__(self, cursor: Any) -> None:  # noqa: ANN401 - of either driver
        self._cursor = cursor

    def execute(self, statement: str, cells: Sequence[object] = ()) -> list[dict[str, Any]]:
        self._cursor.execute(statement.replace("?", "%s"), tuple(cells))
        if self._cursor.description is None:
            return []
        names = [one[0] for one in self._cursor.description]
        return [dict(zip(names, row, strict=True)) for row in self._cursor.fetchall()]


@contextmanager
def practice_on(
    server: str, folder: Path, mapping: str, schema: Sequence[str] = SIMPLE
) -> Generator[ServerPractice]:
    """Make a database of a practice on a server, with an account that may read it.

    Args:
        server: the address of the server's administrator.
        folder: where the mapping is written.
        mapping: its text.
        schema: statements, with the names of types in braces.
    """
    address, name = make_url(server), f"practice_{secrets.token_hex(4)}"
    kind = address.get_backend_name()
    driver = "postgresql+pg8000" if kind == "postgresql" else "mysql+pymysql"
    with _connected(address.set(drivername=driver)) as owner:
        owner.exec_driver_sql(f"CREATE DATABASE {name}")
    engine = create_engine(address.set(drivername=driver, database=name))
    file = folder / "practice.toml"
    file.write_text(mapping, encoding="utf-8")
    reader = address.set(
        drivername=kind, username=name, password=READER_PASSWORD, database=name
    ).render_as_string(hide_password=False)
    practice = ServerPractice(reader, file, engine)
    statements = (*_BEFORE[kind], *(one.format_map(_TYPES[kind]) for one in schema))
    try:
        practice.do(*statements, *_grants(kind, name))
        yield practice
    finally:
        engine.dispose()
        with _connected(address.set(drivername=driver)) as owner:
            force = " WITH (FORCE)" if kind == "postgresql" else ""
            owner.exec_driver_sql(f"DROP DATABASE {name}{force}")
            owner.exec_driver_sql(f"DROP USER {name}")


def _grants(kind: str, name: str) -> tuple[str, ...]:
    if kind == "postgresql":
        return (
            f"CREATE USER {name} PASSWORD '{READER_PASSWORD}'",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
            f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {name}",
        )
    return (
        f"CREATE USER {name} IDENTIFIED BY '{READER_PASSWORD}'",
        f"GRANT SELECT, SHOW VIEW ON {name}.* TO {name}",
    )


@contextmanager
def _connected(address: URL) -> Generator[Any]:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
