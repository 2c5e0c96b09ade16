"""The queue of these tests is their own: a worker of another test would take its messages."""

import os
from urllib.parse import urlsplit

import pytest
from deploy.local.stack import Addresses
from redis import Redis


@pytest.fixture
def redis_url(stack: Addresses) -> str:
    """A database of the session's Valkey that only this process of the tests uses, emptied."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")  # noqa: TID251 - told by pytest-xdist
    number = 1 + int(worker.removeprefix("gw")) % 15
    url = urlsplit(stack.redis)._replace(path=f"/{number}").geturl()
    with Redis.from_url(url) as redis:  # pyright: ignore[reportUnknownMemberType]
        redis.flushdb()  # pyright: ignore[reportUnknownMemberType]
    return url
