"""Notes how PostgreSQL would run each statement that is asked on a connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from careledger.postgres import Connection


@dataclass(frozen=True)
class Scan:
    """One look at a table: how, and by which condition of an index."""

    table: str
    kind: str
    condition: str


@dataclass
class PlanNoting:
    """Stands in for a connection: every statement is explained before it is run."""

    connection: Connection
    scans: list[Scan] = field(default_factory=list[Scan])

    async def fetch(self, statement: str, *arguments: object) -> list[Any]:
        """Fetch rows."""
        await self._note(statement, arguments)
        return await self.connection.fetch(statement, *arguments)

    async def fetchrow(self, statement: str, *arguments: object) -> Any:  # noqa: ANN401 - as asyncpg
        """Fetch one row."""
        await self._note(statement, arguments)
        return await self.connection.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: object) -> Any:  # noqa: ANN401 - as asyncpg
        """Fetch one value."""
        await self._note(statement, arguments)
        return await self.connection.fetchval(statement, *arguments)

    async def _note(self, statement: str, arguments: tuple[object, ...]) -> None:
        told = await self.connection.fetchval(f"EXPLAIN (FORMAT JSON) {statement}", *arguments)
        (plan,) = msgspec.json.decode(told)
        self.scans.extend(_scans(plan["Plan"]))


def _scans(node: dict[str, Any]) -> Iterator[Scan]:
    if "Relation Name" in node:
        condition = node.get("Index Cond") or node.get("Recheck Cond") or ""
        yield Scan(node["Relation Name"], node["Node Type"], condition)
    for part in node.get("Plans", ()):
        yield from _scans(part)
