"""Verifies the log, or a part, against everything that was ever signed; keeps how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import Field, SecretStr

from aggregator import verifications
from aggregator.settings import SERVICE, AuditSettings
from aggregator.verifications import Verdict, Verification
from careledger import audit_trail, clock, ids
from careledger.audit_chain.checkpoints import CheckpointError, TrustedKeys, from_line, keys_of
from careledger.audit_chain.file import read_checkpoints
from careledger.audit_chain.links import Anchor
from careledger.audit_chain.verification import (
    NEWEST,
    Finding,
    Found,
    Progress,
    RowsVerdict,
    SourceVerdict,
    beginning_of,
    compare,
    extent,
    first_finding,
    kept_checkpoints,
    nearest_anchor,
    newest_checkpoints,
    verify_rows,
)
from careledger.errors import ConfigurationError, UnavailableError
from careledger.events.audit import AuditRecord
from careledger.events.topics import AUDIT_CHECKPOINTS
from careledger.kafka_access import Kafka, connection_options
from careledger.postgres import Connection
from careledger.settings import KafkaSettings, TopicPrefix

_KAFKA_SECONDS: Final = 20.0


class VerifySettings(AuditSettings, KafkaSettings):
    """What verifying needs; an auditor's machine needs the database and the public keys only."""

    database_url: SecretStr
    kafka_bootstrap: str | None = Field(default=None)  # pyright: ignore[reportIncompatibleVariableOverride] - here alone Kafka may be missing
    kafka_topic_prefix: TopicPrefix = ""
    secret: SecretStr | None = None

    def keys(self) -> TrustedKeys:
        """Return whose checkpoints count.

        Raises:
            ConfigurationError: if no key is given.
        """
        if self.secret is None and not (self.audit_public_keys_file or self.audit_key_file):
            raise ConfigurationError(
                "set CARELEDGER_AUDIT_PUBLIC_KEYS_FILE: without a key no checkpoint can be checked"
            )
        secret = "" if self.secret is None else self.secret.get_secret_value()
        return keys_of(secret, self.audit_key_file, self.audit_public_keys_file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was verified, and the first thing that is wrong."""

    rows: RowsVerdict
    sources: Sequence[SourceVerdict]
    last_sequence: int
    finding: Finding | None

    @property
    def verdict(self) -> Verdict:
        """Intact; broken; or in itself consistent, with nothing outside to hold it against."""
        if self.finding is not None or any(one.invalid for one in self.sources):
            return "broken"
        return "unanchored" if self.last_sequence and not self.anchored_through else "intact"

    @property
    def anchored_through(self) -> int:
        """The last record up to which a checkpoint outside the database vouches for the log."""
        return max((one.agrees_at for one in self.sources if one.outside), default=0)

    @property
    def problem(self) -> str | None:
        """What is wrong first, in the log or in a source of checkpoints; None if it is intact."""
        if self.finding is not None:
            return self.finding.problem
        if self.verdict == "intact":
            return None
        return "; ".join(f"{one.source} {text}" for one in self.sources for text in one.problems)


async def verify(
    connection: Connection,
    settings: VerifySettings,
    files: Sequence[Path],
    *,
    from_sequence: int,
    progress: Progress = lambda _done, _of: None,
    rest: float = 0.0,
) -> Report:
    """Verify the log from a record on.

    Args:
        connection: to the database, or to a copy of it.
        settings: keys, and where Kafka is.
        files: checkpoint files besides the one of the settings.
        from_sequence: the first record to verify; the walk begins at the checkpoint before it.
        progress: is told how far the walk is.
        rest: after each part, rest so many times as long as it took.

    Raises:
        OSError: if a file cannot be read.
        asyncpg.PostgresError: if the database refuses.
    """
    keys = settings.keys()
    paths = [*files, *([settings.audit_checkpoint_file] if settings.audit_checkpoint_file else [])]
    beginning = await _beginning(connection, settings, paths, keys)
    start = beginning
    if from_sequence > 1:
        for found in [*map(read_checkpoints, paths), kept_checkpoints(connection)]:
            start = max(start, await nearest_anchor(found, keys, from_sequence - 1))
    _, last = await extent(connection)
    rows = await verify_rows(connection, start, last, progress, rest=rest)
    sources = [
        await compare(
            connection,
            SourceVerdict(f"file {path}", outside=True),
            read_checkpoints(path),
            keys,
            beginning,
        )
        for path in dict.fromkeys(paths)
    ]
    sources.append(await _compare_topic(connection, settings, keys, beginning))
    inside = SourceVerdict("table audit_checkpoints", outside=False)
    kept = kept_checkpoints(connection)
    sources.append(await compare(connection, inside, kept, keys, beginning))
    return Report(
        rows=rows,
        sources=sources,
        last_sequence=last,
        finding=first_finding(rows, sources, last),
    )


async def keep(
    connection: Connection, report: Report, *, started_at: datetime, by: str
) -> Verification:
    """Keep how a verification ended, with an audit record: a run like any other.

    Args:
        connection: with the rights of the aggregator.
        report: what was found.
        started_at: when it began.
        by: who verified: a person who typed the command, or the aggregator itself.
    """
    ended = Verification(
        verification_id=ids.new_id(),
        started_at=started_at,
        ended_at=clock.now(),
        verdict=report.verdict,
        from_sequence=report.rows.from_sequence,
        through_sequence=report.rows.through_sequence,
        anchored_through=report.anchored_through,
        first_bad_sequence=report.finding.first_sequence if report.finding else None,
        problem=report.problem,
        by=by,
    )
    async with connection.transaction():
        await verifications.keep(connection, ended)
        await audit_trail.record(connection, _audit_record(report, ended))
    return ended


def _audit_record(report: Report, ended: Verification) -> AuditRecord:
    details: dict[str, str | int | list[str]] = {
        "verdict": ended.verdict,
        "from_sequence": ended.from_sequence,
        "through_sequence": ended.through_sequence,
        "anchored_through": ended.anchored_through,
        "checkpoints": sum(one.compared for one in report.sources),
    }
    if ended.first_bad_sequence is not None:
        details["first_bad_sequence"] = ended.first_bad_sequence
    if ended.problem is not None:
        details["problem"] = ended.problem
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=ended.ended_at,
        service=SERVICE,
        action="audit.verified",
        outcome="success" if ended.verdict == "intact" else "failure",
        actor_kind="service" if ended.by == SERVICE else "user",
        actor=ended.by,
        resource="audit_log",
        details=details,
    )


async def _beginning(
    connection: Connection, settings: VerifySettings, paths: Sequence[Path], keys: TrustedKeys
) -> Anchor:
    """Return where the log begins: behind what a signed statement says that retention removed."""
    found: list[Found] = [one for path in paths for one in read_checkpoints(path, newest=NEWEST)]
    found += await newest_checkpoints(connection)
    if settings.kafka_bootstrap is not None:
        name = settings.kafka_topic_prefix + AUDIT_CHECKPOINTS.name
        with suppress(UnavailableError):
            newest = read_topic(settings.kafka, name, newest=NEWEST)
            found += [one async for one in newest]
    return await beginning_of(found, keys)


async def _compare_topic(
    connection: Connection, settings: VerifySettings, keys: TrustedKeys, beginning: Anchor
) -> SourceVerdict:
    name = settings.kafka_topic_prefix + AUDIT_CHECKPOINTS.name
    verdict = SourceVerdict(f"topic {name}", outside=True)
    if settings.kafka_bootstrap is None:
        verdict.problems.append("CARELEDGER_KAFKA_BOOTSTRAP is not set")
        return verdict
    try:
        found = read_topic(settings.kafka, name)
        await compare(connection, verdict, found, keys, beginning)
    except UnavailableError as error:
        verdict.problems.append(str(error))
    return verdict


async def read_topic(kafka: Kafka, name: str, *, newest: int | None = None) -> AsyncIterator[Found]:
    """Read every checkpoint of the topic, in order.

    Args:
        kafka: where it is, and how to speak with it.
        name: of the topic.
        newest: read about so many from the end only.

    Raises:
        UnavailableError: if Kafka does not answer.
    """
    consumer = AIOKafkaConsumer(
        **connection_options(kafka), enable_auto_commit=False, auto_offset_reset="earliest"
    )
    where = TopicPartition(name, 0)
    try:
        async with asyncio.timeout(_KAFKA_SECONDS):
            await consumer.start()
            consumer.assign([where])
            end = (await consumer.end_offsets([where]))[where]
            if newest is not None:
                begin = (await consumer.beginning_offsets([where]))[where]
                consumer.seek(where, max(begin, end - newest))
        while await consumer.position(where) < end:
            async with asyncio.timeout(_KAFKA_SECONDS):
                fetched = await consumer.getmany(where, timeout_ms=1_000)
            for message in fetched.get(where, []):
                try:
                    yield from_line(message.value or b"")
                except CheckpointError as error:
                    yield error
    except (KafkaError, OSError, TimeoutError) as error:
        raise UnavailableError(f"Kafka does not answer: {type(error).__name__}") from error
    finally:
        await consumer.stop()
