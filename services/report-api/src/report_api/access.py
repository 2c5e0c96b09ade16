"""Authorize and audit in one step: what a route reads and the record of it commit together.

A route declares its permission by the type of one parameter; nothing of its answer leaves before
COMMIT, and without a record there is no answer.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from asyncpg.transaction import Transaction
from fastapi import Depends, params
from fastapi.security.utils import get_authorization_scheme_param
from msgspec import structs
from starlette.requests import Request

from careledger import audit_trail
from careledger.events.audit import AuditAction, AuditRecord
from careledger.postgres import Connection, Pool
from report_api.auditing import audit_record, path_of, route_of
from report_api.errors import (
    ForbiddenError,
    InvalidError,
    TooManyRequestsError,
    UnauthenticatedError,
)
from report_api.facts import facts_of
from report_api.identity.callers import Caller, caller_of_token
from report_api.identity.federated_users import FederatedUsers
from report_api.identity.issuer import IssuerTokens
from report_api.identity.tokens import Bearer, TokenError, Tokens
from report_api.identity.verified import VerifiedTokens
from report_api.outages import OUTAGES, unavailable
from report_api.permissions import Permission
from report_api.rate_limits import RateLimits
from report_api.security_scheme import bearer_scheme
from report_api.verdicts import as_problem
from report_api.visits import Visit as Visit  # noqa: PLC0414 - routes take both from here

ACQUIRE_SECONDS: Final = 5.0
_SCOPES_MAX: Final = 10_000
RULE: Final = "careledger.rule"
"""Where the scope of a request names the rule it was let in by."""
Isolation = Literal["read_committed", "repeatable_read"]


@dataclass(slots=True)
class Gate:
    """Lets requests in: verifies tokens, opens transactions, writes records."""

    pool: Pool
    tokens: Tokens
    limits: RateLimits
    issuer: IssuerTokens | None = None
    verified: VerifiedTokens = field(init=False)
    federated: FederatedUsers = field(default_factory=FederatedUsers)
    _bound_to: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict[tuple[str, str], frozenset[str]]
    )
    """The clinics accounts were bound to when last seen: a limit needs not to know it sooner."""

    def __post_init__(self) -> None:
        self.verified = VerifiedTokens(self.tokens)

    @asynccontextmanager
    async def open(self, request: Request, rule: Rule) -> AsyncGenerator[Visit]:
        """Admit a request, let it be answered, record it, commit.

        Raises:
            UnauthenticatedError: without a token that holds.
            ForbiddenError: without the permission.
            TooManyRequestsError: beyond the limit of the account or address.
            UnavailableProblemError: if PostgreSQL is away.
        """
        bearer = await self.admit(request)
        try:
            async with self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                if bearer.federated is not None:
                    await self.federated.keep(connection, bearer.federated)
                async with self._recorded(connection, request, rule, bearer) as visit:
                    yield visit
        except OUTAGES as error:
            raise unavailable(error, self.pool) from error

    async def caller_now(self, bearer: Bearer) -> Caller | None:
        """Return the account of a token as it stands now; None if it ended, or cannot be asked."""
        try:
            async with self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                return await caller_of_token(connection, bearer)
        except OUTAGES:
            return None

    async def admit(self, request: Request) -> Bearer:
        """Return what the token of a request says, and count the request once.

        Raises:
            UnauthenticatedError: without a token that holds.
            TooManyRequestsError: beyond the limit of the account or address.
        """
        facts = facts_of(request)
        try:
            bearer = await self.bearer(request)
        except UnauthenticatedError:
            await self.limits.spend_anonymously(facts.remote)
            raise
        if not facts.is_counted:
            try:
                await self.limits.spend(bearer, self._bound_to.get(_account_of(bearer), ()))
            except TooManyRequestsError:
                facts.limited_account = (bearer.kind, bearer.account_id)
                raise
            facts.is_counted = True
        return bearer

    async def bearer(self, request: Request) -> Bearer:
        """Return what the token of a request says: one of ours, or of the issuer if there is one.

        Raises:
            UnauthenticatedError: without a token that holds.
            UnavailableProblemError: if only the issuer could tell, and it is away.
        """
        given = request.headers.getlist("authorization")
        scheme, token = get_authorization_scheme_param(given[0] if given else None)
        # Of two, a proxy before this may have looked at the other one.
        if len(given) != 1 or scheme.lower() != "bearer" or not token:
            raise UnauthenticatedError
        try:
            return self.verified.verify(token)
        except TokenError as error:
            refusal = error
        try:
            if self.issuer is not None:
                return await self.issuer.verify(token)
        except TokenError as error:
            refusal = error
        raise UnauthenticatedError("The token is not valid.", error="invalid_token") from refusal

    def _note_scope(self, bearer: Bearer, caller: Caller | None) -> None:
        account = _account_of(bearer)
        if caller is None or caller.clinic_ids is None:
            self._bound_to.pop(account, None)
            return
        if len(self._bound_to) >= _SCOPES_MAX:
            self._bound_to.clear()
        self._bound_to[account] = caller.clinic_ids

    @asynccontextmanager
    async def _recorded(
        self, connection: Connection, request: Request, rule: Rule, bearer: Bearer
    ) -> AsyncGenerator[Visit]:
        transaction = connection.transaction(isolation=rule.isolation)
        await transaction.start()
        caller: Caller | None = None
        try:
            caller = await caller_of_token(connection, bearer)
            self._note_scope(bearer, caller)
            visit = _admit(caller, connection, request, rule, bearer)
            yield visit
            await audit_trail.record(connection, _success(request, rule, visit))
            await transaction.commit()
        except BaseException as error:
            await _take_back(transaction)
            record = _refusal(request, rule, caller, bearer, error)
            if record is not None:
                await audit_trail.record(connection, record)
                facts_of(request).accounted = True
            raise
        facts_of(request).accounted = True


class Rule:
    """What one route asks of its caller; the route's only dependency that opens the database."""

    def __init__(
        self, permission: Permission, action: AuditAction, isolation: Isolation = "repeatable_read"
    ) -> None:
        self.permission: Final = permission
        self.action: Final[AuditAction] = action
        self.isolation: Final[Isolation] = isolation

    async def __call__(
        self, request: Request, _token: Annotated[str | None, Depends(bearer_scheme)]
    ) -> AsyncGenerator[Visit]:
        """Open the gate for a request, or refuse it."""
        gate: Gate = request.app.state.gate
        request.scope[RULE] = self
        async with gate.open(request, self) as visit:
            yield visit


