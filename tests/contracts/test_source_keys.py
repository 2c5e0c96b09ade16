"""Keys that report-api gives out let a source into ingest in seconds, and out when withdrawn."""

import asyncpg
import pytest
from standardwebhooks import Webhook

from careledger import clock
from careledger.postgres import Connection, session_of
from ingest.source_keys import READ_SECONDS
from report_api.source_keys import KeyKind, SourceKeyError, add_key, disable_key, list_keys
from support.databases import take_away
from support.ingest import RunningIngest
from support.payment_bodies import event, ndjson
from support.polling import seen

pytestmark = pytest.mark.integration

BODY = ndjson(event())
STRUCTURED = "application/cloudevents+json"


async def as_report_api(ingest: RunningIngest) -> Connection:
    return await asyncpg.connect(
        ingest.settings.database_url.get_secret_value(), server_settings=session_of("report-api")
    )


async def given_out(ingest: RunningIngest, kind: KeyKind, source: str) -> tuple[str, str]:
    connection = await as_report_api(ingest)
    secret = ingest.settings.secret.get_secret_value()
    try:
        return await add_key(connection, secret, source, kind, by="test")
    finally:
        await connection.close()


def headers_of(key: str) -> dict[str, str]:
    if key.startswith("whsec_"):
        at = clock.now()
        return {
            "authorization": "",
            "webhook-id": "msg_1",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(key).sign("msg_1", at, BODY.decode()),
        }
    return {"authorization": f"Bearer {key}"}


async def answered(ingest: RunningIngest, key: str, status: int) -> None:
    async def look() -> int:
        headers = {"content-type": STRUCTURED, **headers_of(key)}
        if not headers["authorization"]:
            del headers["authorization"]
            ingest.client.headers.pop("authorization", None)
        answer = await ingest.client.post("/v1/events", content=BODY, headers=headers)
        return answer.status_code

    await seen(look, lambda found: found == status, timeout_seconds=READ_SECONDS * 6)


@pytest.mark.parametrize("kind", ["token", "webhook"])
async def test_a_key_opens_within_seconds_and_shuts_within_seconds(
    ingest: RunningIngest, kind: KeyKind
) -> None:
    key_id, key = await given_out(ingest, kind, "west")
    await answered(ingest, key, 202)

    connection = await as_report_api(ingest)
    await disable_key(connection, key_id, by="test")
    await connection.close()

    await answered(ingest, key, 401)
    assert {record["actor"] for record in await ingest.audit_records()} >= {"west"}


async def test_known_keys_hold_while_the_database_is_away(ingest: RunningIngest) -> None:
    _, key = await given_out(ingest, "token", "west")
    await answered(ingest, key, 202)

    await take_away(ingest.settings.database_url.get_secret_value())

    await answered(ingest, key, 202)


async def test_no_key_is_stored_in_clear(ingest: RunningIngest) -> None:
    keys = [(await given_out(ingest, kind, "west"))[1] for kind in ("token", "webhook")]
    connection = await as_report_api(ingest)

    stored = await connection.fetch("SELECT s::text AS row FROM source_keys AS s")
    listed = [dict(row) for row in await list_keys(connection)]
    await connection.close()

    for key in keys:
        assert key not in str(stored)
        assert key.encode().hex() not in str(stored)
    assert {name for row in listed for name in row} == {
        "key_id",
        "source",
        "kind",
        "created_at",
        "disabled_at",
    }


async def test_a_source_whose_name_could_forge_a_line_is_refused(ingest: RunningIngest) -> None:
    with pytest.raises(SourceKeyError):
        await given_out(ingest, "token", "west\nsouth")
