"""Idempotency keys: the first answer to a key is kept with its work and given again for it.

Follows draft-ietf-httpapi-idempotency-key-header: 422 for a key with another payload, 409 while
the first request with it is being answered.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from asyncpg import UniqueViolationError
from fastapi import Header
from starlette.requests import Request
from starlette.responses import Response

from careledger import clock
from report_api.access import Visit
from report_api.errors import ConflictError, InvalidError

HEADER: Final = "Idempotency-Key"
KEPT_HOURS: Final = 24
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias=HEADER,
        description=f"Up to 128 printable ASCII characters; kept for {KEPT_HOURS} hours.",
    ),
]
_KEY: Final = re.compile(r"[!-~]{1,128}", re.ASCII)
_REPLAYED: Final = {"Idempotency-Replayed": "true"}

_FIND: Final = """
SELECT request_sha256, status, headers, body FROM idempotency_keys
WHERE actor_kind = $1 AND actor_id = $2 AND key = $3
"""

_KEEP: Final = """
INSERT INTO idempotency_keys
    (actor_kind, actor_id, key, request_sha256, status, headers, body, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def earlier_answer(visit: Visit, request: Request, key: str | None) -> Response | None:
    """Return the answer this key got before; None for a new key, or without one.

    Raises:
        InvalidError: for a malformed key, or one used with another request.
        ConflictError: while the first request with the key is being answered.
    """
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise InvalidError("header", HEADER, "must be 1-128 printable ASCII characters")
    owner = (visit.caller.kind, visit.caller.account_id, key)
    lock = int.from_bytes(sha256("\n".join(owner).encode()).digest()[:8], signed=True)
    if not await visit.connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", lock):
        raise _in_flight()
    row = await visit.connection.fetchrow(_FIND, *owner)
    if row is None:
        return None
    if row["request_sha256"] != await _fingerprint(request):
        raise InvalidError("header", HEADER, "was used with another request before")
    visit.note(idempotency="replayed")
    return Response(
        row["body"],
        status_code=row["status"],
        headers={**msgspec.json.decode(row["headers"]), **_REPLAYED},
    )


async def keep_answer(
    visit: Visit, request: Request, key: str | None, response: Response
) -> Response:
    """Keep an answer for its key, in the transaction of its work."""
    if key is None:
        return response
    headers = {
        name: response.headers[name]
        for name in ("content-type", "location")
        if name in response.headers
    }
    try:
        await visit.connection.execute(
            _KEEP,
            visit.caller.kind,
            visit.caller.account_id,
            key,
            await _fingerprint(request),
            response.status_code,
            msgspec.json.encode(headers).decode(),
            bytes(response.body),
            clock.now(),
        )
    except UniqueViolationError as error:
        raise _in_flight() from error
    return response


async def _fingerprint(request: Request) -> bytes:
    told = f"{request.method} {request.scope['path']}\n".encode()
    return sha256(told + await request.body()).digest()


def _in_flight() -> ConflictError:
    return ConflictError("A request with this key is being answered.", headers={"Retry-After": "1"})
