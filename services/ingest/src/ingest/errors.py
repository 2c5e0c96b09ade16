"""Every answer of ingest that is not a success, as RFC 9457 problem details; nothing is echoed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar, Final

import msgspec

from careledger.errors import CareledgerError

PROBLEM_TYPE: Final = "urn:careledger:problem:"
PROBLEM_MEDIA: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = 5


class ProblemError(CareledgerError):
    """A request that cannot be answered as asked; the text is the problem's detail."""

    status: ClassVar[HTTPStatus]
    slug: ClassVar[str]
    title: ClassVar[str]
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, detail: str) -> None:
        """Say what is wrong, without a value of the request."""
        super().__init__(detail)
        self.members: dict[str, object] = {}
        """What the answer holds besides: the receipt of what was accepted before."""


class BadRequestError(ProblemError):
    """The request is malformed."""

    status = HTTPStatus.BAD_REQUEST
    slug = "bad-request"
    title = "The request is malformed"


class UnauthorizedError(ProblemError):
    """No valid source token and no valid signature."""

    status = HTTPStatus.UNAUTHORIZED
    slug = "unauthorized"
    title = "A source token or a valid signature is needed"
    headers: ClassVar[Mapping[str, str]] = {"www-authenticate": 'Bearer realm="careledger"'}


class TooSlowError(ProblemError):
    """The body arrives more slowly than is waited for."""

    status = HTTPStatus.REQUEST_TIMEOUT
    slug = "too-slow"
    title = "The body arrives too slowly"


class TooLargeError(ProblemError):
    """The body is larger than is taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "too-large"
    title = "The body is too large"


class UnsupportedMediaError(ProblemError):
    """The content type or encoding is none of those taken."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    slug = "unsupported-media-type"
    title = "The content type or encoding is not taken"


class NothingAcceptedError(ProblemError):
    """Every event of the request was refused."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "nothing-accepted"
    title = "No event was accepted"


class UnreachableError(ProblemError):
    """A part that ingest needs does not answer; the same request may succeed later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "unavailable"
    title = "Not possible at the moment"
    headers: ClassVar[Mapping[str, str]] = {"retry-after": str(RETRY_AFTER_SECONDS)}


def problem_text(error: ProblemError, request_id: str) -> bytes:
    """Write an error as problem details."""
    return msgspec.json.encode(
        {
            "type": PROBLEM_TYPE + error.slug,
            "title": error.title,
            "status": error.status,
            "detail": str(error),
            "instance": f"urn:uuid:{request_id}",
            **error.members,
        }
    )


def plain_problem_text(status: int, request_id: str) -> bytes:
    """Write a status that says everything by itself, such as 404, as problem details."""
    return msgspec.json.encode(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "instance": f"urn:uuid:{request_id}",
        }
    )
