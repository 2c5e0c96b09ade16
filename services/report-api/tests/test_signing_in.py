"""Signing in by password: what succeeds, what does not, and what the audit log says of it."""

import httpx2
import pytest

from support.report_api import PASSWORD, RunningReportApi

pytestmark = pytest.mark.integration

TOKEN = "/api/v1/auth/token"  # noqa: S105 - an address


async def sign_in(
    report_api: RunningReportApi, name: str = "ada", password: str = PASSWORD
) -> httpx2.Response:
    return await report_api.anybody.post(
        TOKEN, data={"grant_type": "password", "username": name, "password": password}
    )


async def test_a_user_gets_a_token_that_opens_reports(report_api: RunningReportApi) -> None:
    await report_api.add_user("admin", name="ada")

    answer = (await sign_in(report_api, "ADA")).json()
    client = await report_api.client(answer["access_token"])

    assert (await client.get("/api/v1/clinics")).json() == {"clinics": []}
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 600)


@pytest.mark.parametrize("name", ["ada", "nobody", "", "na\x00me", "a" * 5_000])
async def test_a_wrong_name_and_a_wrong_password_look_the_same(
    report_api: RunningReportApi, name: str
) -> None:
    await report_api.add_user("admin", name="ada")

    answer = await sign_in(report_api, name, "not the password")

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "not the password" not in answer.text
    if answer.status_code == 400:
        assert answer.json()["error"] in ("invalid_grant", "invalid_request")


async def test_every_try_to_sign_in_is_recorded(report_api: RunningReportApi) -> None:
    await report_api.add_user("admin", name="ada")

    await sign_in(report_api, "ada")
    await sign_in(report_api, "ada", "wrong password")
    await sign_in(report_api, "my-secret-typed-as-name", "wrong password")

    told = [(r["action"], r["outcome"], r["actor"]) for r in await report_api.audit_records()]
    assert told == [
        ("session.started", "success", "ada"),
        ("session.started", "denied", "ada"),
        ("session.started", "denied", "unknown"),
    ]


WRONG = "wrong password"


async def from_address(
    report_api: RunningReportApi, remote: str, password: str = PASSWORD
) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=report_api.app, client=(remote, 4711))
    form = {"grant_type": "password", "username": "ada", "password": password}
    async with httpx2.AsyncClient(transport=transport, base_url="http://report-api") as client:
        return await client.post(TOKEN, data=form)


async def test_five_wrong_passwords_lock_their_address_out_for_a_while(
    report_api: RunningReportApi,
) -> None:
    await report_api.add_user("admin", name="ada")
    for _ in range(5):
        await sign_in(report_api, password=WRONG)

    locked = await sign_in(report_api)
    await report_api.connection.execute("UPDATE sign_in_addresses SET locked_until = now()")
    later = await sign_in(report_api)

    assert (locked.status_code, later.status_code) == (400, 200)


async def test_a_stranger_who_knows_a_name_locks_nobody_else_out(
    report_api: RunningReportApi,
) -> None:
    await report_api.add_user("admin", name="ada")
    for _ in range(8):
        await from_address(report_api, "203.0.113.1", WRONG)

    stranger = await from_address(report_api, "203.0.113.1")
    owner = await from_address(report_api, "198.51.100.7")

    assert (stranger.status_code, owner.status_code) == (400, 200)


async def test_guessing_from_many_addresses_locks_all_but_those_of_the_owner(
    report_api: RunningReportApi,
) -> None:
    await report_api.add_user("admin", name="ada")
    await from_address(report_api, "198.51.100.7")
    for number in range(20):
        await from_address(report_api, f"203.0.113.{number}", WRONG)

    another = await from_address(report_api, "203.0.113.99")
    owner = await from_address(report_api, "198.51.100.7")

    assert (another.status_code, owner.status_code) == (400, 200)


async def test_a_success_forgives_the_failures_before(report_api: RunningReportApi) -> None:
    await report_api.add_user("admin", name="ada")
    for _ in range(2):
        for _ in range(3):
            await sign_in(report_api, password="wrong password")  # noqa: S106 - wrong on purpose
        answer = await sign_in(report_api)

        assert answer.status_code == 200


async def test_a_disabled_user_is_refused_at_once(report_api: RunningReportApi) -> None:
    await report_api.add_user("admin", name="ada")
    client = await report_api.client((await sign_in(report_api)).json()["access_token"])

    before = await client.get("/api/v1/clinics")
    await report_api.connection.execute("UPDATE users SET disabled_at = now()")
    after = await client.get("/api/v1/clinics")

    assert (before.status_code, after.status_code) == (200, 401)
    assert (await sign_in(report_api)).status_code == 400


async def test_a_role_taken_away_is_gone_with_the_next_request(
    report_api: RunningReportApi,
) -> None:
    await report_api.add_user("admin", name="ada")
    client = await report_api.client((await sign_in(report_api)).json()["access_token"])

    await report_api.connection.execute("UPDATE users SET role = 'staff'")

    assert (await client.get("/api/v1/clinics")).status_code == 403


async def test_a_json_body_is_no_token_request(report_api: RunningReportApi) -> None:
    answer = await report_api.anybody.post(TOKEN, json={"grant_type": "password"})

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ("", "invalid_request"),
        ("grant_type=password", "invalid_request"),
        ("grant_type=refresh_token", "invalid_request"),
        ("grant_type=implicit", "unsupported_grant_type"),
        ("grant_type=password&username=a&username=b&password=c", "invalid_request"),
    ],
)
async def test_a_request_that_is_none_is_told_so(
    report_api: RunningReportApi, form: str, error: str
) -> None:
    answer = await report_api.anybody.post(
        TOKEN, content=form, headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert (answer.status_code, answer.json()["error"]) == (400, error)
