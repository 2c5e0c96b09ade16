"""A real ingest service for a test: its own topics and database, an HTTP server on a free port."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import msgspec
import pytest
import uvicorn
from pydantic import SecretStr

from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from ingest.app import create_app
from ingest.serving import server_config
from ingest.settings import IngestSettings
from support.polling import seen
from support.topics import Record, read_topic

SOURCE: Final = "north-billing"
TOKEN: Final = "token-of-the-north-clinic"  # noqa: S105 - of a service that lives as long as a test
WEBHOOK_SOURCE: Final = "south-webhooks"
WEBHOOK_SECRET: Final = "whsec_c2VjcmV0IG9mIHRoZSBzb3V0aCBjbGluaWM="  # noqa: S105 - the same


@dataclass
class RunningIngest:
    """Where it is, and what it has written."""

    settings: IngestSettings
    url: str
    client: httpx2.AsyncClient
    server: uvicorn.Server
    serving: asyncio.Task[None]

    async def stop(self) -> None:
        """End it, as a signal would."""
        self.server.should_exit = True
        await self.serving

    def topic(self, name: str) -> str:
        """The name a topic has in this test."""
        return self.settings.kafka_topic_prefix + name

    async def records(self, name: str = "payment-events") -> list[Record]:
        """Everything in one of its topics."""
        return await read_topic(self.settings.kafka_bootstrap, self.topic(name))

    async def records_once(self, name: str, count: int) -> list[Record]:
        """Everything in one of its topics as soon as there are so many records.

        Raises:
            TimeoutError: there are too few after half a minute.
        """
        return await seen(lambda: self.records(name), lambda found: len(found) >= count)

    async def audit_records(self) -> list[dict[str, Any]]:
        """The audit records it has written."""
        return [
            msgspec.json.decode(record.value or b"", type=dict[str, Any])
            for record in await self.records("audit-events")
        ]


@pytest.fixture
async def ingest_settings(
    kafka_bootstrap: str, database_url: str, topic_prefix: str
) -> IngestSettings:
    """Settings of a service that shares only the servers with other tests; its topics exist."""
    await create_topics(kafka_bootstrap, tuple(topic.under(topic_prefix) for topic in TOPICS))
    return IngestSettings(
        database_url=SecretStr(database_url),
        kafka_bootstrap=kafka_bootstrap,
        kafka_topic_prefix=topic_prefix,
        secret=SecretStr("a root secret that only tests know, 32 characters"),
        ingest_port=0,
        ingest_tokens=SecretStr(f"{SOURCE}:{TOKEN}"),
        webhook_secrets=SecretStr(f"{WEBHOOK_SOURCE}:{WEBHOOK_SECRET}"),
        ingest_send_timeout_seconds=5,
        ingest_receive_timeout_seconds=3,
    )


@pytest.fixture
async def ingest(ingest_settings: IngestSettings) -> AsyncGenerator[RunningIngest]:
    """The service, serving."""
    server = uvicorn.Server(server_config(create_app(ingest_settings), ingest_settings))
    serving = asyncio.create_task(server.serve())
    try:
        await seen(lambda: _state(server, serving), bool)
        port: int = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(
            base_url=url, headers={"authorization": f"Bearer {TOKEN}"}, timeout=30
        ) as client:
            yield RunningIngest(ingest_settings, url, client, server, serving)
    finally:
        server.should_exit = True
        await serving


async def _state(server: uvicorn.Server, serving: asyncio.Task[None]) -> bool:
    return server.started or serving.done()
