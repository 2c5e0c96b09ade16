"""Where TLS is required nothing is sent in the clear, and a service that would does not start."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from pydantic import SecretStr

from careledger.errors import ConfigurationError, UnavailableError
from careledger.kafka_access import KafkaAccess
from careledger.plaintext import sent_in_the_clear
from careledger.postgres import open_pool
from careledger.publisher import Outgoing, Publisher
from careledger.settings import DatabaseSettings, KafkaSettings, StorageSettings, load

_TLS_HANDSHAKE = 0x16
_SSL_REQUEST = bytes.fromhex("0000000804d2162f")


class _Everything(StorageSettings, DatabaseSettings, KafkaSettings):
    redis_url: SecretStr
    ingest_url: str = "http://127.0.0.1:8081"


_CLEAR = {
    "DATABASE_URL": "postgresql://one:word@db/careledger?sslmode=prefer",
    "REDIS_URL": "redis://cache:6379/0",
    "KAFKA_BOOTSTRAP": "broker:9092",
    "EXPORT_BUCKET": "documents",
    "EXPORT_BUCKET_ENDPOINT": "http://store:9000",
}
_ENCRYPTED = {
    "DATABASE_URL": "postgresql://one:word@db/careledger?sslmode=verify-full",
    "REDIS_URL": "rediss://cache:6379/0",
    "KAFKA_BOOTSTRAP": "broker:9093",
    "KAFKA_SECURITY": "SASL_SSL",
    "EXPORT_BUCKET": "documents",
    "EXPORT_BUCKET_ENDPOINT": "https://store:9000",
    "INGEST_URL": "https://ingest.internal",
}


def _set(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"CARELEDGER_{name}", value)


def test_every_setting_in_the_clear_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {**_CLEAR, "REQUIRE_TLS": "true"})

    with pytest.raises(ConfigurationError) as refused:
        load(_Everything)

    told = str(refused.value)
    for name in (
        "DATABASE_URL",
        "REDIS_URL",
        "KAFKA_SECURITY",
        "INGEST_URL",
        "EXPORT_BUCKET_ENDPOINT",
    ):
        assert f"CARELEDGER_{name}: " in told
    assert "word" not in told


def test_settings_by_tls_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {**_ENCRYPTED, "REQUIRE_TLS": "true"})

    assert load(_Everything).kafka.security == "SASL_SSL"


def test_without_the_requirement_a_machine_of_ones_own_needs_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _set(monkeypatch, _CLEAR)

    assert load(_Everything).require_tls is False


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("postgresql://db/one?sslmode=require", False),
        ("postgresql://db/one?sslmode=disable", True),
        ("postgresql://db/one?sslmode=verify-full&sslmode=disable", True),
        ("postgresql:///one?host=/run/postgresql", False),
        ("sqlite:///practice.db", False),
        ("mysql://db/one", True),
        ("mysql://db/one?ssl_ca=/etc/ca.pem", False),
    ],
)
def test_an_address_of_a_database_says_whether_it_is_by_tls(url: str, *, refused: bool) -> None:
    assert bool(sent_in_the_clear({"extraction_url": url})) is refused


def test_an_auditors_machine_without_kafka_needs_no_way_to_it() -> None:
    assert sent_in_the_clear({"kafka_security": "PLAINTEXT", "kafka_bootstrap": None}) == {}


@asynccontextmanager
async def _listening(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncGenerator[str]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, family=socket.AF_INET)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.integration
async def test_the_first_byte_kafka_gets_is_of_a_tls_handshake() -> None:
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1))
        writer.close()

    async with _listening(answer) as address:
        kafka = KafkaAccess(
            bootstrap=address, security="SASL_SSL", user="u", password=SecretStr("w")
        )
        publisher = Publisher(kafka, client_id="test", timeout_seconds=5)
        with pytest.raises(UnavailableError):
            await publisher.publish([Outgoing("topic", b"key", b"patient", [])])
        with suppress(UnavailableError):
            await publisher.stop()

    assert set(heard) == {bytes([_TLS_HANDSHAKE])}


@pytest.mark.integration
async def test_a_postgresql_without_tls_is_told_nothing() -> None:
    heard: list[bytes] = []
    ended = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(8))
        writer.write(b"N")  # "no TLS here"
        heard.append(await reader.read(64))
        writer.close()
        ended.set()

    async with _listening(answer) as address:
        with pytest.raises(UnavailableError):
            await open_pool(
                f"postgresql://one:word@{address}/careledger?sslmode=require",
                service="report-api",
                size_max=1,
            )
        async with asyncio.timeout(60):
            await ended.wait()

    assert heard[0] == _SSL_REQUEST
    assert heard[1] == b""
