"""Under row-level security every report still finds its rows by index."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import pytest

from careledger.postgres import Connection
from careledger.reports.clinics import read_clinics
from careledger.reports.history import HistoryQuery, read_history
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.patients import PatientsPage, find_patient, find_patients_by_name
from careledger.reports.receivable_detail import read_receivable
from careledger.reports.receivables import OutstandingQuery, ReceivableQuery, ReceivablesFilter
from careledger.reports.revenue import RevenueQuery, read_revenue
from careledger.tables.privileges import scoped_tables
from support.plans import PlanNoting
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

SCOPED = tuple(str(table.__tablename__) for table in scoped_tables())
RANGE = {"start_date": "2024-01-01", "end_date": "2024-02-29"}

REPORTS: dict[str, tuple[Callable[..., Awaitable[Any]], *tuple[object, ...]]] = {
    "revenue": (read_revenue, RevenueQuery.model_validate(RANGE)),
    "revenue by method": (
        read_revenue,
        RevenueQuery.model_validate({**RANGE, "breakdown": "method"}),
    ),
    "earlier revenue": (
        read_revenue,
        RevenueQuery.model_validate({**RANGE, "watermark": "0:0"}),
    ),
    "patient by id": (find_patient, "p1"),
    "patient by name": (find_patients_by_name, {"1": frozenset({"ab" * 32})}, PatientsPage()),
    "history": (read_history, "p1", HistoryQuery()),
    "page of a long history": (partial(read_history, whole_rows=1), "p1", HistoryQuery(limit=1)),
    "receivables": (read_outstanding, OutstandingQuery()),
    "earlier receivables": (
        read_outstanding,
        OutstandingQuery.model_validate({"watermark": "0:0"}),
    ),
    "summary": (read_outstanding_summary, ReceivablesFilter()),
    "past summary": (
        read_outstanding_summary,
        ReceivablesFilter.model_validate({"as_of": "2024-02-07"}),
    ),
}


@pytest.fixture
async def told(story: Storyteller) -> Told:
    return await story(
        tell("invoice.issued", "2024-02-05", amount=100),
        tell("payment.succeeded", "2024-02-06", amount=30),
        tell("payment.refunded", "2024-02-08", amount=5, invoice_id="inv1"),
    )


async def scans_of(told: Told, read: Callable[..., Awaitable[Any]], *question: object) -> Any:  # noqa: ANN401 - scans
    async with told.connection.transaction(isolation="repeatable_read", readonly=True):
        # So few rows are read fastest as a whole; what cannot go by index still does not.
        await told.connection.execute("SET LOCAL enable_seqscan = off")
        clinics = await read_clinics(told.connection, told.clinic_ids)
        noting = PlanNoting(told.connection)
        await read(cast("Connection", noting), clinics, *question)
    return [scan for scan in noting.scans if scan.table.startswith(SCOPED)]


@pytest.mark.parametrize("report", REPORTS)
async def test_a_report_finds_its_rows_by_index(told: Told, report: str) -> None:
    scans = await scans_of(told, *REPORTS[report])

    assert scans
    assert {scan.kind for scan in scans} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
    assert [scan for scan in scans if not scan.condition] == []


async def test_the_detail_of_a_receivable_goes_by_index(told: Told) -> None:
    query = ReceivableQuery(clinic_id=told.applied.scoped("new-york"), invoice_id="inv1")

    scans = await scans_of(told, read_receivable, query)

    assert {scan.kind for scan in scans} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}


async def test_the_scope_itself_is_looked_up_by_index(told: Told) -> None:
    async with told.connection.transaction(readonly=True):
        await told.connection.execute("SET LOCAL enable_seqscan = off")
        noting = PlanNoting(told.connection)
        await noting.fetch("SELECT sum(amount) FROM payments")

    (scan,) = noting.scans

    assert scan.kind in {"Index Scan", "Bitmap Heap Scan"}
    assert "clinic_no = ANY" in scan.condition
