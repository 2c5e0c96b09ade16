"""Which settings would send something in the clear; where TLS is required none may (ASVS 12.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from careledger.kafka_access import ENCRYPTED

_SSL_MODES: Final = frozenset({"require", "verify-ca", "verify-full"})


def _database(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme == "sqlite" or not parts.hostname:
        return None  # a file, or a socket of this machine
    asked = parse_qs(parts.query)
    if parts.scheme.startswith("postgres"):
        told = asked.get("sslmode", [""])[-1]
        return None if told in _SSL_MODES else "needs ?sslmode=verify-full (or require)"
    given = {name for name in asked if name.startswith("ssl")}
    return None if given else "needs parameters that ask for TLS"


def _redis(url: str) -> str | None:
    return None if urlsplit(url).scheme == "rediss" else "must begin with rediss://"


def _web(url: str) -> str | None:
    return None if urlsplit(url).scheme == "https" else "must begin with https://"


def _kafka(security: str) -> str | None:
    return None if security in ENCRYPTED else "must be SSL or SASL_SSL"


_RULES: Final[Mapping[str, Callable[[str], str | None]]] = {
    "database_url": _database,
    "extraction_url": _database,
    "redis_url": _redis,
    "kafka_security": _kafka,
    "ingest_url": _web,
    "export_bucket_endpoint": _web,
    "export_bucket_public_endpoint": _web,
    "oidc_issuer": _web,
}


def sent_in_the_clear(settings: Mapping[str, object]) -> dict[str, str]:
    """Return what is wrong with each setting that would send something in the clear.

    Args:
        settings: by name, as they were read; those that are not set do not count.
    """
    found: dict[str, str] = {}
    for name, rule in _RULES.items():
        value = settings.get(name)
        if name == "kafka_security" and settings.get("kafka_bootstrap") is None:
            continue  # nobody speaks with Kafka
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if isinstance(text, str) and (problem := rule(text)) is not None:
            found[name] = f"{problem}: CARELEDGER_REQUIRE_TLS is set"
    return found
