"""What has served its time is deleted, and nothing younger."""

from datetime import timedelta

import pytest

from careledger import clock
from careledger.ids import new_id
from careledger.postgres import open_pool
from report_api.forgetting import ADDRESSES_KEPT, SESSIONS_KEPT, forget
from report_api.idempotency import KEPT_HOURS
from report_api.settings import SERVICE
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

MINUTE = timedelta(minutes=1)


async def test_idempotency_keys_are_kept_a_day(report_api: RunningReportApi) -> None:
    now = clock.now()
    for key, age in (("old", timedelta(hours=KEPT_HOURS) + MINUTE), ("young", timedelta(0))):
        await report_api.connection.execute(
            "INSERT INTO idempotency_keys VALUES ('user', 'u', $1, '', 200, '{}', '', $2)",
            key,
            now - age,
        )

    async with report_api.gate.pool.acquire() as connection:
        assert await forget(connection, now=now) == 1

    assert await report_api.connection.fetchval("SELECT key FROM idempotency_keys") == "young"


async def test_addresses_of_sign_ins_are_kept_for_a_while(report_api: RunningReportApi) -> None:
    now = clock.now()
    user_id = await report_api.add_user("staff")
    for remote, age in (("192.0.2.1", ADDRESSES_KEPT + MINUTE), ("192.0.2.2", ADDRESSES_KEPT)):
        await report_api.connection.execute(
            "INSERT INTO sign_in_addresses VALUES ($1, $2, 1, NULL, NULL, $3)",
            user_id,
            remote,
            now - age,
        )

    async with report_api.gate.pool.acquire() as connection:
        assert await forget(connection, now=now) == 1

    left = await report_api.connection.fetchval("SELECT remote FROM sign_in_addresses")
    assert left == "192.0.2.2"


async def test_sign_ins_are_kept_a_month_after_their_end(report_api: RunningReportApi) -> None:
    now = clock.now()
    user_id = await report_api.add_user("staff")
    long_ago = now - SESSIONS_KEPT - MINUTE
    for name, expires_at, ended_at in (
        ("expired", long_ago, None),
        ("signed-out", now + MINUTE, long_ago),
        ("open", now + MINUTE, None),
        ("just-ended", now, now),
    ):
        await report_api.connection.execute(
            "INSERT INTO sessions VALUES ($1, $2, 0, $3, $3, $4, $5)",
            f"{name}-{new_id()}",
            user_id,
            long_ago,
            expires_at,
            ended_at,
        )

    pool = await open_pool(
        report_api.settings.database_url.get_secret_value(), service=SERVICE, size_max=1
    )
    async with pool.acquire() as connection:
        assert await forget(connection, now=now) == 2
        assert await forget(connection, now=now) == 0
    await pool.close()

    left = await report_api.connection.fetch("SELECT session_id FROM sessions ORDER BY 1")
    assert [row["session_id"].rpartition("-")[0][:4] for row in left] == ["just", "open"]
