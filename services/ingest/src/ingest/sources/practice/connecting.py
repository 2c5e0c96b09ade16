"""Opens a practice's database so that it can only be read, waits for no lock, and never hangs."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pymysql.constants import FIELD_TYPE
from pymysql.converters import conversions, convert_datetime
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from careledger.errors import ConfigurationError
from ingest.sources.payloads import SourceUnreadableError

LOCK_SECONDS_MAX: Final = 30
"""How long a query waits for who alters a table."""
_CONNECT_SECONDS_MAX: Final = 10
_SILENCE_SECONDS: Final = 30
"""How much longer than its longest query a server may be silent before it counts as away."""
_NAME: Final = "careledger"
_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+pg8000",
    "postgres": "postgresql+pg8000",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_OPTIONS: Final = {
    "postgresql": {"sslmode", "sslrootcert", "unix_sock"},
    "mysql": {"charset", "unix_socket", "ssl_ca", "ssl_cert", "ssl_key", "ssl_check_hostname"},
}
_ENCRYPTED: Final = {"require": False, "verify-ca": True, "verify-full": True}
"""Modes of sslmode, and whether they verify the server."""


def engine_of(address: str, query_seconds_max: int) -> Engine:
    """Return an engine for a database; nothing is opened yet.

    Args:
        address: where it is, as a URL.
        query_seconds_max: how long a query may take.

    Raises:
        ConfigurationError: if the address is none, or of no database that is understood.
        SourceUnreadableError: if it names a file that is not there.
    """
    url = _url_of(address)
    silence_seconds = query_seconds_max + _SILENCE_SECONDS
    match url.get_backend_name():
        case "sqlite":
            arguments: dict[str, Any] = {"timeout": LOCK_SECONDS_MAX}
        case "postgresql":
            arguments = {
                "timeout": silence_seconds,
                "application_name": _NAME,
                "ssl_context": _tls(url),
            }
            url = url.difference_update_query(("sslmode", "sslrootcert"))
        case _:
            arguments = {
                "connect_timeout": _CONNECT_SECONDS_MAX,
                "read_timeout": silence_seconds,
                "program_name": _NAME,
                # In a session in UTC the columns of this type are instants, the other ones are not.
                "conv": {**conversions, FIELD_TYPE.TIMESTAMP: _instant},
            }
    # Each query is a transaction of its own: none stays open while its rows are told.
    return create_engine(url, isolation_level="AUTOCOMMIT", connect_args=arguments)


def prepare(connection: Connection, query_seconds_max: int) -> None:
    """Let a fresh connection read only, in UTC, and give up what takes too long."""
    for statement in _preparations(connection, query_seconds_max):
        connection.execute(text(statement))


def _preparations(connection: Connection, query_seconds_max: int) -> Iterator[str]:
    dialect: Any = connection.dialect
    if dialect.name == "sqlite":
        yield "PRAGMA query_only = ON"
        return
    if dialect.name == "postgresql":
        yield "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
        yield "SET TIME ZONE 'UTC'"
        yield "SET datestyle = 'ISO'"
        yield f"SET statement_timeout = '{query_seconds_max}s'"
        yield f"SET lock_timeout = '{LOCK_SECONDS_MAX}s'"
        return
    yield "SET SESSION TRANSACTION READ ONLY"
    yield "SET SESSION time_zone = '+00:00'"
    yield f"SET SESSION lock_wait_timeout = {LOCK_SECONDS_MAX}"
    if dialect.is_mariadb:
        yield f"SET SESSION max_statement_time = {query_seconds_max}"
    else:
        yield f"SET SESSION max_execution_time = {query_seconds_max * 1000}"


def _instant(written: Any) -> Any:  # noqa: ANN401 - bytes or text, as the driver has it
    found = convert_datetime(written)
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) else found


def _url_of(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise ConfigurationError(
            "the source's address must be a URL such as sqlite:///practice.db or "
            "postgresql://reader:password@host/practice"
        ) from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ConfigurationError(
            "the source's address must be of sqlite, postgresql, mysql or mariadb"
        )
    url = url.set(drivername=driver)
    if url.get_backend_name() == "sqlite":
        return _file_of(url)
    known = _OPTIONS["postgresql" if url.get_backend_name() == "postgresql" else "mysql"]
    if unknown := set(url.query) - known:
        raise ConfigurationError(
            f"the source's address has options that are not understood: {', '.join(unknown)}; "
            f"these are: {', '.join(sorted(known))}"
        )
    return url


def _file_of(url: URL) -> URL:
    path = Path(url.database or "")
    if not path.is_file():
        raise SourceUnreadableError("the source's SQLite file does not exist")
    # Only a URI can say that the file must not be written.
    return url.set(database=f"file:{path.resolve()}", query={"mode": "ro", "uri": "true"})


def _tls(url: URL) -> ssl.SSLContext | None:
    mode = url.query.get("sslmode", "disable")
    if mode in {"disable", "allow", "prefer"}:
        return None
    if not isinstance(mode, str) or mode not in _ENCRYPTED:
        raise ConfigurationError(f"sslmode is disable, {', '.join(_ENCRYPTED)}")
    roots = url.query.get("sslrootcert")
    try:
        context = ssl.create_default_context(cafile=roots if isinstance(roots, str) else None)
    except OSError:
        raise ConfigurationError("the file of sslrootcert cannot be read") from None
    context.check_hostname = mode == "verify-full"
    if not _ENCRYPTED[mode]:
        context.verify_mode = ssl.CERT_NONE
    return context
