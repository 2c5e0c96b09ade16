"""One attempt at one export: claimed, read, laid out, published and ended, once in effect."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

import asyncpg
import structlog

from careledger.postgres import Pool, open_pool
from careledger.storage import DocumentStore, StorageError
from careledger.tasks import ATTEMPTS_MAX
from pdf_worker import attempts
from pdf_worker.attempts import Claim, Ending, Held
from pdf_worker.background import Background
from pdf_worker.documents.pages import Pieces
from pdf_worker.documents.parts import Document
from pdf_worker.errors import LeaseLostError, RefusedError, TimeIsUpError
from pdf_worker.lease import Lease
from pdf_worker.outages import OUTAGES, is_outage
from pdf_worker.reading import read_document
from pdf_worker.settings import SERVICE
from pdf_worker.weasy import write_pdf

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

_CONNECTIONS: Final = 2
_CLOSE_SECONDS: Final = 2
_TRIES: Final = 20
_TRY_AGAIN_SECONDS: Final = 2
_BETWEEN_ATTEMPTS: Final = timedelta(seconds=5)
_AWAY: Final = "The database could not be reached while this was rendered."
_TOO_LONG: Final = "Rendering this takes longer than a document may. Ask for a shorter range."
_TOO_LARGE: Final = "Rendering this takes more memory than allowed. Ask for a shorter range."
_UNEXPECTED: Final = "The document could not be rendered."


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a rendering works with."""

    database_url: str
    store: DocumentStore
    lease: timedelta
    statement_timeout_ms: int


def render_export(workshop: Workshop, export_id: str, *, worker: str) -> Held | None:
    """Make the document of an export, if nobody else does.

    Args:
        workshop: what to work with.
        export_id: which export.
        worker: the name to claim it under.

    Returns:
        When to look again: another worker holds it, or the attempt failed and others may follow.
        None when there is nothing more to do here.

    Raises:
        UnavailableError: if PostgreSQL is away; the export is rung for again.
    """
    with Background() as background:
        pool = background.run(_open_pool(workshop))
        try:
            claimed = background.run(_claim(pool, workshop, export_id, worker))
            if isinstance(claimed, Claim):
                return _work(workshop, background, pool, claimed)
            return claimed
        finally:
            background.run(_close(pool))


async def _open_pool(workshop: Workshop) -> Pool:
    return await open_pool(
        workshop.database_url,
        service=SERVICE,
        size_max=_CONNECTIONS,
        statement_timeout_ms=workshop.statement_timeout_ms,
    )


async def _close(pool: Pool) -> None:
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def _claim(
    pool: Pool, workshop: Workshop, export_id: str, worker: str
) -> Claim | Held | None:
    async with pool.acquire() as connection:
        return await attempts.claim(connection, export_id, worker=worker, lease=workshop.lease)


def _work(workshop: Workshop, background: Background, pool: Pool, claimed: Claim) -> Held | None:
    log = _log.bind(export_id=claimed.export_id, attempt=claimed.attempt, report=claimed.report)
    log.info("export_claimed")
    lease = Lease(pool, claimed, workshop.lease)
    background.run(lease.start())
    try:
        ending = _attempt(workshop, background, pool, claimed, lease)
        background.run(_patiently(lambda: _end(pool, claimed, ending)))
        log.info("export_ended", outcome=ending.outcome, problem=ending.problem)
        if ending.outcome == "failed" and claimed.attempt < ATTEMPTS_MAX:
            return Held(_BETWEEN_ATTEMPTS * claimed.attempt)
    except LeaseLostError as error:
        log.warning("export_given_up", reason=str(error))
    finally:
        background.run(lease.stop())
    return None


def _attempt(
    workshop: Workshop, background: Background, pool: Pool, claimed: Claim, lease: Lease
) -> Ending:
    try:
        document, clinic_ids = background.run(_patiently(lambda: _read(pool, claimed)))
        printed = write_pdf(Pieces(document), lease.laid_out, identifier=claimed.export_id)
        # Only the holder of the lease publishes: one that was frozen meanwhile finds out here.
        background.run(_patiently(lease.beat))
        key = f"{claimed.export_id}.pdf"
        workshop.store.put(key, printed.content)
    except LeaseLostError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, its owner is told that it was
        return _failure(error, claimed)
    return Ending(
        "ready",
        key=key,
        byte_count=len(printed.content),
        sha256=printed.sha256,
        page_count=printed.page_count,
        clinic_ids=clinic_ids,
    )


def _failure(error: Exception, claimed: Claim) -> Ending:
    match error:
        case RefusedError():
            return Ending("refused", str(error))
        case TimeIsUpError() | asyncpg.QueryCanceledError():
            return Ending("refused", _TOO_LONG)
        case MemoryError():
            return Ending("refused", _TOO_LARGE)
        case StorageError():
            return Ending("failed", str(error))
        case _:
            _log.error("export_broke", export_id=claimed.export_id, exc_info=error)
            return Ending("failed", _AWAY if is_outage(error) else _UNEXPECTED)


async def _read(pool: Pool, claimed: Claim) -> tuple[Document, tuple[str, ...]]:
    async with pool.acquire() as connection:
        return await read_document(connection, claimed)


async def _end(pool: Pool, claimed: Claim, ending: Ending) -> None:
    async with pool.acquire() as connection:
        await attempts.end(connection, claimed, ending)


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Try again while PostgreSQL is away: what was laid out is worth waiting for."""
    for _ in range(_TRIES):
        try:
            return await work()
        except OUTAGES as error:
            if not is_outage(error):
                raise
            _log.warning("postgres_away", error=type(error).__name__)
            await asyncio.sleep(_TRY_AGAIN_SECONDS)
    return await work()
