"""Finds what breaks a client between two versions of an OpenAPI document; additions do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]
_METHODS: Final = ("get", "put", "post", "delete", "patch")
_NOTHING: Final[Json] = {}
# What a request may hold must not shrink.
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_DEPTH_MAX: Final = 12


@dataclass(frozen=True, slots=True)
class _Side:
    """One place in both versions, and which way data flow through it."""

    old: Json
    new: Json
    is_request: bool
    depth: int = 0


class Changes:
    """Compares two versions of a document."""

    def __init__(self, old: Json, new: Json) -> None:
        self._old = old
        self._new = new

    def breaking(self) -> list[str]:
        """Return what would break a client of the old version, each with its place."""
        return sorted(set(self._paths()))

    def _paths(self) -> Iterator[str]:
        for path, item in self._old["paths"].items():
            later = self._new["paths"].get(path, _NOTHING)
            for method in _METHODS:
                if method not in item:
                    continue
                where = f"{method.upper()} {path}"
                if method not in later:
                    yield f"{where}: is gone"
                    continue
                yield from self._operation(where, item[method], later[method])

    def _operation(self, where: str, old: Json, new: Json) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{where}: is called {new['operationId']} instead of {old['operationId']}"
        yield from self._parameters(where, old, new)
        yield from self._body(where, old, new)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{where}: answer {status} is gone"
                continue
            yield from self._contents(
                f"{where}: answer {status}",
                self._at(self._old, answer),
                self._at(self._new, new["responses"][status]),
                is_request=False,
            )

    def _parameters(self, where: str, old: Json, new: Json) -> Iterator[str]:
        before, after = _by_name(old), _by_name(new)
        for name, parameter in after.items():
            if parameter.get("required") and not before.get(name, _NOTHING).get("required"):
                yield f"{where}: parameter {name[1]} is required now"
        for name, parameter in before.items():
            if name not in after:
                yield f"{where}: parameter {name[1]} is gone"
                continue
            schemas = parameter.get("schema", _NOTHING), after[name].get("schema", _NOTHING)
            side = _Side(*schemas, is_request=True)
            yield from self._schema(f"{where}: parameter {name[1]}", side)

    def _body(self, where: str, old: Json, new: Json) -> Iterator[str]:
        before, after = old.get("requestBody"), new.get("requestBody")
        if after is not None and after.get("required") and not (before or _NOTHING).get("required"):
            yield f"{where}: a body is required now"
        if before is not None:
            yield from self._contents(f"{where}: body", before, after or {}, is_request=True)

    def _contents(self, where: str, old: Json, new: Json, *, is_request: bool) -> Iterator[str]:
        for media_type, content in old.get("content", _NOTHING).items():
            later = new.get("content", _NOTHING).get(media_type)
            if later is None:
                yield f"{where}: {media_type} is gone"
                continue
            schemas = content.get("schema", _NOTHING), later.get("schema", _NOTHING)
            yield from self._schema(where, _Side(*schemas, is_request=is_request))

    def _schema(self, where: str, side: _Side) -> Iterator[str]:
        if side.depth > _DEPTH_MAX:
            return
        old, new = self._at(self._old, side.old), self._at(self._new, side.new)
        yield from _types(where, old, new, is_request=side.is_request)
        if side.is_request:
            yield from _narrowed(where, old, new)
        yield from self._properties(where, old, new, side)
        if "items" in old:
            inner = _Side(old["items"], new.get("items", {}), side.is_request, side.depth + 1)
            yield from self._schema(f"{where}[]", inner)
        for kind in ("anyOf", "oneOf"):
            for place, part in enumerate(old.get(kind, ())):
                parts: list[Json] = new.get(kind, [])
                later = parts[place] if place < len(parts) else _NOTHING
                inner = _Side(part, later, side.is_request, side.depth + 1)
                yield from self._schema(where, inner)

    def _properties(self, where: str, old: Json, new: Json, side: _Side) -> Iterator[str]:
        before, after = old.get("properties", _NOTHING), new.get("properties", _NOTHING)
        had, has = set(old.get("required", ())), set(new.get("required", ()))
        if side.is_request:
            yield from (f"{where}.{name}: is required now" for name in has - had)
        else:
            yield from (f"{where}.{name}: may be missing now" for name in (had - has) & set(after))
        for name, schema in before.items():
            if name not in after:
                yield f"{where}.{name}: is gone"
                continue
            inner = _Side(schema, after[name], side.is_request, side.depth + 1)
            yield from self._schema(f"{where}.{name}", inner)

    @staticmethod
    def _at(document: Json, place: Json) -> Json:
        while "$ref" in place:
            found: Any = document
            for part in str(place["$ref"]).removeprefix("#/").split("/"):
                found = found[part]
            place = found
        return place


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return what would break a client of the old version of a document."""
    return Changes(old, new).breaking()


def _by_name(operation: Json) -> Mapping[tuple[str, str], Json]:
    return {(one["in"], one["name"]): one for one in operation.get("parameters", ())}


def _types(where: str, old: Json, new: Json, *, is_request: bool) -> Iterator[str]:
    for name in ("type", "format", "const"):
        if name in old and old.get(name) != new.get(name):
            yield f"{where}: {name} is {new.get(name)} instead of {old[name]}"
    before, after = set(map(str, old.get("enum", ()))), set(map(str, new.get("enum", ())))
    if is_request and "enum" in new and (before - after or "enum" not in old):
        yield f"{where}: takes fewer values"
    if not is_request and "enum" in old and "enum" not in new:
        yield f"{where}: can be any value now"


def _narrowed(where: str, old: Json, new: Json) -> Iterator[str]:
    for name in (*_UPPER, *_LOWER):
        if name not in new:
            continue
        tighter = new[name] < old[name] if name in old else True
        if name in _LOWER and name in old:
            tighter = new[name] > old[name]
        if tighter:
            yield f"{where}: {name} is {new[name]} instead of {old.get(name, 'any')}"
    if "pattern" in new and old.get("pattern") != new["pattern"]:
        yield f"{where}: must match another pattern"
