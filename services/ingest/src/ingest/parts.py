"""What every way into ingest works with: opened together, or not at all and said why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from careledger.deidentification import name_indexes
from careledger.errors import UnavailableError
from careledger.events.topics import AUDIT_EVENTS, PAYMENT_EVENTS, TOPICS, Topic
from careledger.kafka_access import connection_options
from careledger.postgres import Pool, open_pool
from careledger.publisher import Publisher
from ingest.auditing import SERVICE, AuditTrail
from ingest.clinics import ClinicRegistry
from ingest.intake import Intake
from ingest.settings import IngestSettings

POOL_SIZE_MAX: Final = 4


class Parts:
    """What every way into ingest works with, open as long as the context of `opened` is."""

    def __init__(self, settings: IngestSettings, pool: Pool) -> None:
        prefix = settings.kafka_topic_prefix
        self.pool = pool
        self.publisher = Publisher(
            settings.kafka,
            client_id=SERVICE,
            timeout_seconds=settings.ingest_send_timeout_seconds,
        )
        self.clinics = ClinicRegistry(pool)
        self.audit = AuditTrail(self.publisher, prefix + AUDIT_EVENTS.name)
        names, *_ = name_indexes(settings.secret.get_secret_value(), settings.name_keys)
        self.intake = Intake(self.publisher, self.clinics, names, prefix + PAYMENT_EVENTS.name)


@asynccontextmanager
async def opened(settings: IngestSettings) -> AsyncGenerator[Parts]:
    """Open the connections that every way into ingest needs, and close them in the end.

    Raises:
        UnavailableError: naming every part that does not answer or is not prepared.
    """
    async with AsyncExitStack() as closing:
        pool, topics = await asyncio.gather(
            _open_registry(settings), _check_topics(settings), return_exceptions=True
        )
        if not isinstance(pool, BaseException):
            closing.push_async_callback(pool.close)
        problems = [error for error in (pool, topics) if isinstance(error, BaseException)]
        if problems or isinstance(pool, BaseException):
            raise _together(problems)
        parts = Parts(settings, pool)
        closing.push_async_callback(parts.publisher.stop)
        closing.push_async_callback(parts.audit.close)
        await parts.publisher.check()
        yield parts


async def _open_registry(settings: IngestSettings) -> Pool:
    pool = await open_pool(
        settings.database_url.get_secret_value(), service=SERVICE, size_max=POOL_SIZE_MAX
    )
    if await pool.fetchval("SELECT to_regclass('reporting.clinic_versions')") is None:
        await pool.close()
        raise UnavailableError(
            "PostgreSQL at CARELEDGER_DATABASE_URL has no schema yet: run "
            "python -m careledger.postgres migrate"
        )
    return pool


async def _check_topics(settings: IngestSettings) -> None:
    admin = AIOKafkaAdminClient(**connection_options(settings.kafka))
    try:
        async with asyncio.timeout(settings.ingest_send_timeout_seconds):
            await admin.start()
            present = {topic["topic"] for topic in await admin.describe_topics()}
    except (KafkaError, OSError, TimeoutError) as error:
        raise UnavailableError(
            f"Kafka at CARELEDGER_KAFKA_BOOTSTRAP does not answer: {type(error).__name__}"
        ) from error
    finally:
        await admin.close()
    declared = [settings.kafka_topic_prefix + topic.name for topic in TOPICS if _uses(topic)]
    missing = [name for name in declared if name not in present]
    if missing:
        raise UnavailableError(
            f"Kafka has no topic {', '.join(missing)}: run python -m careledger.kafka create-topics"
        )


def _uses(topic: Topic) -> bool:
    return SERVICE in topic.producers or SERVICE in topic.consumers


def _together(problems: list[BaseException]) -> BaseException:
    """Join what the parts said into one text; anything unforeseen goes first and alone."""
    for problem in problems:
        if not isinstance(problem, UnavailableError):
            return problem
    return UnavailableError("\n".join(str(problem) for problem in problems))
