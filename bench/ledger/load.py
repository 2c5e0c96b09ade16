"""Fills a migrated database with a ledger of a wanted size, once; a filled one is left as it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg
from rich.console import Console

from careledger import clock
from careledger.deidentification import NameIndex
from careledger.postgres import SCHEMA, migrate

YEARS: Final = 3
CLINICS: Final = ("north", "south", "east", "west", "harbor")
LEGS_PER_INVOICE: Final = 2.5
INVOICES_PER_PATIENT: Final = 4
FIRST_NAMES: Final = 2_000
LAST_NAMES: Final = 5_000
BULK_PATIENT: Final = "bulk"
"""A patient with a longer history than any person has."""
BULK_INVOICES: Final = 5_715

_SQL: Final = Path(__file__).with_name("load.sql")
_TOKENS: Final = """
INSERT INTO patient_name_tokens (clinic_no, token, patient_id, key_id)
SELECT 1 + (i % 5)::integer, ($1::bytea[])[1 + i % cardinality($1)], 'P' || i, $2
FROM generate_series(0::bigint, $3 - 1) AS i
"""
_EDITION: Final = "loaded, edition 2"
"""What a filled database says of itself; one of another edition is made anew."""
_BATCH_TABLES: Final = (
    "ledger",
    "identities",
    "payments",
    "outstanding_payments",
    "receivables_by_due_date",
    "revenue_metrics",
    "revenue_daily_totals",
    "patient_name_tokens",
    "batches",
    "positions",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a ledger is."""

    legs: int

    @property
    def invoices(self) -> int:
        """Invoices issued; a quarter is open."""
        return int(self.legs / LEGS_PER_INVOICE)

    @property
    def patients(self) -> int:
        """Patients; each has four invoices."""
        return self.invoices // INVOICES_PER_PATIENT

    @property
    def slots(self) -> int:
        """Offsets that one kind of entry takes in each partition."""
        return -(-self.invoices // 10_000)

    @property
    def next_offset(self) -> int:
        """Where each partition goes on."""
        return 6 * self.slots

    @property
    def database(self) -> str:
        """The database that holds it, to be used again."""
        return f"bench_api_{self.legs}"


async def load(server: str, size: Size, secret: str, console: Console) -> tuple[str, float]:
    """Make the database of a size unless it is there.

    Args:
        server: a postgresql:// address of a superuser.
        size: how large.
        secret: the root secret under which names are hashed.
        console: where progress is told.

    Returns:
        Its address, and the seconds the load took (0 if it was there).
    """
    url = urlsplit(server)._replace(path=f"/{size.database}").geturl()
    connection = await asyncpg.connect(server)
    try:
        loaded = await connection.fetchval(
            "SELECT shobj_description(oid, 'pg_database') = $2 FROM pg_database WHERE datname = $1",
            size.database,
            _EDITION,
        )
        if loaded:
            await asyncio.to_thread(migrate, url)
            return url, 0.0
        await connection.execute(f'DROP DATABASE IF EXISTS "{size.database}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{size.database}"')
        await asyncio.to_thread(migrate, url)
        began = time.perf_counter()
        await _fill(url, size, secret, console)
        await connection.execute(f"COMMENT ON DATABASE \"{size.database}\" IS '{_EDITION}'")
    finally:
        await connection.close()
    return url, time.perf_counter() - began


async def _fill(url: str, size: Size, secret: str, console: Console) -> None:
    connection = await asyncpg.connect(
        url,
        server_settings={
            "search_path": SCHEMA,
            "timezone": "UTC",
            "work_mem": "256MB",
            "maintenance_work_mem": "256MB",
            "synchronous_commit": "off",
        },
    )
    try:
        await _register_clinics(connection)
        last_day = clock.now().date() - timedelta(days=1)
        await connection.execute(
            "SELECT make_ledger_months($1, $2)", last_day - timedelta(days=365 * YEARS), last_day
        )
        for statement in _statements(size, last_day):
            began = time.perf_counter()
            await connection.execute(statement)
            words = " ".join(statement.split()[:3])
            console.print(f"{time.perf_counter() - began:7.1f} s  {words}")
        await _name_patients(connection, size, secret)
        for table in _BATCH_TABLES:
            await connection.execute(f"VACUUM (ANALYZE, FREEZE) {table}")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


async def _register_clinics(connection: asyncpg.Connection) -> None:
    for clinic_id in CLINICS:
        number = await connection.fetchval(
            "INSERT INTO clinics (clinic_id, name, confirmed) VALUES ($1, $1, true)"
            " RETURNING clinic_no",
            clinic_id,
        )
        await connection.execute(
            "INSERT INTO clinic_versions (clinic_no, valid_from, time_zone, terms_days,"
            " recorded_by) VALUES ($1, '2000-01-01', 'America/New_York', 30, 'bench')",
            number,
        )


def _statements(size: Size, last_day: date) -> Iterator[str]:
    values = {
        ":invoices": str(size.invoices),
        ":patients": str(size.patients),
        ":slots": str(size.slots),
        ":bulk": str(BULK_INVOICES),
        ":days": str(365 * YEARS),
        ":last_day": f"'{last_day.isoformat()}'",
    }
    text = _SQL.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    yield from text.split("--------\n")


async def _name_patients(connection: asyncpg.Connection, size: Size, secret: str) -> None:
    """Give every patient a first and a last name, as tokens of both."""
    index = NameIndex(secret)
    for kind, count in (("First", FIRST_NAMES), ("Last", LAST_NAMES - 1)):
        tokens = [
            bytes.fromhex(token)
            for number in range(count)
            for token in index.tokens([f"{kind}{number}"])
        ]
        await connection.execute(_TOKENS, tokens, index.key_id, size.patients)


def name_of(patient: int) -> str:
    """Return the name of a patient of the load."""
    return f"First{patient % FIRST_NAMES} Last{patient % (LAST_NAMES - 1)}"
