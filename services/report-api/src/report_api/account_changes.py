"""Small changes of accounts that are there: role, scope, state and secrets; each one recorded."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

from careledger import audit_trail, clock
from careledger.events.audit import AuditAction
from careledger.postgres import Connection
from report_api.accounts import AccountError, checked_scopes
from report_api.permissions import Profile, Role
from report_api.settings import SERVICE

_ENABLE_USER: Final = """
WITH enabled AS (
    UPDATE users SET disabled_at = NULL, failed_attempts = 0, locked_until = NULL WHERE name = $1
    RETURNING user_id
), unlocked AS (
    DELETE FROM sign_in_addresses WHERE user_id IN (SELECT user_id FROM enabled)
)
SELECT user_id FROM enabled
"""
_END_SESSIONS: Final = """
UPDATE sessions SET ended_at = $2, end_reason = 'signed_out'
WHERE user_id = $1 AND ended_at IS NULL
"""


_PROFILE: Final = "SELECT profile FROM clients WHERE client_id = $1 FOR UPDATE"
_CHANGE_CLIENT: Final = """
UPDATE clients SET scopes = $2, clinic_ids = $3, profile = $4 WHERE client_id = $1
RETURNING client_id
"""


async def change_user(
    connection: Connection, name: str, *, role: Role, clinic_ids: Sequence[str] | None
) -> None:
    """Give a built-in user another role and scope; it counts from the next request on.

    Args:
        connection: in the caller's transaction.
        name: of the user.
        role: what the user is from now on.
        clinic_ids: the clinics from now on; None for every clinic.

    Raises:
        AccountError: if there is no such user.
    """
    scope = None if clinic_ids is None else sorted(set(clinic_ids))
    await _one(
        connection,
        "UPDATE users SET role = $2, clinic_ids = $3 WHERE name = $1 RETURNING user_id",
        name,
        role.value,
        scope,
    )
    details = {"change": "scope", "role": role.value, "clinics": scope or ["*"]}
    await _record(connection, "user.changed", f"users/{name}", details)


async def enable_user(connection: Connection, name: str) -> None:
    """Let a disabled or locked user sign in again, with the password they had.

    Raises:
        AccountError: if there is no such user.
    """
    await _one(connection, _ENABLE_USER, name)
    await _record(connection, "user.changed", f"users/{name}", {"change": "enabled"})


async def sign_out_user(connection: Connection, name: str) -> None:
    """End every sign-in of a user.

    Raises:
        AccountError: if there is no such user.
    """
    user_id = await _one(connection, "SELECT user_id FROM users WHERE name = $1", name)
    await connection.execute(_END_SESSIONS, user_id, clock.now())
    await _record(connection, "user.changed", f"users/{name}", {"change": "signed out"})


async def set_federated_state(connection: Connection, user_id: str, *, disabled: bool) -> None:
    """Turn away a user whom the identity provider lets in, or let them in again.

    Raises:
        AccountError: if nobody with this id has ever come.
    """
    await _one(
        connection,
        "UPDATE federated_users SET disabled_at = $2 WHERE user_id = $1 RETURNING user_id",
        user_id,
        clock.now() if disabled else None,
    )
    change = {"change": "disabled" if disabled else "enabled"}
    await _record(connection, "user.changed", f"federated-users/{user_id}", change)


async def list_federated(connection: Connection) -> list[tuple[str, ...]]:
    """Read every user of the identity provider: id, name, role, clinics, state."""
    rows = await connection.fetch("SELECT * FROM federated_users ORDER BY name, user_id")
    return [
        (
            row["user_id"],
            row["name"],
            row["role"],
            "every clinic" if row["clinic_ids"] is None else " ".join(row["clinic_ids"]),
            "disabled" if row["disabled_at"] else "active",
        )
        for row in rows
    ]


async def rotate_client_secret(connection: Connection, client_id: str) -> str:
    """Give a partner system another secret; the one before opens nothing from now on.

    Raises:
        AccountError: if there is no such client.
    """
    secret = f"cls_{secrets.token_urlsafe(32)}"
    await _one(
        connection,
        "UPDATE clients SET secret_sha256 = $2 WHERE client_id = $1 RETURNING client_id",
        client_id,
        sha256(secret.encode()).digest(),
    )
    await _record(connection, "client.changed", f"clients/{client_id}", {"change": "secret"})
    return secret


async def change_client(
    connection: Connection,
    client_id: str,
    *,
    scopes: Sequence[str],
    clinic_ids: Sequence[str] | None,
    profile: Profile | None = None,
) -> None:
    """Give a partner system other scopes and clinics; tokens it has hold as far as these allow.

    Args:
        connection: in the caller's transaction.
        client_id: of the partner system.
        scopes: what it is granted from now on.
        clinic_ids: the clinics from now on; None for every clinic.
        profile: what it is shown of patients from now on; None leaves that as it is.

    Raises:
        AccountError: if there is no such client, or for a scope that does not exist or that the
            profile does not have.
    """
    clinics = None if clinic_ids is None else sorted(set(clinic_ids))
    shown = profile or await _one(connection, _PROFILE, client_id)
    kept = checked_scopes(scopes, shown)
    await _one(connection, _CHANGE_CLIENT, client_id, kept, clinics, shown)
    details = {"change": "scope", "scopes": kept, "clinics": clinics or ["*"], "profile": shown}
    await _record(connection, "client.changed", f"clients/{client_id}", details)


async def enable_client(connection: Connection, client_id: str) -> None:
    """Let a disabled partner system in again.

    Raises:
        AccountError: if there is no such client.
    """
    await _one(
        connection,
        "UPDATE clients SET disabled_at = NULL WHERE client_id = $1 RETURNING client_id",
        client_id,
    )
    await _record(connection, "client.changed", f"clients/{client_id}", {"change": "enabled"})


async def _one(connection: Connection, statement: str, *arguments: object) -> str:
    found: str | None = await connection.fetchval(statement, *arguments)
    if found is None:
        raise AccountError("There is no such account.")
    return found


async def _record(
    connection: Connection,
    action: AuditAction,
    resource: str,
    details: Mapping[str, str | int | list[str]],
) -> None:
    await audit_trail.record(
        connection, audit_trail.command_record(SERVICE, action, resource, details=details)
    )
