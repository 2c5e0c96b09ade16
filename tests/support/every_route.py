"""Every route that leaves audit records, read off the application, and ways to ask each of them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import httpx2

from report_api.access import Rule
from report_api.declared import DeclaredRoute, declared_routes
from support.report_api import RunningReportApi

_KNOWN: Final = {
    "{patient_id}": "p-1",
    "{patient_id:path}": "p-1",
    "{export_id}": "01890000-0000-7000-8000-000000000000",
    "{run_id}": "01890000-0000-7000-8000-000000000000",
    "{clinic_id}": "new-york",
    "{clinic_id:path}": "new-york",
}


def audited_routes(report_api: RunningReportApi) -> list[DeclaredRoute]:
    """Every route whose answers are recorded, or counted in records."""
    return [
        route
        for route in declared_routes(report_api.app)
        if isinstance(route.rule, Rule) or route.rule.counted
    ]


def ways_to_ask(route: DeclaredRoute) -> Iterator[tuple[str, dict[str, Any]]]:
    """As meant; with a parameter nobody knows; with an id nobody has; with a body that is none."""
    path = route.path
    for name, value in _KNOWN.items():
        path = path.replace(name, value)
    yield path, {}
    yield f"{path}?unknown=1", {}
    yield f"{path}?clinic_id=nowhere&patient_id=nobody&report=revenue", {}
    yield path, {"content": b"{", "headers": {"content-type": "application/json"}}


async def ask_everything(
    report_api: RunningReportApi, *clients: httpx2.AsyncClient, ways: int = 4
) -> list[httpx2.Response]:
    """Ask every such route in so many ways as each of these."""
    return [
        await client.request(route.method, path, **form)
        for route in audited_routes(report_api)
        for client in clients
        for path, form in islice(ways_to_ask(route), ways)
    ]


def counted(records: list[dict[str, Any]]) -> int:
    """How many answers audit records stand for."""
    return sum(record.get("count", 1) for record in records)
