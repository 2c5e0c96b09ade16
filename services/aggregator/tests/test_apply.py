"""What one committed batch leaves besides figures: quarantine, audit, freshness, name tokens."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from hashlib import md5

import asyncpg
import msgspec
import pytest

from aggregator import ledger, positions
from aggregator.apply import Applied, apply_batch
from aggregator.clinics import Defaults
from aggregator.fence import Batch
from careledger.events.audit import AuditRecord
from careledger.events.payments import NameToken
from support.applied_log import CLUSTER, SESSION, TOPIC
from support.records import APPENDED_AT, Record, event, record

pytestmark = pytest.mark.integration


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    one = await asyncpg.connect(database_url, server_settings=SESSION)
    await ledger.prepare_connection(one)
    await positions.stored_offsets(one, TOPIC, [0], CLUSTER)
    yield one
    await one.close()


async def nothing_lost(_partition: int) -> int:
    return 0


async def applied(connection: asyncpg.Connection, *records: Record) -> Applied:
    batch = Batch(
        topic=TOPIC,
        cluster_id=CLUSTER,
        records=list(records),
        consumer_positions={0: records[0].offset},
        ends=defaultdict(lambda: records[-1].offset + 1),
        fetched_at=APPENDED_AT,
    )
    return await apply_batch(
        connection, batch, defaults=Defaults("UTC", 30), beginning=nothing_lost
    )


async def test_bad_records_go_to_quarantine_and_good_ones_of_the_batch_count(
    connection: asyncpg.Connection,
) -> None:
    done = await applied(
        connection,
        record(event("invoice.issued"), offset=0),
        record(event("payment.succeeded"), offset=1, event_id="e2", value=b"{}"),
        record(event("payment.succeeded"), offset=2, event_id="e3"),
    )

    assert (done.accepted, done.quarantined) == (2, 1)
    kept = await connection.fetchrow("SELECT kafka_offset, reason, problem FROM quarantine")
    assert kept is not None
    assert (kept["kafka_offset"], kept["reason"]) == (1, "body_invalid")
    balance = await connection.fetchval("SELECT balance FROM outstanding_payments")
    assert balance == 6_000


async def test_a_conflict_keeps_the_first_and_shows_the_other_by_allowed_fields_only(
    connection: asyncpg.Connection,
) -> None:
    await applied(connection, record(event("payment.succeeded"), offset=0))

    done = await applied(
        connection, record(event("payment.succeeded", amount=9_999), offset=1, event_id="e2")
    )

    assert (done.accepted, done.quarantined) == (0, 1)
    fields = json.loads(await connection.fetchval("SELECT fields FROM quarantine"))
    assert fields["amount"] == 9_999
    assert set(fields) <= {
        "clinic_id",
        "patient_id",
        "payment_id",
        "invoice_id",
        "amount",
        "currency",
    }
    assert await connection.fetchval("SELECT amount FROM payments") == 4_000


async def test_nothing_of_a_personal_patient_id_is_kept(connection: asyncpg.Connection) -> None:
    await applied(connection, record(event("payment.succeeded", patient_id="123-45-6789")))

    row = await connection.fetchrow("SELECT * FROM quarantine")
    assert row is not None
    assert "123-45-6789" not in str(dict(row))
    assert row["reason"] == "patient_id_is_personal"


async def test_one_audit_record_a_batch_waits_in_the_outbox(connection: asyncpg.Connection) -> None:
    await applied(connection, record(event("invoice.issued"), offset=0))
    await applied(connection, record(event("invoice.issued"), offset=0))

    rows = await connection.fetch("SELECT record FROM audit_outbox")
    records = [msgspec.json.decode(row["record"], type=AuditRecord) for row in rows]
    assert [one.resource for one in records] == ["payment-events/0:0-0"]
    assert records[0].clinic_ids == ("c1",)


async def test_identities_are_looked_up_by_index_however_many_are_asked_for(
    connection: asyncpg.Connection,
) -> None:
    await connection.execute(
        "INSERT INTO identities (key, content) SELECT decode(md5(n::text), 'hex'), '\\x01'"
        " FROM generate_series(1, 50000) AS n"
    )
    await connection.execute("ANALYZE identities")
    keys = [md5(str(n).encode(), usedforsecurity=False).digest() for n in range(45_001, 65_001)]

    async with connection.transaction():
        known = await ledger.known_identities(connection, keys)
        read_whole = await connection.fetchval(
            "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'identities'"
        )

    assert (len(known), read_whole) == (5_000, 0)


async def test_an_unknown_clinic_is_registered_unconfirmed(connection: asyncpg.Connection) -> None:
    await applied(connection, record(event("invoice.issued")))

    clinic = await connection.fetchrow(
        "SELECT clinic_id, confirmed, time_zone, terms_days"
        " FROM clinics JOIN clinic_versions USING (clinic_no)"
    )
    assert clinic is not None
    assert tuple(clinic) == ("c1", False, "UTC", 30)


async def test_name_tokens_of_a_patient_are_a_union(connection: asyncpg.Connection) -> None:
    first, second = NameToken(key_id="1", token="ab" * 32), NameToken(key_id="1", token="cd" * 32)

    await applied(
        connection,
        record(event("patient.recorded", name_tokens=(first,)), offset=0),
        record(event("patient.recorded", name_tokens=(first, second)), offset=1, event_id="e2"),
    )

    tokens = await connection.fetch("SELECT token FROM patient_name_tokens ORDER BY token")
    assert [row["token"].hex() for row in tokens] == [first.token, second.token]


async def test_a_log_with_nothing_behind_the_batch_is_complete_until_the_fetch(
    connection: asyncpg.Connection,
) -> None:
    await applied(connection, record(event("invoice.issued")))

    row = await connection.fetchrow("SELECT next_offset, data_through FROM positions")
    assert row is not None
    assert (row["next_offset"], row["data_through"]) == (1, APPENDED_AT)
