"""What each mounted route declares; one that declares nothing keeps the service from starting."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from report_api.access import Public, Rule


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """One method of one path, and the one rule it declares."""

    method: str
    path: str
    operation_id: str | None
    rule: Rule | Public


def declared_routes(app: FastAPI) -> list[DeclaredRoute]:
    """List every mounted route with what it declares.

    Raises:
        RuntimeError: for a route with no rule, or with more than one.
    """
    found: list[DeclaredRoute] = []
    for context in iter_route_contexts(app.routes):
        rules = _rules(getattr(context, "dependant", None))
        path = context.path_format or context.path or "unknown"
        if len(rules) != 1:
            raise RuntimeError(f"The route {path} must declare one rule, it declares {len(rules)}")
        operation_id: str | None = context.operation_id
        found.extend(
            DeclaredRoute(method, path, operation_id, rules[0])
            for method in sorted(context.methods or ())
        )
    return found


def _rules(dependant: Dependant | None) -> list[Rule | Public]:
    calls = [one.call for one in dependant.dependencies] if dependant else []
    return [call for call in calls if isinstance(call, Rule | Public)]


def allowed_methods(app: FastAPI, path: str) -> list[str]:
    """List the methods of every route whose path fits; one path can have several routes."""
    found: set[str] = set()
    for context in iter_route_contexts(app.routes):
        if context.path_regex.match(path):
            found |= context.methods or set()
    return sorted(found)
