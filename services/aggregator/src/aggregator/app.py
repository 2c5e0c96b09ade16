"""Wires the aggregator: the only place where its parts meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.asgi import AsgiFastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaMessage

from aggregator import keeping, ledger
from aggregator.announcements import Announcements
from aggregator.apply import apply_batch
from aggregator.checkpoints import Checkpoints
from aggregator.clinics import Defaults
from aggregator.consumers import LogInlet
from aggregator.fence import Batch, BeginningOffset
from aggregator.halting import Halt
from aggregator.health import health_routes
from aggregator.judging import Record
from aggregator.limit import RefusalLimit
from aggregator.nightly import Nightly
from aggregator.retention.configured import terms_of
from aggregator.schedule import Schedule, ScheduleEndedError
from aggregator.settings import Settings
from aggregator.verifying import VerifySettings
from careledger.alerts import Alerts
from careledger.audit_chain.checkpoints import keys_of, signer_of
from careledger.errors import ConfigurationError, UnavailableError
from careledger.events.topics import AUDIT_EVENTS, PAYMENT_EVENTS, PAYMENT_INTAKE_DLQ, Topic
from careledger.kafka_access import Kafka, broker_security, connection_options
from careledger.postgres import Connection, Pool, open_pool
from careledger.publisher import Publisher
from careledger.settings import PREFIX

_FETCH_BYTES: Final = 8 * 1024 * 1024
_SMALL_BATCH: Final = 1_000
_CLOSE_SECONDS: Final = 5.0
_SEND_SECONDS: Final = 10.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application holds while it runs."""

    pool: Pool
    broker: KafkaBroker
    publisher: Publisher
    checkpoints: Checkpoints
    inlets: list[LogInlet]


async def open_parts(settings: Settings) -> Parts:
    """Connect to PostgreSQL and Kafka and wire the consumers, not started yet.

    Raises:
        UnavailableError: naming every part that does not answer.
    """
    pool, cluster_id = await _reach(settings)
    publisher = Publisher(settings.kafka, client_id="aggregator", timeout_seconds=_SEND_SECONDS)
    announcements = Announcements(publisher, settings.kafka_topic_prefix)
    defaults = Defaults(settings.default_time_zone, settings.default_terms_days)

    def payments_inlet() -> LogInlet:
        limit = RefusalLimit(
            share_max=settings.aggregator_refused_share_max,
            in_a_row_max=settings.aggregator_refused_in_a_row_max,
        )

        async def apply_events(
            connection: Connection, batch: Batch, beginning: BeginningOffset
        ) -> dict[int, int]:
            applied = await apply_batch(
                connection, batch, defaults=defaults, beginning=beginning, limit=limit
            )
            announcements.report_updates(applied)
            return applied.watermark

        halt = Halt(pool, PAYMENT_EVENTS.name, limit)
        return LogInlet(pool, PAYMENT_EVENTS, settings.kafka_topic_prefix, apply_events, halt)

    broker = KafkaBroker(
        settings.kafka_bootstrap,
        security=broker_security(settings.kafka),
        client_id="aggregator",
        logger=None,
        apply_types=False,
        graceful_timeout=20,
    )
    inlets = [payments_inlet() for _ in range(settings.aggregator_consumers)]
    for inlet in inlets:
        _subscribe(broker, inlet, PAYMENT_EVENTS, settings, settings.aggregator_batch_max)
    for topic, keep in (
        (AUDIT_EVENTS, keeping.seal_audit_records),
        (PAYMENT_INTAKE_DLQ, keeping.keep_dead_letters),
    ):
        inlet = LogInlet(pool, topic, settings.kafka_topic_prefix, keep)
        _subscribe(broker, inlet, topic, settings, _SMALL_BATCH)
        inlets.append(inlet)
    for inlet in inlets:
        inlet.cluster_id = cluster_id
    return Parts(pool, broker, publisher, _checkpoints(settings, publisher), inlets)


def _checkpoints(settings: Settings, publisher: Publisher) -> Checkpoints:
    secret = settings.secret.get_secret_value()
    checkpoints = Checkpoints(
        signer_of(secret, settings.audit_key_file),
        keys_of(secret, settings.audit_key_file, settings.audit_public_keys_file),
        publisher,
        topic_prefix=settings.kafka_topic_prefix,
        file=settings.audit_checkpoint_file,
        rows=settings.audit_checkpoint_rows,
        every=timedelta(seconds=settings.audit_checkpoint_seconds),
        terms=terms_of(settings),
    )
    try:
        checkpoints.start()
    except OSError as error:
        raise ConfigurationError(
            f"{PREFIX}AUDIT_CHECKPOINT_FILE cannot be read: {type(error).__name__}"
        ) from error
    return checkpoints


