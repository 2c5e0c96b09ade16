"""Role by route, generated from what is mounted: whoever is not allowed is refused first."""

import asyncio
from typing import Final

import httpx2
import pytest
from fastapi import FastAPI

from report_api.access import Rule
from report_api.declared import DeclaredRoute, declared_routes
from report_api.permissions import ROLE_PERMISSIONS, SCOPES, Profile, Role, permissions_of_scopes
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

_IDS: Final = {
    "{patient_id}": "p1",
    "{export_id}": "01890000-0000-7000-8000-000000000000",
    "{quarantine_id}": "1",
    "{run_id}": "01890000-0000-7000-8000-000000000000",
    "{clinic_id}": "north",
}


def protected(app: FastAPI) -> list[tuple[DeclaredRoute, Rule]]:
    return [(one, one.rule) for one in declared_routes(app) if isinstance(one.rule, Rule)]


def address(route: DeclaredRoute) -> str:
    path = route.path
    for name, value in _IDS.items():
        path = path.replace(name, value)
    return path


async def ask(client: httpx2.AsyncClient, route: DeclaredRoute) -> int:
    return (await client.request(route.method, address(route))).status_code


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_reaches_exactly_the_routes_it_may(
    report_api: RunningReportApi, role: Role
) -> None:
    client = await report_api.user(role)

    for route, rule in protected(report_api.app):
        status = await ask(client, route)
        allowed = rule.permission in ROLE_PERMISSIONS[role]
        assert (status != 403) == allowed, (role, route.method, route.path, status)
        assert status not in (401, 500), (role, route.method, route.path, status)


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("scope", [*sorted(SCOPES), "unknown:read"])
async def test_a_scope_reaches_exactly_the_routes_it_names(
    report_api: RunningReportApi, scope: str, profile: Profile
) -> None:
    client = await report_api.partner(scope, profile=profile)

    for route, rule in protected(report_api.app):
        status = await ask(client, route)
        allowed = rule.permission in permissions_of_scopes(frozenset({scope}), profile)
        assert (status != 403) == allowed, (scope, route.method, route.path, status)


async def test_without_a_token_every_protected_route_is_closed(
    report_api: RunningReportApi,
) -> None:
    routes = protected(report_api.app)

    statuses = await asyncio.gather(*(ask(report_api.anybody, route) for route, _ in routes))

    assert set(statuses) == {401}


async def test_a_route_refuses_a_parameter_it_does_not_know(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("admin")

    for route, rule in protected(report_api.app):
        if rule.permission in ROLE_PERMISSIONS[Role.ADMIN]:
            answer = await client.request(
                route.method, address(route), params={"jane-doe": "1"}, json={}
            )
            assert answer.status_code == 422, route.path
            assert "query" in {place["location"] for place in answer.json()["errors"]}
            assert "jane-doe" not in answer.text


async def test_a_route_refuses_a_parameter_given_twice(report_api: RunningReportApi) -> None:
    client = await report_api.user("admin")

    answer = await client.get("/api/v1/reports/revenue?granularity=day&granularity=day")

    assert answer.status_code == 422


async def test_a_token_in_the_address_counts_for_nothing(report_api: RunningReportApi) -> None:
    client = await report_api.user("admin")
    token = client.headers["authorization"].removeprefix("Bearer ")

    answer = await report_api.anybody.get("/api/v1/reports/revenue", params={"access_token": token})

    assert answer.status_code == 401
    assert token not in answer.text


@pytest.mark.parametrize("header", ["x-user-id", "x-forwarded-user", "x-forwarded-for"])
async def test_a_header_a_proxy_could_set_changes_nothing(
    report_api: RunningReportApi, header: str
) -> None:
    answer = await report_api.anybody.get(
        "/api/v1/reports/revenue", headers={header: "203.0.113.9"}
    )

    records = await report_api.audit_records()

    assert answer.status_code == 401
    assert [record["remote"] for record in records] == ["192.0.2.7"]
