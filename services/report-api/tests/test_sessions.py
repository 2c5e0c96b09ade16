"""Staying signed in: a refresh token is good for one use, and its second use ends the session."""

from datetime import timedelta

import httpx2
import pytest

from support.report_api import PASSWORD, RunningReportApi

pytestmark = pytest.mark.integration

TOKEN = "/api/v1/auth/token"  # noqa: S105 - an address
COOKIE = "careledger_refresh"


@pytest.fixture
async def signed_in(report_api: RunningReportApi) -> dict[str, str]:
    await report_api.add_user("admin", name="ada")
    form = {"grant_type": "password", "username": "ada", "password": PASSWORD}
    return (await report_api.anybody.post(TOKEN, data=form)).json()


async def refresh(report_api: RunningReportApi, token: str) -> httpx2.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return await report_api.anybody.post(TOKEN, data=form)


async def opens(report_api: RunningReportApi, answer: dict[str, str]) -> bool:
    client = await report_api.client(answer["access_token"])
    return (await client.get("/api/v1/clinics")).status_code == 200


async def grow_old(report_api: RunningReportApi, by: timedelta) -> None:
    await report_api.connection.execute(
        "UPDATE sessions SET rotated_at = rotated_at - $1::interval,"
        " expires_at = expires_at - $1::interval",
        by,
    )


async def test_a_refresh_token_gives_the_next_pair(
    report_api: RunningReportApi, signed_in: dict[str, str]
) -> None:
    second = (await refresh(report_api, signed_in["refresh_token"])).json()

    assert second["refresh_token"] != signed_in["refresh_token"]
    assert await opens(report_api, second)


async def test_two_tabs_refreshing_at_once_get_the_same_pair(
    report_api: RunningReportApi, signed_in: dict[str, str]
) -> None:
    first = (await refresh(report_api, signed_in["refresh_token"])).json()
    second = (await refresh(report_api, signed_in["refresh_token"])).json()

    assert first["refresh_token"] == second["refresh_token"]
    assert await opens(report_api, second)


async def test_a_token_used_again_later_ends_the_session(
    report_api: RunningReportApi, signed_in: dict[str, str]
) -> None:
    current = (await refresh(report_api, signed_in["refresh_token"])).json()
    await grow_old(report_api, timedelta(seconds=11))

    reused = await refresh(report_api, signed_in["refresh_token"])

    assert reused.status_code == 400
    assert not await opens(report_api, current)
    assert (await refresh(report_api, current["refresh_token"])).status_code == 400
    told = [(r["action"], r["outcome"]) for r in await report_api.audit_records()]
    assert ("session.ended", "denied") in told


@pytest.mark.parametrize("passed", [timedelta(hours=9), timedelta(hours=25)])
async def test_a_session_ends_unused_or_after_a_day(
    report_api: RunningReportApi, signed_in: dict[str, str], passed: timedelta
) -> None:
    await grow_old(report_api, passed)

    assert (await refresh(report_api, signed_in["refresh_token"])).status_code == 400


@pytest.mark.parametrize("token", ["", "x", "clr_x.0.y", "é"])
async def test_what_is_no_refresh_token_is_refused(
    report_api: RunningReportApi, token: str
) -> None:
    assert (await refresh(report_api, token)).status_code == 400


async def test_signing_out_ends_every_token_of_the_session(
    report_api: RunningReportApi, signed_in: dict[str, str]
) -> None:
    answer = await report_api.anybody.post(
        "/api/v1/auth/revoke", data={"token": signed_in["refresh_token"]}
    )

    assert answer.status_code == 200
    assert not await opens(report_api, signed_in)
    assert (await refresh(report_api, signed_in["refresh_token"])).status_code == 400


async def test_revoking_what_is_no_token_says_nothing(report_api: RunningReportApi) -> None:
    answer = await report_api.anybody.post("/api/v1/auth/revoke", data={"token": "unknown"})

    assert answer.status_code == 200


async def test_a_browser_keeps_its_refresh_token_in_a_cookie_scripts_cannot_read(
    report_api: RunningReportApi,
) -> None:
    await report_api.add_user("admin", name="ada")
    form = {"grant_type": "password", "username": "ada", "password": PASSWORD}

    answer = await report_api.anybody.post(TOKEN, data=form | {"refresh_token_delivery": "cookie"})
    again = await report_api.anybody.post(TOKEN, data={"grant_type": "refresh_token"})

    cookie = answer.headers["set-cookie"]
    assert "refresh_token" not in answer.json()
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/api/v1/auth"))
    assert again.status_code == 200
    assert again.headers["set-cookie"].startswith(COOKIE)
