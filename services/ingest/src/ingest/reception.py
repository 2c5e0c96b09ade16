"""One HTTP request with events, from its credentials to its answer; every one is audited.

The order is the promise: who sends, then what, then Kafka's acknowledgment, then the audit record,
then the answer.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

import msgspec
from fastapi import Request, Response
from starlette.datastructures import Headers

from careledger.errors import UnavailableError
from careledger.events.audit import AuditOutcome, AuditRecord
from ingest.auditing import Actor, AuditTrail, audit_record
from ingest.bodies import Body, ClientGoneError
from ingest.errors import (
    BadRequestError,
    NothingAcceptedError,
    ProblemError,
    UnauthorizedError,
    UnreachableError,
    UnsupportedMediaError,
)
from ingest.fates import Tally
from ingest.intake import Intake
from ingest.media import Media, arrivals_of, media_of
from ingest.receipts import Receipt
from ingest.signatures import BODY_BYTES_MAX, HEADERS, WebhookSignatures
from ingest.tokens import SourceTokens

RESOURCE: Final = "POST /v1/events"
REFUSED_MAX: Final = 10_000
"""Refused events after which the rest of a body is not worth reading."""
_AGAIN: Final = (
    "Kafka or the registry of clinics cannot be asked now. Some of the events may have been "
    "accepted; send all of them again under the same ids, which changes nothing for those."
)


class Reception:
    """Where requests with events are received."""

    def __init__(
        self,
        intake: Intake,
        audit: AuditTrail,
        tokens: SourceTokens,
        signatures: WebhookSignatures,
        *,
        body_bytes_max: int,
    ) -> None:
        """Admit by tokens and signatures; NDJSON bodies may have so many bytes."""
        self._intake = intake
        self._audit = audit
        self._tokens = tokens
        self._signatures = signatures
        self._body_bytes_max = body_bytes_max

    async def receive(self, request: Request, body: Body) -> Response:
        """Take the events of a request in and answer 202.

        Raises:
            ProblemError: any other answer; it names what was accepted before, if anything was.
        """
        remote = request.client.host if request.client else "unknown"
        try:
            source, admitted, signed = await self._admit(request.headers, body)
        except ProblemError:
            self._audit.count_denial(remote)
            raise
        told = request.state
        delivery = _Delivery(
            Actor(
                name=source,
                remote=remote,
                request_id=told.request_id,
                trace_id=told.trace_id,
            )
        )
        try:
            media = _check_form(request, signed=signed)
            bytes_max = media.bytes_max or self._body_bytes_max
            async for arrivals in arrivals_of(
                media, request.headers, admitted, bytes_max=bytes_max
            ):
                delivery.receipt.add(await self._intake.take(arrivals, delivery.tally))
                if delivery.receipt.rejected_count > REFUSED_MAX:
                    raise BadRequestError(
                        f"more than {REFUSED_MAX} events were refused; the rest was not read"
                    )
                await asyncio.sleep(0)
        except UnavailableError as error:
            self._audit.write_later(delivery.record("failure"))
            raise UnreachableError(_AGAIN) from error
        except ProblemError as error:
            await self._settle(delivery.record("failure"))
            if delivery.receipt.accepted_count:
                error.members = delivery.receipt.members()
            raise
        except ClientGoneError:
            await self._settle(delivery.record("failure"))
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        return await self._answer(delivery)

    async def _admit(self, headers: Headers, body: Body) -> tuple[str, Body, bool]:
        """Return who sends, the body, and whether it is signed."""
        authorizations = headers.getlist("authorization")
        if authorizations:
            scheme, _, token = authorizations[0].partition(" ")
            source = self._tokens.source_of(token.strip())
            if source is None or scheme.lower() != "bearer" or len(authorizations) > 1:
                raise UnauthorizedError("the bearer token is none of a source")
            return source, body, False
        if not all(name in headers for name in HEADERS):
            raise UnauthorizedError(
                "send Authorization: Bearer and a source token, or a Standard Webhooks signature"
            )
        text = await body.whole(bytes_max=BODY_BYTES_MAX)
        source = self._signatures.source_of(text, headers)
        if source is None:
            raise UnauthorizedError("the signature is not valid, or older than five minutes")
        return source, Body.of(text), True

    async def _answer(self, delivery: _Delivery) -> Response:
        receipt = delivery.receipt
        await self._settle(delivery.record("success" if receipt.accepted_count else "failure"))
        if not receipt.accepted_count:
            problem = NothingAcceptedError("every event was refused; each one's problem is listed")
            problem.members = receipt.members()
            raise problem
        return Response(
            msgspec.json.encode(receipt.members()),
            status_code=HTTPStatus.ACCEPTED,
            media_type="application/json",
        )

    async def _settle(self, record: AuditRecord) -> None:
        try:
            await self._audit.write(record)
        except UnavailableError as error:
            self._audit.write_later(record)
            raise UnreachableError(_AGAIN) from error


class _Delivery:
    def __init__(self, actor: Actor) -> None:
        self.receipt = Receipt()
        self.tally = Tally()
        self._actor = actor

    def record(self, outcome: AuditOutcome) -> AuditRecord:
        return audit_record(
            "events.received", outcome, self._actor, resource=RESOURCE, tally=self.tally
        )


def _check_form(request: Request, *, signed: bool) -> Media:
    if request.scope["query_string"]:
        raise BadRequestError("this resource takes no query parameters")
    media = media_of(request.headers)
    if signed and media is Media.BINARY:
        raise UnsupportedMediaError(
            "a signature covers the body alone, so a signed event carries its attributes there: "
            "send application/cloudevents+json"
        )
    return media
