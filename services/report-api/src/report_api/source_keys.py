"""Keys by which sources send events to ingest: given out once, listed, withdrawn; all recorded."""

from __future__ import annotations

import base64
import re
import secrets
from hashlib import sha256
from typing import Final, Literal

import asyncpg

from careledger import audit_trail, clock
from careledger.errors import CareledgerError
from careledger.ids import new_id
from careledger.postgres import Connection
from careledger.sealing import Sealer
from report_api.settings import SERVICE

KeyKind = Literal["token", "webhook"]

_SEALED_PURPOSE: Final = "webhook-secret"
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
_SECRET_BYTES: Final = 32

_ADD: Final = """
INSERT INTO source_keys (key_id, source, kind, token_sha256, sealed_secret, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""


class SourceKeyError(CareledgerError):
    """A key cannot be as asked; the text says why."""


async def add_key(
    connection: Connection, root_secret: str, source: str, kind: KeyKind, *, by: str
) -> tuple[str, str]:
    """Give a source one more key; returns its id and the key itself, which is not shown again.

    A token is stored as its digest alone. What signs must be known to verify, so it is sealed.

    Args:
        connection: in the caller's transaction.
        root_secret: of the installation.
        source: who sends with it, as the audit log names them; events may be of other sources.
        kind: a bearer token, or a secret that signs (Standard Webhooks).
        by: who gives it out.

    Raises:
        SourceKeyError: for a name that breaks the rules.
    """
    if not _NAME.fullmatch(source):
        raise SourceKeyError("A source has 1-64 characters: letters, digits and _ . -")
    key_id, drawn = f"key-{new_id()}", secrets.token_bytes(_SECRET_BYTES)
    if kind == "token":
        key = f"cli_{base64.urlsafe_b64encode(drawn).rstrip(b'=').decode()}"
        digest, sealed = sha256(key.encode()).digest(), None
    else:
        key = f"whsec_{base64.b64encode(drawn).decode()}"
        digest, sealed = None, Sealer(root_secret, _SEALED_PURPOSE).seal(key.encode(), key_id)
    await connection.execute(_ADD, key_id, source, kind, digest, sealed, clock.now())
    await _record(connection, key_id, by=by, change="created", source=source, kind=kind)
    return key_id, key


async def disable_key(connection: Connection, key_id: str, *, by: str) -> None:
    """Withdraw a key; ingest knows within seconds.

    Raises:
        SourceKeyError: if there is no such key.
    """
    source = await connection.fetchval(
        "UPDATE source_keys SET disabled_at = coalesce(disabled_at, $2) WHERE key_id = $1"
        " RETURNING source",
        key_id,
        clock.now(),
    )
    if source is None:
        raise SourceKeyError("There is no such key.")
    await _record(connection, key_id, by=by, change="disabled", source=source)


async def list_keys(connection: Connection) -> list[asyncpg.Record]:
    """Read every key in order of source: what it is for, never the key."""
    return await connection.fetch(
        "SELECT key_id, source, kind, created_at, disabled_at FROM source_keys"
        " ORDER BY source, key_id"
    )


async def _record(connection: Connection, key_id: str, *, by: str, **details: str) -> None:
    done = audit_trail.command_record(
        SERVICE, "source_key.changed", f"source-keys/{key_id}", by=by, details=details
    )
    await audit_trail.record(connection, done)
