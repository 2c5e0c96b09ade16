"""A real report-api for a test: its own database, asked over ASGI in the test's own loop."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx2
import msgspec
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from careledger import clock
from careledger.ids import new_id
from careledger.postgres import Connection
from careledger.request_heads import HeadLimitedProtocol
from report_api.access import Gate
from report_api.app import create_app
from report_api.identity.passwords import hash_password
from report_api.settings import SERVICE, ReportApiSettings
from support.applied_log import SESSION, AppliedLog, prepare
from support.histories import Telling, to_log
from support.history_events import CLINICS
from support.polling import seen

SECRET: Final = "a root secret that only tests know, 32 characters"  # noqa: S105
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of users that live as long as a test
CLIENT_SECRET: Final = "cls_secret-of-a-partner"  # noqa: S105 - the same
_HASH: Final = hash_password(PASSWORD)


@dataclass
class RunningReportApi:
    """The application between start and stop, with ways to be somebody."""

    app: FastAPI
    settings: ReportApiSettings
    connection: Connection
    stack: AsyncExitStack
    anybody: httpx2.AsyncClient = field(init=False)

    async def start(self) -> None:
        """Start the application as a server would."""
        await self.stack.enter_async_context(self.app.router.lifespan_context(self.app))
        self.anybody = await self.client()

    async def client(self, token: str | None = None) -> httpx2.AsyncClient:
        """Return an HTTP client, with a bearer token or without."""
        transport = httpx2.ASGITransport(app=self.app, client=("192.0.2.7", 4711))
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        return await self.stack.enter_async_context(
            httpx2.AsyncClient(transport=transport, base_url="http://report-api", headers=headers)
        )

    async def add_user(
        self, role: str, *, name: str | None = None, clinic_ids: Sequence[str] | None = None
    ) -> str:
        """Add a user with the password of all test users; returns the id."""
        user_id = new_id()
        await self.connection.execute(
            "INSERT INTO users (user_id, name, role, clinic_ids, password_hash)"
            " VALUES ($1, $2, $3, $4, $5)",
            user_id,
            name or f"{role}-{user_id[-6:]}",
            role,
            clinic_ids,
            _HASH,
        )
        return user_id

    async def user(
        self, role: str, *, clinic_ids: Sequence[str] | None = None, user_id: str | None = None
    ) -> httpx2.AsyncClient:
        """Return a client signed in as a user of a role."""
        user_id = user_id or await self.add_user(role, clinic_ids=clinic_ids)
        now, session_id = clock.now(), new_id()
        await self.connection.execute(
            "INSERT INTO sessions (session_id, user_id, started_at, rotated_at, expires_at)"
            " VALUES ($1, $2, $3, $3, $4)",
            session_id,
            user_id,
            now,
            now + timedelta(hours=1),
        )
        token = self.gate.tokens.for_user(
            user_id, session_id=session_id, generation=0, issued_at=now
        )
        return await self.client(token)

    async def add_partner(
        self,
        *scopes: str,
        clinic_ids: Sequence[str] | None = None,
        profile: str = "pseudonymized",
    ) -> str:
        """Add a partner system with the secret of all test partners; returns the id."""
        client_id = f"client-{new_id()}"
        await self.connection.execute(
            "INSERT INTO clients (client_id, name, scopes, clinic_ids, secret_sha256, profile)"
            " VALUES ($1, 'Partner', $2, $3, $4, $5)",
            client_id,
            list(scopes),
            clinic_ids,
            sha256(CLIENT_SECRET.encode()).digest(),
            profile,
        )
        return client_id

    async def partner(
        self,
        *scopes: str,
        clinic_ids: Sequence[str] | None = None,
        profile: str = "pseudonymized",
    ) -> httpx2.AsyncClient:
        """Return a client with a partner's token."""
        client_id = await self.add_partner(*scopes, clinic_ids=clinic_ids, profile=profile)
        token = self.gate.tokens.for_client(client_id, scopes=frozenset(scopes), token_id=new_id())
        return await self.client(token)

    @property
    def documents(self) -> Path:
        """The folder of finished documents."""
        folder = self.settings.export_dir
        assert folder is not None, "this service keeps its documents in a bucket"
        return folder

    @property
    def gate(self) -> Gate:
        """The application's gate."""
        gate: Gate = self.app.state.gate
        return gate

    async def reconnect(self) -> None:
        """Look into the database through a new connection, after the old one was ended."""
        url = self.settings.database_url.get_secret_value()
        self.connection = await asyncpg.connect(url, server_settings=SESSION)
        self.stack.push_async_callback(self.connection.close)

    async def told(self, tellings: Iterable[Telling]) -> AppliedLog:
        """Apply a history through the aggregator's own code; clinics get a prefix of their own."""
        log = AppliedLog(self.connection, CLINICS)
        await log.start()
        await log.apply([to_log(list(tellings), clock.now())])
        return log

    async def audit_records(self) -> list[dict[str, Any]]:
        """Return the service's records, in order, after the counts in memory are written."""
        await self.app.state.unattributed.flush(self.gate.pool)
        rows = await self.connection.fetch("SELECT record FROM audit_outbox ORDER BY record_id")
        records = [msgspec.json.decode(row["record"], type=dict[str, Any]) for row in rows]
        return [record for record in records if record["service"] == SERVICE]


@pytest.fixture
def report_api_settings(database_url: str, redis_url: str, tmp_path: Path) -> ReportApiSettings:
    """Settings of a service that shares only the servers with other tests."""
    return ReportApiSettings(
        database_url=SecretStr(database_url),
        kafka_bootstrap="localhost:9092",
        secret=SecretStr(SECRET),
        redis_url=SecretStr(redis_url),
        export_dir=tmp_path / "exports",
        report_api_pool_size=4,
        report_api_requests_per_minute=1_000_000,
        report_api_anonymous_per_minute=1_000_000,
    )


@pytest.fixture
async def report_api(
    report_api_settings: ReportApiSettings, database_url: str
) -> AsyncGenerator[RunningReportApi]:
    """The service, running."""
    if report_api_settings.export_dir is not None:
        report_api_settings.export_dir.mkdir()
    connection = await asyncpg.connect(database_url, server_settings=SESSION)
    await prepare(connection)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connection.close)
        running = RunningReportApi(
            create_app(report_api_settings), report_api_settings, connection, stack
        )
        await running.start()
        # A live stream would never end, and most clients here wait for the end of an answer.
        running.app.state.live.end()
        yield running


@pytest.fixture
async def served_report_api(report_api: RunningReportApi) -> AsyncGenerator[str]:
    """The address of the service, served on a free port as well."""
    config = uvicorn.Config(
        report_api.app, port=0, http=HeadLimitedProtocol, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await seen(lambda: _state(server, serving), bool)
        port: int = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


async def _state(server: uvicorn.Server, serving: asyncio.Task[None]) -> bool:
    return server.started or serving.done()