async def _reach(settings: Settings) -> tuple[Pool, str]:
    pool, cluster_id = await asyncio.gather(
        open_pool(
            settings.database_url.get_secret_value(),
            service="aggregator",
            size_max=settings.aggregator_consumers + 7,
            on_connect=ledger.prepare_connection,
            session_settings=ledger.SESSION_SETTINGS,
        ),
        cluster_id_of(settings.kafka),
        return_exceptions=True,
    )
    problems = [str(part) for part in (pool, cluster_id) if isinstance(part, BaseException)]
    if isinstance(pool, BaseException) or isinstance(cluster_id, BaseException):
        raise UnavailableError("\n".join(problems))
    return pool, cluster_id


async def cluster_id_of(kafka: Kafka) -> str:
    """Return the id of the Kafka cluster.

    Raises:
        UnavailableError: if it does not answer.
    """
    admin = AIOKafkaAdminClient(**connection_options(kafka), request_timeout_ms=10_000)
    try:
        await admin.start()
        return str((await admin.describe_cluster())["cluster_id"])
    except (KafkaError, OSError) as error:
        raise UnavailableError(
            f"Kafka at {PREFIX}KAFKA_BOOTSTRAP does not answer: {type(error).__name__}"
        ) from error
    finally:
        await admin.close()


def _subscribe(
    broker: KafkaBroker, inlet: LogInlet, topic: Topic, settings: Settings, batch_max: int
) -> None:
    # One argument each and nothing else: FastStream's own parser decodes the headers of the whole
    # batch and drops all of it for one that is null or not UTF-8.
    async def parse(message: tuple[Record, ...]) -> KafkaMessage:
        return KafkaMessage(body=b"", raw_message=message, consumer=inlet.consumer)

    async def decode(message: Any) -> tuple[Record, ...]:  # noqa: ANN401 - FastStream's type
        return message.raw_message

    subscriber = broker.subscriber(
        settings.kafka_topic_prefix + topic.name,
        group_id=f"{settings.kafka_topic_prefix}{settings.aggregator_group}-{topic.name}",
        batch=True,
        max_records=batch_max,
        batch_timeout_ms=20,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        ack_policy=AckPolicy.MANUAL,
        listener=inlet.listener,
        session_timeout_ms=settings.aggregator_session_timeout_ms,
        max_partition_fetch_bytes=_FETCH_BYTES,
        fetch_max_bytes=4 * _FETCH_BYTES,
        parser=parse,
        decoder=decode,
        title=f"Applies {topic.name}",
    )
    subscriber(inlet.on_records)
    inlet.read_through(lambda: subscriber.consumer)


def create_app(
    parts: Parts, settings: Settings, schedule_ended: Callable[[], None]
) -> AsgiFastStream:
    """Return the application: consumers, schedule and health, started and stopped together.

    Args:
        parts: connected.
        settings: of the process.
        schedule_ended: is called if the schedule ends before the application does; it must end
            the process, which would go on without relay and sealer.
    """
    schedule = _schedule(parts, settings)

    @asynccontextmanager
    async def lifespan() -> AsyncGenerator[None]:
        jobs = asyncio.create_task(schedule.run())
        watch = asyncio.create_task(_watched(jobs, schedule_ended))
        try:
            yield
        finally:
            watch.cancel()
            jobs.cancel()
            await asyncio.wait([jobs, watch])
            await _close(parts)

    return AsgiFastStream(
        parts.broker,
        asgi_routes=health_routes(parts.pool, parts.inlets, parts.checkpoints),
        lifespan=lifespan,
        logger=None,
    )


async def _watched(jobs: asyncio.Task[None], ended: Callable[[], None]) -> None:
    await asyncio.wait([jobs])
    error = None if jobs.cancelled() else jobs.exception()
    named = str(error) if isinstance(error, ScheduleEndedError) else type(error).__name__
    log.error("schedule_ended", job=named)
    ended()


def _schedule(parts: Parts, settings: Settings) -> Schedule:
    alerts = Alerts(settings.alert_urls.get_secret_value())
    evidence = VerifySettings(
        database_url=settings.database_url,
        kafka_bootstrap=settings.kafka_bootstrap,
        kafka_security=settings.kafka_security,
        kafka_ca_file=settings.kafka_ca_file,
        kafka_user=settings.kafka_user,
        kafka_password=settings.kafka_password,
        kafka_topic_prefix=settings.kafka_topic_prefix,
        secret=settings.secret,
        audit_key_file=settings.audit_key_file,
        audit_public_keys_file=settings.audit_public_keys_file,
        audit_checkpoint_file=settings.audit_checkpoint_file,
    )
    return Schedule(
        parts.pool,
        parts.publisher,
        settings.kafka_topic_prefix,
        parts.inlets,
        parts.checkpoints,
        alerts,
        terms_of(settings),
        Nightly(evidence, settings.verify_at, alerts),
    )


async def _close(parts: Parts) -> None:
    """Close what is open; a part that is away must not keep the process from ending."""
    with suppress(TimeoutError):
        await asyncio.wait_for(parts.publisher.stop(), _CLOSE_SECONDS)
    try:
        await asyncio.wait_for(parts.pool.close(), _CLOSE_SECONDS)
    except TimeoutError:
        parts.pool.terminate()
