"""Signing in, staying signed in, signing out: every try is recorded, the good and the bad."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from starlette.requests import Request

from careledger import audit_trail, clock
from careledger.events.audit import AuditAction, AuditOutcome
from careledger.ids import new_id
from careledger.postgres import Connection, Pool
from report_api.auditing import Details, audit_record, route_of
from report_api.errors import ClientRefusedError, TokenRefusedError
from report_api.facts import facts_of
from report_api.identity import attempts, sessions
from report_api.identity.passwords import PASSWORD_LENGTH_MAX, PasswordDesk
from report_api.identity.sessions import OpenSession
from report_api.identity.tokens import AccountKind, TokenError, Tokens
from report_api.permissions import SCOPES

ACQUIRE_SECONDS: Final = 5.0
_NAME: Final = re.compile(r"[!-~]{1,128}", re.ASCII)
REUSE_GRACE: Final = timedelta(seconds=10)
"""Two tabs may refresh at once: for so long the token before the last gives the same pair again."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens to hand out."""

    access_token: str
    expires_in_seconds: int
    refresh_token: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """The use cases of the token endpoint."""

    pool: Pool
    tokens: Tokens
    passwords: PasswordDesk
    session_lasts: timedelta
    idle_lasts: timedelta

    async def by_password(self, request: Request, name: str, password: str) -> Grant:
        """Start a session for a user.

        Raises:
            TokenRefusedError: for a wrong name or password, a locked or disabled account alike.
        """
        name, now = _storable(name.strip().lower()), clock.now()
        remote = facts_of(request).remote
        async with self.passwords.turn():
            async with self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                candidate = await attempts.count_attempt(connection, name, remote, now=now)
            fits = len(password) <= PASSWORD_LENGTH_MAX and await self.passwords.fits(
                password, candidate.password_hash if candidate else None
            )
        async with (
            self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection,
            connection.transaction(),
        ):
            session_id, role = new_id(), None
            if candidate is not None and fits:
                role = await sessions.start_session(
                    connection, session_id, candidate.user_id, now=now, lasts=self.session_lasts
                )
                await attempts.forgive(connection, candidate.user_id, remote, now=now)
            known = await sessions.name_is_known(connection, name)
            await _record(
                connection,
                request,
                "session.started",
                "success" if role else "denied",
                actor=("user", name) if known else ("user", "unknown"),
            )
        facts_of(request).accounted = True
        if role is None or candidate is None:
            raise TokenRefusedError("invalid_grant")
        return self._grant(candidate.user_id, session_id, 0, clock.now())

    async def by_refresh_token(self, request: Request, token: str) -> Grant:
        """Move a session to its next generation; a stolen token's second use ends it.

        Raises:
            TokenRefusedError: if the token is not ours, used up, or its session has ended.
        """
        session_id, generation = self._read(token)
        now = clock.now()
        async with (
            self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection,
            connection.transaction(),
        ):
            session = await sessions.lock_session(connection, session_id)
            if session is None:
                raise TokenRefusedError("invalid_grant")
            grant = await self._rotate(connection, request, session, generation, now)
        facts_of(request).accounted = True
        if grant is None:
            raise TokenRefusedError("invalid_grant")
        return grant

    async def by_client(
        self, request: Request, client_id: str, secret: str, scope: str | None
    ) -> Grant:
        """Give a partner system an access token with its scopes, or with fewer if it asks so.

        Raises:
            ClientRefusedError: for an unknown or disabled client or a wrong secret alike.
            TokenRefusedError: for a scope the client does not have.
        """
        async with (
            self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection,
            connection.transaction(),
        ):
            row = await connection.fetchrow(
                "SELECT scopes, secret_sha256, disabled_at FROM clients WHERE client_id = $1",
                _storable(client_id),
            )
            if row is None:
                raise ClientRefusedError
            given = sha256(secret.encode()).digest()
            fits = hmac.compare_digest(given, row["secret_sha256"]) and row["disabled_at"] is None
            granted = {one for one in row["scopes"] if one in SCOPES}
            asked = set(scope.split()) if scope else granted
            good = fits and asked <= granted
            await _record(
                connection,
                request,
                "session.started",
                "success" if good else "denied",
                actor=("client", client_id),
                details={"scopes": sorted(asked)} if good else None,
            )
        facts_of(request).accounted = True
        if not fits:
            raise ClientRefusedError
        if not good:
            raise TokenRefusedError("invalid_scope", "The client has not been given that scope.")
        token = self.tokens.for_client(client_id, scopes=frozenset(asked), token_id=new_id())
        return Grant(token, self._lifetime, scope=" ".join(sorted(asked)))

    async def out(self, request: Request, token: str) -> None:
        """End the session of a refresh token; one that is not ours changes nothing (RFC 7009)."""
        try:
            session_id, _ = self.tokens.read_refresh_token(token)
        except TokenError:
            return
        async with (
            self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection,
            connection.transaction(),
        ):
            session = await sessions.lock_session(connection, session_id)
            if session is None or session.ended:
                return
            await sessions.end_session(connection, session_id, "signed_out", now=clock.now())
            await _record(
                connection, request, "session.ended", "success", actor=("user", session.user_name)
            )
        facts_of(request).accounted = True

    async def _rotate(
        self,
        connection: Connection,
        request: Request,
        session: OpenSession,
        generation: int,
        now: datetime,
    ) -> Grant | None:
        actor: tuple[AccountKind, str] = ("user", session.user_name)
        idle = session.rotated_at + self.idle_lasts <= now
        if session.ended or session.user_disabled or idle or session.expires_at <= now:
            await _record(connection, request, "session.refreshed", "denied", actor=actor)
            return None
        if generation == session.generation:
            await sessions.rotate_session(connection, session.session_id, now=now)
            await _record(connection, request, "session.refreshed", "success", actor=actor)
            return self._grant(session.user_id, session.session_id, generation + 1, now)
        if generation == session.generation - 1 and now - session.rotated_at <= REUSE_GRACE:
            await _record(connection, request, "session.refreshed", "success", actor=actor)
            return self._grant(
                session.user_id, session.session_id, session.generation, session.rotated_at
            )
        await sessions.end_session(connection, session.session_id, "reuse", now=now)
        reason: Details = {"reason": "refresh token used twice"}
        await _record(connection, request, "session.ended", "denied", actor=actor, details=reason)
        return None

    def _read(self, token: str) -> tuple[str, int]:
        try:
            return self.tokens.read_refresh_token(token)
        except TokenError as error:
            raise TokenRefusedError("invalid_grant") from error

    def _grant(self, user_id: str, session_id: str, generation: int, issued_at: datetime) -> Grant:
        access = self.tokens.for_user(
            user_id, session_id=session_id, generation=generation, issued_at=issued_at
        )
        passed = int((clock.now() - issued_at).total_seconds())
        return Grant(
            access,
            self._lifetime - passed,
            refresh_token=self.tokens.refresh_token(session_id, generation),
        )

    @property
    def _lifetime(self) -> int:
        return int(self.tokens.access_lifetime.total_seconds())


def _storable(name: str) -> str:
    """What may be looked up; anything else is nobody's name, and PostgreSQL refuses NUL."""
    return name if _NAME.fullmatch(name) else ""


async def _record(
    connection: Connection,
    request: Request,
    action: AuditAction,
    outcome: AuditOutcome,
    *,
    actor: tuple[AccountKind, str],
    details: Details | None = None,
) -> None:
    await audit_trail.record(
        connection,
        audit_record(
            request,
            action,
            outcome=outcome,
            resource=route_of(request),
            actor=actor,
            details=details,
        ),
    )
