"""Before the framework: answers reports that are only read, by the same rule, parameters and route.

What the framework does for any route at every request, to find out what it needs, costs more than
most answers. Here that is found out once. A route is answered so if all it takes is a visit, its
path and query parameters, the request and work for afterwards; every other goes the long way.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_type_hints

from fastapi import BackgroundTasks, FastAPI
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import RouteContext, iter_route_contexts
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from report_api.access import RULE, Gate, Rule
from report_api.refusals import KNOWN_ERRORS, refuse

PREFIX: Final = "/api/v1/reports"

_Endpoint = Callable[..., Awaitable[Response]]
_TAKEN_ELSEWHERE: Final = (
    "header_params",
    "cookie_params",
    "body_params",
    "response_param_name",
    "websocket_param_name",
    "http_connection_param_name",
    "security_scopes_param_name",
)


@dataclass(frozen=True, slots=True)
class DirectRoute:
    """A route and what its function takes, each by the name of its parameter."""

    route: object
    endpoint: _Endpoint
    rule: Rule
    visit: str
    query: ModelField | None
    path: tuple[ModelField, ...]
    request: str | None
    background: str | None

    async def answer(self, request: Request, path: Mapping[str, str]) -> Response:
        """Answer a request as the framework would.

        Raises:
            Exception: whatever the gate and the route's function raise.
            RequestValidationError: if a parameter is not what it must be.
        """
        gate: Gate = request.app.state.gate
        request.scope.update({"route": self.route, "path_params": dict(path), RULE: self.rule})
        background = BackgroundTasks()
        async with gate.open(request, self.rule) as visit:
            given = self._parameters(request, path)
            given[self.visit] = visit
            if self.request is not None:
                given[self.request] = request
            if self.background is not None:
                given[self.background] = background
            response = await self.endpoint(**given)
        if background.tasks and response.background is None:
            response.background = background
        return response

    def _parameters(self, request: Request, path: Mapping[str, str]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        errors: list[Any] = []
        for field in self.path:
            given[field.name], wrong = field.validate(
                path[field.alias], {}, loc=("path", field.alias)
            )
            errors += wrong
        if self.query is not None:
            asked = dict(request.query_params)
            given[self.query.name], wrong = self.query.validate(asked, {}, loc=("query",))
            errors += wrong
        if errors:
            raise RequestValidationError(errors)
        return given


class DirectRoutes:
    """The routes below `PREFIX` in the order in which paths are compared with them."""

    def __init__(self, app: FastAPI) -> None:
        self._by_pattern: Final[list[tuple[re.Pattern[str], DirectRoute | None]]] = [
            (context.path_regex, _direct(context))
            for context in iter_route_contexts(app.routes)
            if "GET" in (context.methods or ()) and (context.path or "").startswith(PREFIX)
        ]
        self._whole: Final = {
            path: found
            for context in iter_route_contexts(app.routes)
            if (path := context.path or "") and (found := self._first(path)) and not found[0].path
        }

    def find(self, path: str) -> tuple[DirectRoute, Mapping[str, str]] | None:
        """Return the route that answers GET of a path, and what its path says; None if none can."""
        return self._whole.get(path) or (self._first(path) if path.startswith(PREFIX) else None)

    def _first(self, path: str) -> tuple[DirectRoute, Mapping[str, str]] | None:
        for pattern, direct in self._by_pattern:
            found = pattern.match(path)
            if found is not None:
                return None if direct is None else (direct, found.groupdict())
        return None


class AnswerDirectly:
    """Between the answers that are kept and the framework."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        found = None
        if scope["type"] == "http" and scope["method"] == "GET" and not scope.get("root_path"):
            routes: DirectRoutes | None = getattr(scope["app"].state, "direct_routes", None)
            found = routes and routes.find(scope["path"])
        if not found:
            await self._app(scope, receive, send)
            return
        direct, path = found
        request = Request(scope, receive, send)
        try:
            response = await direct.answer(request, path)
        except KNOWN_ERRORS as error:
            response = await refuse(request, error)
        await response(scope, receive, send)


def _direct(context: RouteContext) -> DirectRoute | None:
    """Return what a route takes; None if that is more than can be given here."""
    dependant: Dependant | None = getattr(context, "dependant", None)
    if dependant is None or dependant.call is None or len(dependant.dependencies) != 1:
        return None
    (ruled,) = dependant.dependencies
    if not isinstance(ruled.call, Rule) or ruled.name is None:
        return None
    if any(getattr(dependant, name) for name in _TAKEN_ELSEWHERE):
        return None
    if len(dependant.query_params) > 1 or not all(map(_is_model, dependant.query_params)):
        return None
    if get_type_hints(dependant.call).get("return") is not Response:
        return None
    return DirectRoute(
        route=context.original_route,
        endpoint=dependant.call,
        rule=ruled.call,
        visit=ruled.name,
        query=dependant.query_params[0] if dependant.query_params else None,
        path=tuple(dependant.path_params),
        request=dependant.request_param_name,
        background=dependant.background_tasks_param_name,
    )


def _is_model(field: ModelField) -> bool:
    """Tell whether one model takes all parameters; each is then a value of its own."""
    kind: object = field.field_info.annotation
    return isinstance(kind, type) and issubclass(kind, BaseModel)
