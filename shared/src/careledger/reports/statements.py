"""Statements with named parameters: the SQL beside the modules, as PostgreSQL takes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import asyncpg

from careledger.postgres import Connection

_NAME: Final = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose parameters are written :name; values never become part of its text."""

    text: str
    names: tuple[str, ...]

    async def fetch(
        self, connection: Connection, values: Mapping[str, object]
    ) -> list[asyncpg.Record]:
        """Run it; `values` holds at least every parameter."""
        return await connection.fetch(self.text, *[values[name] for name in self.names])


def compose(*fragments: str) -> Statement:
    """Join fragments of SQL written in this package into one statement."""
    text = "\n".join(fragments)
    names = tuple(dict.fromkeys(_NAME.findall(text)))
    return Statement(_NAME.sub(lambda match: f"${names.index(match[1]) + 1}", text), names)


def fragment(path: str) -> str:
    """Return a piece of SQL.

    Args:
        path: below careledger/reports, without the ending: "revenue/metrics".
    """
    return (files("careledger.reports") / f"{path}.sql").read_text()


def statement(path: str) -> Statement:
    """Return a statement that is a file of its own."""
    return compose(fragment(path))
