"""What an error is for the client: what may be told is told, and never a value of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from careledger.errors import UnavailableError
from careledger.reports.errors import QuestionError
from report_api.errors import (
    InternalError,
    NotFoundError,
    ProblemError,
    UnanswerableError,
    UnavailableProblemError,
)
from report_api.outages import OUTAGES, unavailable
from report_api.problems import MALFORMED, UNSUPPORTED, ProblemType, kind_of_status

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
        return unavailable(error, request.app.state.gate.pool)
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
    if place["type"] == "union_tag_invalid":
        # Pydantic's own text repeats what was sent.
        expected = str(place["ctx"]["expected_tags"])
        return {
            "location": location,
            "field": ".".join(path),
            "problem": f"{place['ctx']['discriminator']} must be one of {expected}",
        }
    if place["type"] == "union_tag_not_found":
        problem = f"{place['ctx']['discriminator']} is required"
        return {"location": location, "field": ".".join(path), "problem": problem}
    problem = str(place["msg"]).removeprefix("Value error, ")
    return {"location": location, "field": ".".join(path), "problem": problem}
