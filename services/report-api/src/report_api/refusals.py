"""Answers every error with its problem document, and logs defects without their texts."""

from __future__ import annotations

from typing import Final, cast

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from careledger.errors import UnavailableError
from careledger.reports.errors import FiguresDisagreeError, QuestionError
from report_api.declared import allowed_methods
from report_api.errors import InternalError, ProblemError, problem_response
from report_api.metrics import DISAGREEMENTS
from report_api.outages import OUTAGES
from report_api.problems import METHOD_NOT_ALLOWED
from report_api.verdicts import as_problem

_log = structlog.stdlib.get_logger(__name__)

KNOWN_ERRORS: Final = cast(
    "tuple[type[Exception], ...]",
    (
        ProblemError,
        RequestValidationError,
        HTTPException,
        QuestionError,
        UnavailableError,
        *OUTAGES,
    ),
)
"""What is answered by its problem document; anything else is a defect."""


async def refuse(request: Request, error: Exception) -> Response:
    """Answer an error with its problem document; a defect is also logged."""
    problem = as_problem(error, request)
    if problem.kind is METHOD_NOT_ALLOWED:
        methods = allowed_methods(request.app, request.scope["path"])
        problem.headers["Allow"] = ", ".join(methods)
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
    for error in KNOWN_ERRORS:
        app.add_exception_handler(error, refuse)


def log_defect(error: Exception) -> None:
    """Log where a defect happened, not its text: that may repeat values of a row or a request.

    Figures that disagree are counted besides: somebody is to be told of each.
    """
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    if isinstance(error, FiguresDisagreeError):
        DISAGREEMENTS.inc()
        _log.error("figures_disagree", figures=str(error), frames=frames[-12:])
        return
    _log.error("defect", error=type(error).__name__, frames=frames[-12:])
