"""Statements with named parameters: the SQL beside the modules, as PostgreSQL takes it."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

import asyncpg

from careledger.postgres import Connection

Planning = Literal["once", "anew"]
_MODES: Final[dict[Planning, str]] = {"once": "force_generic_plan", "anew": "force_custom_plan"}
_PLANNED: Final = """
WITH before AS MATERIALIZED (SELECT current_setting('plan_cache_mode') AS mode)
SELECT mode, set_config('plan_cache_mode', $1, true) FROM before
"""
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


@asynccontextmanager
async def planned(connection: Connection, mode: Planning) -> AsyncGenerator[None]:
    """Let statements be planned in one way, until the block ends.

    Args:
        connection: inside the caller's transaction.
        mode: "once": as their session planned them already, for statements that are planned alike
            whatever they are asked for; to plan a look-up over all months of the ledger costs as
            much as to run it. "anew": for what is asked, where a plan for anything is a worse one.
    """
    before: str = await connection.fetchval(_PLANNED, _MODES[mode])
    yield
    await connection.execute(_PLANNED, before)


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
