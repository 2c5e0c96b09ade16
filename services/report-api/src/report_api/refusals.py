"""Turns every error into a problem: what may be told is told, and never a value of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from careledger.errors import UnavailableError
from careledger.reports.errors import FiguresDisagreeError, QuestionError
from report_api.errors import (
    InternalError,
    NotFoundError,
    ProblemError,
    UnanswerableError,
    UnavailableProblemError,
    problem_response,
)
from report_api.outages import OUTAGES, unavailable
from report_api.problems import MALFORMED, UNSUPPORTED, ProblemType, kind_of_status

_log = structlog.stdlib.get_logger(__name__)

# A parameter that may not be read is the same as one that is not there.
_HIDDEN: Final = frozenset({"clinic_id"})
_BODY_SHAPES: Final = frozenset({"model_attributes_type", "dict_type", "missing"})


class _OfKindError(ProblemError):
    """A problem whose type was looked up."""

    def __init__(
        self,
        kind: ProblemType,
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        self.kind = kind
        super().__init__(headers=headers, members=members)


def as_problem(error: BaseException, request: Request) -> ProblemError:
    """Return what an error is for the client; anything unforeseen is an internal error."""
    if isinstance(error, OUTAGES):
        return unavailable(error)
    match error:
        case ProblemError():
            problem = error
        case RequestValidationError():
            problem = _of_validation(error, request)
        case QuestionError(parameter=parameter) if parameter in _HIDDEN:
            problem = NotFoundError()
        case QuestionError():
            problem = UnanswerableError(error.problem, members={"parameter": error.parameter})
        case HTTPException():
            problem = _OfKindError(kind_of_status(error.status_code), headers=error.headers)
        case UnavailableError():
            problem = UnavailableProblemError(str(error))
        case _:
            problem = InternalError()
    return problem


async def refuse(request: Request, error: Exception) -> Response:
    """Answer an error with its problem document; a defect is also logged."""
    problem = as_problem(error, request)
    if isinstance(problem, InternalError):
        log_defect(error)
    return problem_response(
        request,
        problem.kind,
        detail=problem.detail,
        headers=problem.headers,
        members=problem.members,
    )


def register(app: FastAPI) -> None:
    """Let the application answer every known error by its problem document."""
    known = (ProblemError, RequestValidationError, HTTPException, QuestionError, UnavailableError)
    for error in (*known, *OUTAGES):
        app.add_exception_handler(cast("type[Exception]", error), refuse)


def log_defect(error: Exception) -> None:
    """Log where a defect happened, not its text: that may repeat values of a row or a request."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    figures = str(error) if isinstance(error, FiguresDisagreeError) else None
    _log.error("defect", error=type(error).__name__, frames=frames[-12:], figures=figures)


def _of_validation(error: RequestValidationError, request: Request) -> ProblemError:
    places = cast("Sequence[dict[str, Any]]", error.errors())
    if any(place["type"] == "json_invalid" for place in places):
        return _OfKindError(MALFORMED)
    whole_body = any(
        tuple(place["loc"]) == ("body",) and place["type"] in _BODY_SHAPES for place in places
    )
    if whole_body and not _is_json(request):
        return _OfKindError(UNSUPPORTED)
    return _OfKindError(
        kind_of_status(422), members={"errors": [_place(place) for place in places]}
    )


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _place(place: dict[str, Any]) -> dict[str, str]:
    """Name where something is wrong; an unknown name is the client's own text: left out."""
    location, *path = [str(part) for part in place["loc"]]
    if place["type"] == "extra_forbidden":
        return {"location": location, "field": "", "problem": "an unknown name is not accepted"}
    problem = str(place["msg"]).removeprefix("Value error, ")
    return {"location": location, "field": ".".join(path), "problem": problem}
