"""A real Kafka, PostgreSQL and Valkey for the tests, gone with the session however it ends."""

import asyncio
import os
import secrets
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncpg
import pytest
from deploy.local.sessions import end_session, start_session
from deploy.local.stack import Addresses
from xdist import is_xdist_worker

from careledger.postgres import migrate

T = TypeVar("T")
_TEMPLATE = "template_careledger"


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the session's servers, once, after the last worker."""
    if not hasattr(config, "workerinput"):
        end_session(os.getpid())


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> Addresses:
    """The addresses of the session's own servers, shared by all workers of pytest-xdist."""
    return start_session(os.getppid() if is_xdist_worker(request) else os.getpid())


@pytest.fixture(scope="session")
def kafka_bootstrap(stack: Addresses) -> str:
    """A broker that creates no topic by itself, ``host:port``."""
    return stack.kafka


@pytest.fixture(scope="session")
def redis_url(stack: Addresses) -> str:
    """A Valkey all tests of the session share; use keys of your own."""
    return stack.redis


@pytest.fixture(scope="session")
def template_database(stack: Addresses) -> str:
    """The name of the database every test gets a copy of: migrated, and empty."""
    run_apart(_create_template(stack.postgres))
    return _TEMPLATE


@pytest.fixture
def database_url(stack: Addresses, template_database: str) -> Iterator[str]:
    """A database of this test alone, a fresh copy of the template."""
    name = f"test_{secrets.token_hex(6)}"
    run_apart(_execute(stack.postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"'))
    yield database_address(stack.postgres, name)
    run_apart(_execute(stack.postgres, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def topic_prefix() -> str:
    """Put before a topic's name, it makes the topic this test's own."""
    return f"test-{secrets.token_hex(6)}."


def database_address(server: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread and loop of its own, so that a test's loop stays as it is."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _create_template(server: str) -> None:
    """Create and migrate the template unless another worker of the session has."""
    connection = await asyncpg.connect(server)
    try:
        await connection.execute("SELECT pg_advisory_lock(hashtext('template'))")
        known = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", _TEMPLATE)
        if known is None:
            building = f"{_TEMPLATE}_{secrets.token_hex(4)}"
            await connection.execute(f'CREATE DATABASE "{building}"')
            await asyncio.to_thread(migrate, database_address(server, building))
            await connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{_TEMPLATE}"')
    finally:
        await connection.close()


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
