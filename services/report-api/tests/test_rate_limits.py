"""Beyond its limit an account, or an address without one, is told when to come back."""

import contextlib
import time
import zlib
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from report_api.errors import TooManyRequestsError
from report_api.permissions import Role
from report_api.rate_limits import LEASES_PER_LIMIT, RateLimits, network_of
from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell
from support.waiting import wait_until

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue?start_date=2026-01-01&end_date=2026-01-31"
LIMIT = 6
SIGN_IN = {"grant_type": "password", "username": "nobody", "password": "wrong"}


@pytest.fixture(autouse=True)
def _limits(report_api_settings: ReportApiSettings, tmp_path: Path) -> None:
    report_api_settings.report_api_requests_per_minute = LIMIT
    # Addresses are the same in every test, and the limit is part of what is counted.
    own = 20 + zlib.crc32(str(tmp_path).encode()) % 100
    report_api_settings.report_api_anonymous_per_minute = own


async def test_an_account_beyond_its_limit_is_refused(report_api: RunningReportApi) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user(Role.FINANCE)
    other = await report_api.user(Role.FINANCE)

    within = [(await client.get(REVENUE)).status_code for _ in range(LIMIT)]
    beyond = await client.get(REVENUE)

    assert set(within) == {200}
    assert (beyond.status_code, beyond.json()["type"]) == (429, "/problems/too-many-requests")
    assert 1 <= int(beyond.headers["retry-after"]) <= 60
    assert (await other.get(REVENUE)).status_code == 200


async def test_accounts_of_a_clinic_have_a_limit_together(
    report_api: RunningReportApi, tmp_path: Path
) -> None:
    report_api.gate.limits = RateLimits(
        report_api.settings.redis_url.get_secret_value(),
        per_account=1_000_000,
        per_clinic=LIMIT,
        per_address=1_000_000,
    )
    clinic_id = f"clinic-{zlib.crc32(str(tmp_path).encode())}"
    bound = [await report_api.user(Role.STAFF, clinic_ids=[clinic_id]) for _ in range(2)]
    everywhere = await report_api.user(Role.STAFF)
    for client in bound:
        # Where an account is bound to is known from its first request on.
        await client.get("/api/v1/account")

    answers = [
        (await client.get("/api/v1/account")).status_code for _ in range(LIMIT) for client in bound
    ]

    assert answers == [200] * LIMIT + [429] * LIMIT
    assert (await everywhere.get("/api/v1/account")).status_code == 200
    await report_api.gate.limits.close()


async def test_refusals_beyond_the_limit_are_recorded_together(
    report_api: RunningReportApi,
) -> None:
    user_id = await report_api.add_user(Role.STAFF)
    client = await report_api.user(Role.STAFF, user_id=user_id)

    for _ in range(LIMIT + 3):
        await client.get("/api/v1/account")
    *single, together = await report_api.audit_records()

    assert len(single) == LIMIT
    assert (together["actor"], together["action"], together["count"]) == (
        user_id,
        "request.denied",
        3,
    )


async def test_an_address_without_a_token_has_a_limit_too(
    report_api: RunningReportApi, report_api_settings: ReportApiSettings
) -> None:
    limits = report_api.gate.limits
    for _ in range(report_api_settings.report_api_anonymous_per_minute):
        await limits.spend_anonymously("192.0.2.7")

    refused = [
        await report_api.anybody.get("/api/v1/account"),
        await report_api.anybody.post("/api/v1/auth/token", data=SIGN_IN),
    ]

    assert [one.status_code for one in refused] == [429, 429]
    assert (await report_api.anybody.get("/livez")).status_code == 200


@pytest.fixture
def without_redis(report_api_settings: ReportApiSettings) -> None:
    report_api_settings.redis_url = SecretStr("redis://127.0.0.1:1/0")


@pytest.mark.usefixtures("without_redis")
async def test_without_redis_each_process_counts_by_itself(report_api: RunningReportApi) -> None:
    client = await report_api.user(Role.STAFF)

    answers = [(await client.get("/api/v1/account")).status_code for _ in range(LIMIT + 2)]

    assert answers == [200] * LIMIT + [429] * 2


async def spend_until_refused(limits: RateLimits, *, at_most: int) -> int:
    for spent in range(at_most):
        try:
            await limits.spend_anonymously("192.0.2.8")
        except TooManyRequestsError:
            return spent
    return at_most


def limits_by_address(report_api: RunningReportApi, limit: int) -> RateLimits:
    return RateLimits(
        report_api.settings.redis_url.get_secret_value(),
        per_account=1,
        per_clinic=1,
        per_address=limit,
    )


async def test_requests_counted_many_at_a_time_are_never_more_than_the_limit(
    report_api: RunningReportApi, tmp_path: Path
) -> None:
    limit = 300 + zlib.crc32(str(tmp_path).encode()) % 100
    limits = limits_by_address(report_api, limit)

    spent = await spend_until_refused(limits, at_most=limit + 1)

    assert limit - 1 <= spent <= limit
    await limits.close()


def has_been(instant: float) -> bool:
    return time.monotonic() >= instant


async def test_requests_now_and_then_are_not_counted_many_times(
    report_api: RunningReportApi, tmp_path: Path
) -> None:
    limit = 1_000 + zlib.crc32(str(tmp_path).encode()) % 100
    process, other = limits_by_address(report_api, limit), limits_by_address(report_api, limit)

    started = time.monotonic()
    for number in range(3):
        wait_until(partial(has_been, started + 1.1 * number))
        assert await spend_until_refused(process, at_most=1) == 1
    left = await spend_until_refused(other, at_most=limit)

    assert left >= limit - limit // LEASES_PER_LIMIT - 1
    await process.close()
    await other.close()


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_who_counts_as_one_sender(remote: str, network: str) -> None:
    assert network_of(remote) == network


async def test_the_addresses_of_one_ipv6_network_have_a_limit_together(
    report_api: RunningReportApi, report_api_settings: ReportApiSettings
) -> None:
    limits = report_api.gate.limits
    with contextlib.suppress(TooManyRequestsError):
        for number in range(report_api_settings.report_api_anonymous_per_minute):
            await limits.spend_anonymously(f"2001:db8:7:7::{number:x}")

    with pytest.raises(TooManyRequestsError):
        await limits.spend_anonymously("2001:db8:7:7:ffff::1")
    await limits.spend_anonymously("2001:db8:7:8::1")
