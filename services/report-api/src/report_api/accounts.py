"""Managing users and partner systems, by command: every change with its audit record."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Final

import asyncpg
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from careledger import clock
from careledger.audit_trail import command_record, encode
from careledger.errors import CareledgerError, UnavailableError
from careledger.events.audit import AuditAction
from careledger.ids import new_id
from careledger.postgres import session_of
from careledger.settings import PREFIX
from careledger.tables.accounts import Client, Session, SignInAddress, User
from careledger.tables.audit import AuditOutbox
from report_api.identity.passwords import (
    PASSWORD_LENGTH_MAX,
    PASSWORD_LENGTH_MIN,
    hash_password,
)
from report_api.permissions import SCOPES, SUPPRESSED_SCOPES, Profile, Role
from report_api.settings import SERVICE

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}", re.ASCII)


class AccountError(CareledgerError):
    """An account cannot be as asked; the text says why."""


@asynccontextmanager
async def open_session(database_url: str) -> AsyncGenerator[AsyncSession]:
    """Open a session whose changes commit together when it ends well.

    Raises:
        UnavailableError: if PostgreSQL does not answer.
    """
    # asyncpg reads all of the address, what it says of TLS included; SQLAlchemy would not.
    engine = create_async_engine(
        "postgresql+asyncpg://",
        poolclass=NullPool,
        async_creator=lambda: asyncpg.connect(database_url, server_settings=session_of(SERVICE)),
    )
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
            await session.commit()
    except (OSError, DBAPIError, asyncpg.PostgresError) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        raise UnavailableError(
            f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {kind}"
            " (is it there, and migrated with python -m careledger.postgres migrate?)"
        ) from error
    finally:
        await engine.dispose()


async def create_user(
    session: AsyncSession, *, name: str, role: Role, password: str, clinic_ids: Sequence[str]
) -> bool:
    """Create a user, or give an existing one this role, scope and password; returns whether new.

    No clinic ids means every clinic. An existing user's sign-ins end.

    Raises:
        AccountError: for a name or password that breaks the rules.
    """
    name = checked_name(name)
    digest = hash_password(checked_password(password))
    user = await find_user(session, name)
    is_new = user is None
    if user is None:
        user = User(user_id=new_id(), name=name, role=role, password_hash=digest)
    else:
        await _end_sessions(session, user.user_id, "password_changed")
        await _unlock(session, user)
    user.role, user.password_hash, user.clinic_ids = role, digest, _scope(clinic_ids)
    user.disabled_at = None
    session.add(user)
    change = "created" if is_new else "updated"
    _record(session, "user.changed", f"users/{name}", change=change, role=role, clinics=clinic_ids)
    return is_new


async def set_password(session: AsyncSession, *, name: str, password: str) -> None:
    """Give a user another password; the user's sign-ins and a lock end.

    Raises:
        AccountError: if there is no such user, or for a password that breaks the rules.
    """
    user = await _known_user(session, name)
    user.password_hash = hash_password(checked_password(password))
    session.add(user)
    await _unlock(session, user)
    await _end_sessions(session, user.user_id, "password_changed")
    _record(session, "user.changed", f"users/{user.name}", change="password")


async def disable_user(session: AsyncSession, *, name: str) -> None:
    """Disable a user: no sign-in any more, and the next request with a token is refused.

    Raises:
        AccountError: if there is no such user.
    """
    user = await _known_user(session, name)
    user.disabled_at = user.disabled_at or clock.now()
    session.add(user)
    await _end_sessions(session, user.user_id, "user_disabled")
    _record(session, "user.changed", f"users/{user.name}", change="disabled")


async def list_users(session: AsyncSession) -> Sequence[User]:
    """Read every user in order of name."""
    return (await session.exec(select(User).order_by(col(User.name)))).all()


async def find_user(session: AsyncSession, name: str) -> User | None:
    """Read one user by name."""
    return (await session.exec(select(User).where(User.name == name))).one_or_none()


async def create_client(
    session: AsyncSession,
    *,
    name: str,
    scopes: Sequence[str],
    clinic_ids: Sequence[str],
    profile: Profile = Profile.SUPPRESSED,
) -> tuple[str, str]:
    """Create a partner system; returns its id and its secret, which is stored nowhere.

    Raises:
        AccountError: for a scope that does not exist, none, or one the profile does not have.
    """
    scopes = checked_scopes(scopes, profile)
    if not name.isprintable() or not name.strip():
        raise AccountError("A client's name holds printable characters.")
    client_id, secret = f"client-{new_id()}", f"cls_{secrets.token_urlsafe(32)}"
    session.add(
        Client(
            client_id=client_id,
            name=name,
            scopes=scopes,
            clinic_ids=_scope(clinic_ids),
            secret_sha256=sha256(secret.encode()).digest(),
            profile=profile.value,
        )
    )
    _record(
        session,
        "client.changed",
        f"clients/{client_id}",
        change="created",
        scopes=scopes,
        profile=profile.value,
        clinics=clinic_ids,
    )
    return client_id, secret


async def disable_client(session: AsyncSession, *, client_id: str) -> None:
    """Disable a partner system: its tokens hold no longer.

    Raises:
        AccountError: if there is no such client.
    """
    client = await session.get(Client, client_id)
    if client is None:
        raise AccountError("There is no such client.")
    client.disabled_at = client.disabled_at or clock.now()
    session.add(client)
    _record(session, "client.changed", f"clients/{client_id}", change="disabled")


async def list_clients(session: AsyncSession) -> Sequence[Client]:
    """Read every partner system in order of name."""
    return (await session.exec(select(Client).order_by(col(Client.name)))).all()


def checked_scopes(scopes: Sequence[str], profile: str) -> list[str]:
    """Return scopes in order, each once.

    Raises:
        AccountError: for one that does not exist, none, or one the profile does not have.
    """
    if not scopes or set(scopes) - {scope.value for scope in SCOPES}:
        known = ", ".join(sorted(SCOPES))
        raise AccountError(f"Scopes are some of: {known}")
    beyond = set(scopes) - {scope.value for scope in SUPPRESSED_SCOPES}
    if beyond and profile != Profile.PSEUDONYMIZED:
        raise AccountError(
            f"{' and '.join(sorted(beyond))} would show single patients, which takes the profile"
            f" {Profile.PSEUDONYMIZED.value}."
        )
    return sorted(set(scopes))


def checked_name(name: str) -> str:
    """Return a user name in lower case.

    Raises:
        AccountError: if it breaks the rules.
    """
    name = name.strip().lower()
    if not _NAME.fullmatch(name):
        raise AccountError(
            "A user name has 1-64 characters: letters a-z, digits and . _ @ + -,"
            " beginning with a letter or digit."
        )
    return name


def checked_password(password: str) -> str:
    """Return a password.

    Raises:
        AccountError: if it is too short or too long.
    """
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        raise AccountError(
            f"A password has {PASSWORD_LENGTH_MIN}-{PASSWORD_LENGTH_MAX} characters."
        )
    return password


async def _known_user(session: AsyncSession, name: str) -> User:
    user = await find_user(session, checked_name(name))
    if user is None:
        raise AccountError("There is no such user.")
    return user


async def _unlock(session: AsyncSession, user: User) -> None:
    user.failed_attempts, user.locked_until = 0, None
    await session.exec(delete(SignInAddress).where(col(SignInAddress.user_id) == user.user_id))


async def _end_sessions(session: AsyncSession, user_id: str, reason: str) -> None:
    await session.exec(
        update(Session)
        .where(col(Session.user_id) == user_id, col(Session.ended_at).is_(None))
        .values(ended_at=clock.now(), end_reason=reason)
    )


def _scope(clinic_ids: Sequence[str]) -> list[str] | None:
    return sorted(set(clinic_ids)) or None


def _record(
    session: AsyncSession, action: AuditAction, resource: str, **details: str | Sequence[str]
) -> None:
    told: dict[str, str | int | list[str]] = {
        name: str(value) if isinstance(value, str) else list(value)
        for name, value in details.items()
        if value
    }
    record = command_record(SERVICE, action, resource, details=told)
    session.add(AuditOutbox(record_id=record.id, record=encode(record)))
