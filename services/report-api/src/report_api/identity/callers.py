"""The account behind a verified token, read anew for every request: a change holds at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import asyncpg

from careledger.postgres import Connection
from report_api.identity.federation import Federated
from report_api.identity.tokens import AccountKind, Bearer
from report_api.permissions import Permission, permissions_of_role, permissions_of_scopes


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, what they may do, and which clinics they may see (None: every clinic)."""

    kind: AccountKind
    account_id: str
    name: str
    role: str
    permissions: frozenset[Permission]
    clinic_ids: frozenset[str] | None
    signed_in_at: datetime | None = None
    """When a user proved who they are; None if that is not known, as of a download link."""
    acr: str | None = None
    """How, in the words of the issuer."""

    def may(self, permission: Permission) -> bool:
        """Tell whether the caller has a permission."""
        return permission in self.permissions


_USER_OF_SESSION: Final = """
SELECT u.user_id AS account_id, u.name, u.role, u.clinic_ids, s.started_at
FROM users AS u JOIN sessions AS s USING (user_id)
WHERE u.user_id = $1 AND s.session_id = $2
    AND u.disabled_at IS NULL AND s.ended_at IS NULL AND s.expires_at > now()
"""

_USER: Final = """
SELECT user_id AS account_id, name, role, clinic_ids
FROM users WHERE user_id = $1 AND disabled_at IS NULL
"""

_FEDERATED: Final = """
SELECT user_id AS account_id, name, role, clinic_ids
FROM federated_users WHERE user_id = $1 AND disabled_at IS NULL
"""

_CLIENT: Final = """
SELECT client_id AS account_id, name, scopes, clinic_ids, profile
FROM clients WHERE client_id = $1 AND disabled_at IS NULL
"""

PARTNER: Final = "partner"


async def caller_of_token(connection: Connection, bearer: Bearer) -> Caller | None:
    """Return the account of a token; None if it is disabled or its sign-in has ended.

    What a partner's token was given counts, as far as the partner still has it.
    """
    if bearer.kind == "client":
        return await _client(connection, bearer.account_id, bearer.scopes)
    if bearer.federated is not None:
        row = await connection.fetchrow(_FEDERATED, bearer.account_id)
        return None if row is None else _as_told(bearer, bearer.federated)
    row = await connection.fetchrow(_USER_OF_SESSION, bearer.account_id, bearer.session_id)
    return None if row is None else replace(_user(row), signed_in_at=row["started_at"])


async def caller_of_account(
    connection: Connection, kind: AccountKind, account_id: str
) -> Caller | None:
    """Return an account as it stands now, without a token; None if it is disabled or unknown."""
    if kind == "client":
        return await _client(connection, account_id, None)
    row = await connection.fetchrow(_USER, account_id)
    if row is None:
        row = await connection.fetchrow(_FEDERATED, account_id)
    return None if row is None else _user(row)


def _as_told(bearer: Bearer, user: Federated) -> Caller:
    """This token counts, not the row: another token of the user may say something else by now."""
    return Caller(
        kind="user",
        account_id=user.user_id,
        name=user.name,
        role=user.role,
        permissions=permissions_of_role(user.role),
        clinic_ids=user.clinic_ids,
        signed_in_at=bearer.signed_in_at,
        acr=bearer.acr,
    )


def _user(row: asyncpg.Record) -> Caller:
    role = str(row["role"])
    return Caller(
        kind="user",
        account_id=str(row["account_id"]),
        name=str(row["name"]),
        role=role,
        permissions=permissions_of_role(role),
        clinic_ids=_scope(row["clinic_ids"]),
    )


async def _client(
    connection: Connection, client_id: str, token_scopes: frozenset[str] | None
) -> Caller | None:
    row = await connection.fetchrow(_CLIENT, client_id)
    if row is None:
        return None
    scopes = frozenset[str](row["scopes"])
    granted = scopes if token_scopes is None else scopes & token_scopes
    return Caller(
        kind="client",
        account_id=client_id,
        name=client_id,
        role=PARTNER,
        permissions=permissions_of_scopes(granted, row["profile"]),
        clinic_ids=_scope(row["clinic_ids"]),
    )


def _scope(clinic_ids: list[str] | None) -> frozenset[str] | None:
    return None if clinic_ids is None else frozenset(clinic_ids)
