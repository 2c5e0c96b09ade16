"""Why a practice's database did not answer, in words without values: away, slow, or changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from careledger.errors import UnavailableError
from ingest.sources.payloads import SourceUnreadableError

_SHAPE: Final = frozenset(
    {
        *("42703", "42P01", "42501", "42883", "3F000"),
        *("1054", "1146", "1142", "1143"),
        *("no such column", "no such table"),
    }
)
_LOGIN: Final = frozenset({"28P01", "28000", "3D000", "1044", "1045", "1049", "1698"})
_SLOW: Final = frozenset({"57014", "55P03", "1969", "3024", "1205", "database is locked"})


def failure(error: Exception) -> Exception:
    """Return what to raise in place of an error of a driver, whose texts may hold values."""
    code = _code(error)
    if code in _SHAPE:
        return SourceUnreadableError(
            "the database refuses a query: a table or column of the mapping is gone, has another "
            "type or is not readable; run ingest mapping check"
        )
    if code in _LOGIN:
        return SourceUnreadableError(
            "the database refuses the login: check name, password and database in its address"
        )
    if code in _SLOW:
        return UnavailableError(
            "the source's database takes too long, or a table is locked: run it again, or raise "
            "CARELEDGER_EXTRACTION_QUERY_SECONDS_MAX"
        )
    # A number of a server's list says nothing about anybody.
    known = f"{type(error).__name__} {code}" if code.isalnum() else type(error).__name__
    return UnavailableError(f"the source's database does not answer: {known}")


def _code(error: Exception) -> str:
    """Return the code of a server's error, of SQLite's the text that stands for one."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    first: Any = cause.args[0] if cause is not None and cause.args else ""
    if isinstance(first, Mapping):
        return str(first.get("C", ""))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
    if isinstance(first, int):
        return str(first)
    signs = (one for one in (*_SHAPE, *_SLOW) if " " in one and one in str(first))
    return next(signs, "")
