"""The PostgreSQL role of each service, and passwords as PostgreSQL stores them."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from hashlib import pbkdf2_hmac, sha256
from typing import Final, Literal

DatabaseService = Literal["ingest", "aggregator", "report-api", "pdf-worker"]
SERVICES: Final[tuple[DatabaseService, ...]] = ("ingest", "aggregator", "report-api", "pdf-worker")

PASSWORD_LENGTH_MIN: Final = 16
_ITERATIONS: Final = 4_096
_SALT_BYTES: Final = 16
_PASSWORD: Final = re.compile(r"[!-~]+", re.ASCII)


def role_of(service: DatabaseService) -> str:
    """Return the name of a service's role, in which every one of its sessions runs."""
    return f"careledger_{service.replace('-', '_')}"


def parse_passwords(text: str) -> dict[DatabaseService, str]:
    """Parse "ingest:password,report-api:password2"; a service that is left out gets no login.

    Raises:
        ValueError: naming the entry that is wrong by its place, never its text.
    """
    passwords: dict[DatabaseService, str] = {}
    entries = [entry.strip() for entry in text.split(",")] if text.strip() else []
    known: dict[str, DatabaseService] = {service: service for service in SERVICES}
    for place, entry in enumerate(entries, start=1):
        name, _, password = entry.partition(":")
        if name not in known:
            raise ValueError(f"entry {place} is not service:password of {', '.join(SERVICES)}")
        if len(password) < PASSWORD_LENGTH_MIN or not _PASSWORD.fullmatch(password):
            raise ValueError(
                f"the password of entry {place} needs {PASSWORD_LENGTH_MIN} or more printable"
                " ASCII characters"
            )
        passwords[known[name]] = password
    return passwords


def scram_verifier(password: str) -> str:
    """Return what PostgreSQL stores of a password, so that the password itself is never sent.

    SCRAM-SHA-256 (RFC 5803 and RFC 7677), in PostgreSQL's own notation.

    Args:
        password: printable ASCII, which SASLprep leaves as it is.
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    salted = pbkdf2_hmac("sha256", password.encode("ascii"), salt, _ITERATIONS)
    stored = sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${_ITERATIONS}:{_base64(salt)}${_base64(stored)}:{_base64(server)}"


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