class Public:
    """Marks a route that needs no token, with the reason: it records by itself, or needs not."""

    def __init__(self, reason: str, *, counted: bool) -> None:
        self.reason: Final = reason
        self.counted: Final = counted

    async def __call__(self, request: Request) -> None:
        """Note that no record is due, unless answers here are counted."""
        if self.counted:
            gate: Gate = request.app.state.gate
            await gate.limits.spend_anonymously(facts_of(request).remote)
        else:
            facts_of(request).accounted = True
        _check_query(request)


def allowed(permission: Permission, action: AuditAction, *, writes: bool = False) -> params.Depends:
    """Declare a route's permission and audit action, for the type of its parameter `visit`.

    A route that writes runs in READ COMMITTED, where two of a kind wait instead of failing.
    """
    rule = Rule(permission, action, "read_committed" if writes else "repeatable_read")
    return Depends(rule, scope="function")


def public(reason: str, *, counted: bool = False) -> params.Depends:
    """Declare that a route needs no token, and why."""
    return Depends(Public(reason, counted=counted))


def _account_of(bearer: Bearer) -> tuple[str, str]:
    return bearer.kind, bearer.account_id


async def _take_back(transaction: Transaction) -> None:
    """Roll back; where the connection is gone, so is the transaction."""
    with suppress(*OUTAGES):
        await transaction.rollback()


def _admit(
    caller: Caller | None, connection: Connection, request: Request, rule: Rule, bearer: Bearer
) -> Visit:
    if caller is None:
        raise UnauthenticatedError("The account or its sign-in has ended.", error="invalid_token")
    if not caller.may(rule.permission):
        raise ForbiddenError
    _check_query(request)
    return Visit(caller, connection, bearer)


def _check_query(request: Request) -> None:
    given = [name for name, _ in request.query_params.multi_items()]
    if len(given) != len(set(given)):
        raise InvalidError("query", "", "a parameter is given more than once")


def _success(request: Request, rule: Rule, visit: Visit) -> AuditRecord:
    record = audit_record(
        request,
        rule.action,
        outcome="success",
        resource=path_of(request),
        caller=visit.caller,
        clinic_ids=visit.clinic_ids,
        details=visit.noted,
    )
    return structs.replace(record, patient_ids=visit.whose_data)


def _refusal(
    request: Request, rule: Rule, caller: Caller | None, bearer: Bearer, error: BaseException
) -> AuditRecord | None:
    """The record of an answer other than the one asked for; None if none can be written now."""
    if isinstance(error, OUTAGES) or not isinstance(error, Exception):
        return None
    denied = isinstance(error, ForbiddenError | UnauthenticatedError)
    return audit_record(
        request,
        "request.denied" if denied else rule.action,
        outcome="denied" if denied else "failure",
        resource=route_of(request),
        caller=caller,
        actor=(bearer.kind, bearer.account_id),
        details={"status": as_problem(error, request).kind.status},
    )
