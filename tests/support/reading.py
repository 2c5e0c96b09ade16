"""Short stories told to a real database, and the read model asked about them."""

import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg
import pytest
from deploy.local.stack import Addresses

from careledger.postgres import Connection, session_of
from careledger.reports.clinics import Clinic, read_clinics
from careledger.reports.exceptions import ExceptionsQuery, ExceptionsReport, read_exceptions
from careledger.reports.history import HistoryQuery, HistoryReport, read_history
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivable_detail import read_receivable
from careledger.reports.receivables import (
    CurrencySummary,
    OutstandingQuery,
    Receivable,
    ReceivableDetail,
    ReceivableQuery,
    ReceivablesFilter,
)
from careledger.reports.revenue import RevenueQuery, RevenueReport, read_revenue
from support.applied_log import SESSION, AppliedLog, prepare
from support.histories import Telling, batched, to_log, watermark_after
from support.history_events import CLINICS
from support.oracle.log import LogRecord
from support.stack import database_address, run_apart

T = TypeVar("T")
Ask = Callable[..., Awaitable[T]]


@dataclass
class Told:
    """A story in the database, and who asks about it."""

    connection: Connection
    applied: AppliedLog
    log: Sequence[LogRecord]
    clinic_ids: Sequence[str]

    async def ask(self, read: Ask[T], *question: object) -> T:
        """Ask in a transaction as the services open it."""
        async with self.transaction() as clinics:
            return await read(self.connection, clinics, *question)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Sequence[Clinic]]:
        """Open a transaction as the services do: in it the story's clinics can be seen."""
        async with self.connection.transaction(isolation="repeatable_read", readonly=True):
            yield await read_clinics(self.connection, self.clinic_ids)

    def watermark(self, told: int) -> str:
        """Return the watermark after the first so many tellings."""
        offsets = self.applied.offsets(watermark_after(self.log[:told]))
        return ",".join(f"{part}:{offset}" for part, offset in enumerate(offsets))

    async def revenue(self, start: str, end: str, **asked: object) -> RevenueReport:
        """Ask for revenue of a range of days."""
        query = RevenueQuery.model_validate({"start_date": start, "end_date": end, **asked})
        return await self.ask(read_revenue, query)

    async def receivables(self, **asked: object) -> list[Receivable]:
        """Ask for receivables."""
        query = OutstandingQuery.model_validate(asked)
        return (await self.ask(read_outstanding, query)).receivables

    async def receivable(self, **asked: object) -> Receivable:
        """Ask for the only receivable of a story, whatever its status."""
        every = ("current", "overdue", "collection", "paid", "written_off", "voided", "credit")
        (one,) = await self.receivables(statuses=every, **asked)
        return one

    async def summary(self, **asked: object) -> CurrencySummary:
        """Ask for the summary of a story in one currency."""
        query = ReceivablesFilter.model_validate(asked)
        (one,) = (await self.ask(read_outstanding_summary, query)).currencies
        return one

    async def detail(self, invoice_id: str, **asked: object) -> ReceivableDetail:
        """Ask for one receivable of the first clinic, with its history."""
        fields = {"clinic_id": self.applied.scoped("new-york"), "invoice_id": invoice_id}
        found = await self.ask(read_receivable, ReceivableQuery.model_validate(fields | asked))
        assert found is not None
        return found

    async def history(self, patient_id: str = "p1", **asked: object) -> HistoryReport:
        """Ask for a patient's history."""
        found = await self.ask(read_history, patient_id, HistoryQuery.model_validate(asked))
        assert found is not None
        return found

    async def exceptions(self, **asked: object) -> ExceptionsReport:
        """Ask for what does not fit together."""
        return await self.ask(read_exceptions, ExceptionsQuery.model_validate(asked))


class Storyteller:
    """Tells stories to one database, each to clinics of its own."""

    def __init__(
        self,
        writer: Connection,
        reader: Connection,
    ) -> None:
        self.writer = writer
        self.reader = reader

    async def __call__(self, *tellings: Telling) -> Told:
        """Tell a story, one batch a telling."""
        return await self.record(to_log(tellings))

    async def record(
        self, log: Sequence[LogRecord], pick: Callable[[Any], Any] | None = None
    ) -> Told:
        """Record a log, one batch a record or cut by a pick."""
        applied = AppliedLog(self.writer, CLINICS)
        await applied.start()
        await applied.apply(batched(pick, log) if pick else [[one] for one in log])
        clinic_ids = [
            clinic.clinic_id
            for clinic in await read_clinics(self.reader)
            if clinic.clinic_id.startswith(applied.scoped(""))
        ]
        return Told(self.reader, applied, log, clinic_ids)


@pytest.fixture(scope="session")
def stories_url(stack: Addresses, template_database: str) -> Iterator[str]:
    """A database in which all stories of a session are told."""
    name = f"stories_{secrets.token_hex(6)}"
    run_apart(_on_server(stack, f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"'))
    yield database_address(stack.postgres, name)
    run_apart(_on_server(stack, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _on_server(stack: Addresses, statement: str) -> None:
    connection = await asyncpg.connect(stack.postgres)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
async def story(stories_url: str) -> AsyncGenerator[Storyteller]:
    """Tell a story with it, and ask what it returns."""
    async with _storyteller(stories_url) as one:
        yield one


@pytest.fixture
async def own_story(database_url: str) -> AsyncGenerator[Storyteller]:
    """Tell a story in a database of the test's own."""
    async with _storyteller(database_url) as one:
        yield one


@asynccontextmanager
async def _storyteller(url: str) -> AsyncGenerator[Storyteller]:
    settings = {**session_of("aggregator"), **SESSION}
    writer = await asyncpg.connect(url, server_settings=settings)
    await prepare(writer)
    reader = await asyncpg.connect(url, server_settings=session_of("report-api"))
    yield Storyteller(writer, reader)
    await reader.close()
    await writer.close()
