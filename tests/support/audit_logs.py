"""A sealed audit log in a test's own database, and the ways of somebody who tampers with it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec
import pytest
from pydantic import SecretStr

from aggregator import audit_log
from aggregator.checkpoints import Checkpoints
from aggregator.retention.terms import Terms
from aggregator.verifying import Report, VerifySettings, verify
from careledger.audit_chain.checkpoints import Checkpoint, TrustedKeys, signer_of
from careledger.audit_chain.file import append_checkpoint
from careledger.audit_chain.links import BEGINNING, chain
from careledger.events.audit import AuditRecord
from careledger.events.checkpoints import Statement
from careledger.postgres import SCHEMA, Connection
from careledger.publisher import Publisher

SECRET: Final = "a root secret that only tests know, 32 characters"  # noqa: S105
BEGAN: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOWHERE: Final = "127.0.0.1:1"


def audit_content(number: int, **changes: Any) -> bytes:  # noqa: ANN401 - fields of a record
    """The bytes of one record; the fields differ a little from one to the next."""
    given: dict[str, Any] = {
        "id": f"record-{number}",
        "occurred_at": BEGAN + timedelta(seconds=number),
        "service": "report-api",
        "action": "report.viewed",
        "outcome": "success",
        "actor_kind": "user",
        "actor": f"finance-{number % 3}",
        "resource": "GET /api/v1/reports/revenue",
        "clinic_ids": ("north", "south")[: 1 + number % 2],
        "patient_ids": (f"p-{number % 7}",) if number % 5 == 0 else (),
    }
    return msgspec.json.encode(AuditRecord(**{**given, **changes}))


@dataclass
class SealedLog:
    """A log, its sealer, and the file its checkpoints go to."""

    connection: Connection
    checkpoints: Checkpoints
    file: Path
    settings: VerifySettings
    sealed: int = 0
    keys: TrustedKeys = field(init=False)

    def __post_init__(self) -> None:
        self.keys = TrustedKeys([signer_of(SECRET, None).public_key])

    async def seal(self, count: int, **changes: Any) -> None:  # noqa: ANN401 - fields of a record
        """Append so many records."""
        numbers = range(self.sealed + 1, self.sealed + count + 1)
        async with self.connection.transaction():
            await audit_log.append(
                self.connection, [audit_content(number, **changes) for number in numbers]
            )
        self.sealed += count

    async def sign(self) -> bool:
        """Sign a checkpoint at the head, and publish it to the file; Kafka is away."""
        signed = await self.checkpoints.sign_if_due(self.connection)
        await self.publish_to_file()
        return signed

    async def sign_at(self, instant: datetime) -> None:
        """Sign and publish a checkpoint at the head, as if it had been at an instant."""
        head = await audit_log.head_of(self.connection)
        statement = Statement(
            sequence=head.sequence, count=head.sequence, head=head.hash.hex(), sealed_at=instant
        )
        checkpoint = signer_of(SECRET, None).sign(statement)
        await self.connection.execute(
            "INSERT INTO audit_checkpoints (sequence, statement, key_id, signature, published_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            head.sequence,
            checkpoint.statement,
            checkpoint.key_id,
            checkpoint.signature,
            instant,
        )
        append_checkpoint(self.file, checkpoint)

    async def publish_to_file(self) -> None:
        """Write the unpublished checkpoints to the file."""
        rows = await self.connection.fetch(
            "UPDATE audit_checkpoints SET published_at = now() WHERE published_at IS NULL"
            " RETURNING statement, key_id, signature"
        )
        for row in rows:
            append_checkpoint(
                self.file, Checkpoint(row["statement"], row["key_id"], row["signature"])
            )

    async def verify(self, *, from_sequence: int = 1) -> Report:
        """Verify as the command does."""
        return await verify(
            self.connection,
            self.settings,
            [],
            from_sequence=from_sequence,
            progress=lambda _done, _of: None,
        )

    def foreign_checkpoint(self, statement: bytes) -> Checkpoint:
        """The same statement, signed by somebody without the key."""
        stranger = signer_of("another secret that nobody here knows at all", None)
        return stranger.sign(msgspec.json.decode(statement, type=Statement))

    async def forge_from(self, sequence: int) -> None:
        """Compute every hash anew from a record on, as somebody with the database could."""
        rows = await self.connection.fetch(
            "SELECT sequence, record, hash FROM audit_log WHERE sequence >= $1 - 1"
            " ORDER BY sequence",
            sequence,
        )
        head = BEGINNING.hash if sequence == 1 else rows.pop(0)["hash"]
        for row in rows:
            head = chain(head, row["record"])
            await self.connection.execute(
                "UPDATE audit_log SET hash = $2 WHERE sequence = $1", row["sequence"], head
            )


@pytest.fixture
async def audit_connection(database_url: str) -> AsyncGenerator[Connection]:
    """A connection as the services have."""
    connection = await asyncpg.connect(database_url, server_settings={"search_path": SCHEMA})
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
def sealed_log(audit_connection: Connection, database_url: str, tmp_path: Path) -> SealedLog:
    """An empty log whose every new record is due for a checkpoint."""
    file = tmp_path / "checkpoints.jsonl"
    signer = signer_of(SECRET, None)
    checkpoints = Checkpoints(
        signer,
        TrustedKeys([signer.public_key]),
        Publisher(NOWHERE, client_id="test", timeout_seconds=0.5),
        topic_prefix="",
        file=None,
        rows=1,
        every=timedelta(seconds=60),
        terms=Terms(0, 0, audit_months=12),
    )
    settings = VerifySettings(
        database_url=SecretStr(database_url),
        kafka_bootstrap=None,
        secret=SecretStr(SECRET),
        audit_checkpoint_file=file,
    )
    return SealedLog(audit_connection, checkpoints, file, settings)
