"""Every refusal as a problem document (RFC 9457): constant texts, never a value of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from careledger.errors import CareledgerError
from report_api.facts import facts_of
from report_api.problems import (
    BLANK,
    CLIENT_REFUSED,
    CONFLICT,
    FORBIDDEN,
    GONE,
    INTERNAL,
    INVALID,
    NOT_FOUND,
    NOT_REPLAYABLE,
    RUN_GOING_ON,
    SIGN_IN_AGAIN,
    TOKEN_REFUSED,
    TOO_MANY,
    UNANSWERABLE,
    UNAUTHENTICATED,
    UNAVAILABLE,
    UNSUPPORTED,
    WRONG_STATE,
    ProblemType,
)

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 5


class ProblemError(CareledgerError):
    """A refusal with its type; the text becomes `detail`, so it holds nothing of the request."""

    kind: ProblemType = INTERNAL

    def __init__(
        self,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail or self.kind.advice)
        self.detail: str = detail
        self.headers: dict[str, str] = dict(headers or {})
        self.members: dict[str, object] = dict(members or {})


class UnanswerableError(ProblemError):
    """The question is well-formed, but has no full answer."""

    kind = UNANSWERABLE


class UnauthenticatedError(ProblemError):
    """No token, or one that does not hold."""

    kind = UNAUTHENTICATED

    def __init__(self, detail: str = "", *, error: str | None = None) -> None:
        challenge = 'Bearer realm="careledger"' + (f', error="{error}"' if error else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class SignInAgainError(UnauthenticatedError):
    """A token that holds, of a sign-in that is too old or of the wrong kind (RFC 9470)."""

    kind = SIGN_IN_AGAIN

    def __init__(self, *, seconds_max: int, acr_values: Sequence[str]) -> None:
        super().__init__(error="insufficient_user_authentication")
        if seconds_max:
            self.headers["WWW-Authenticate"] += f", max_age={seconds_max}"
        if acr_values:
            self.headers["WWW-Authenticate"] += f', acr_values="{" ".join(acr_values)}"'


class ForbiddenError(ProblemError):
    """A known caller without the permission."""

    kind = FORBIDDEN


class NotFoundError(ProblemError):
    """Not there, or not for this caller."""

    kind = NOT_FOUND


class GoneError(ProblemError):
    """A route whose end was announced."""

    kind = GONE


class ConflictError(ProblemError):
    """The request does not fit how things stand; by itself, another one holds what it needs."""

    kind = CONFLICT


class RunGoingOnError(ConflictError):
    """A source has one run at a time."""

    kind = RUN_GOING_ON


class WrongStateError(ConflictError):
    """What is asked for has been done, or can be done no more or not yet."""

    kind = WRONG_STATE


class NotReplayableError(ConflictError):
    """A refused record that is put right elsewhere."""

    kind = NOT_REPLAYABLE


class InvalidError(ProblemError):
    """A part of the request breaks a rule."""

    kind = INVALID

    def __init__(self, location: str, field: str, problem: str) -> None:
        place = {"location": location, "field": field, "problem": problem}
        super().__init__(members={"errors": [place]})


class UnavailableProblemError(ProblemError):
    """A part is away; nothing was answered."""

    kind = UNAVAILABLE

    def __init__(self, detail: str = "", *, retry_seconds: int = RETRY_SECONDS) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_seconds)})


class TooManyRequestsError(ProblemError):
    """More in a minute, or more at once, than one may have."""

    kind = TOO_MANY

    def __init__(self, detail: str = "", *, retry_seconds: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_seconds)})


class UnsupportedError(ProblemError):
    """A body of a media type that is not read here."""

    kind = UNSUPPORTED


class TokenRefusedError(ProblemError):
    """The token endpoint gives nothing; `error` is a code of RFC 6749."""

    kind = TOKEN_REFUSED

    def __init__(self, error: str, detail: str = "") -> None:
        super().__init__(detail, members={"error": error})


class ClientRefusedError(ProblemError):
    """A client whose credentials do not fit."""

    kind = CLIENT_REFUSED

    def __init__(self) -> None:
        super().__init__(
            headers={"WWW-Authenticate": 'Basic realm="careledger"'},
            members={"error": "invalid_client"},
        )


class InternalError(ProblemError):
    """A defect of ours."""

    kind = INTERNAL


def problem_response(
    request: Request,
    kind: ProblemType,
    *,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, object] | None = None,
) -> Response:
    """Write a problem document for a request."""
    document: dict[str, object] = {
        "type": BLANK if kind.slug == BLANK else f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.advice,
    }
    facts = facts_of(request)
    document["instance"] = f"urn:uuid:{facts.request_id}"
    document["request_id"] = facts.request_id
    if facts.trace_id is not None:
        document["trace_id"] = facts.trace_id
    document.update(members or {})
    return Response(
        msgspec.json.encode(document),
        status_code=kind.status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )
