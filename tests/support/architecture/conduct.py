"""Rules of conduct: where transactions end, how logs speak, how consumers join, how tests wait."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from support.architecture.sources import Source

_TRANSACTIONS: Final = frozenset({"transaction", "begin", "begin_nested"})
_LOGGERS: Final = re.compile(r"_?(log|logger)")
_LEVELS: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
_EVENT: Final = re.compile(r"[a-z]+(_[a-z0-9]+)*")
_BROKERS: Final = ("broker", "router")
_MOCKS: Final = frozenset({"mock", "unittest.mock", "pytest_mock"})


def _method_calls(source: Source) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def transactions(source: Source) -> list[str]:
    """Where a file begins or commits a transaction; Kafka's commit names offsets and is none."""
    return [
        source.at(call, f"{method.attr}(): leave the transaction to the use case")
        for call, method in _method_calls(source)
        if method.attr in _TRANSACTIONS or (method.attr == "commit" and not call.args)
    ]


def changing_log_events(source: Source) -> list[str]:
    """Log events that are no constant code: put together, they can neither be found nor counted."""
    return [
        source.at(call, "the event is a constant code; values are keywords")
        for call, method in _method_calls(source)
        if method.attr in _LEVELS
        and isinstance(method.value, ast.Name)
        and _LOGGERS.fullmatch(method.value.id)
        and not _is_event(call)
    ]


def _is_event(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=str(event))]:
            return _EVENT.fullmatch(event) is not None
        case _:
            return False


def subscribers_without_group(source: Source) -> list[str]:
    """Subscribers without a group: each replica would read, and lose, the whole topic.

    Live updates are the exception: every replica wants all of them.
    """
    return [
        source.at(call, "subscriber() needs a group_id")
        for call, method in _method_calls(source)
        if method.attr == "subscriber"
        and ast.unparse(method.value).endswith(_BROKERS)
        and all(keyword.arg != "group_id" for keyword in call.keywords)
        and "REPORT_UPDATES" not in ast.unparse(call)
    ]


def mocks(source: Source) -> list[str]:
    """Mocks: tests use the real parts, or a fake that is held to the real one's behavior."""
    return [
        source.at(node, "use the real part, no mock")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and _imports_mock(node))
        or (isinstance(node, ast.Import) and any(one.name in _MOCKS for one in node.names))
    ]


def _imports_mock(node: ast.ImportFrom) -> bool:
    return node.module in _MOCKS or (
        node.module == "unittest" and any(one.name == "mock" for one in node.names)
    )


def sleeps(source: Source) -> list[str]:
    """Tests that sleep: they wait for too long, or not long enough; a slow fake may."""
    return [
        source.at(node, "wait for a condition, with an end (support.waiting, support.polling)")
        for test in ast.walk(source.tree)
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef)
        and test.name.startswith("test_")
        for node in _own_nodes(test)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sleep"
        and not _is_zero(node)
    ]


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Walk a function without the functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _own_nodes(child)


def _is_zero(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=0)]:
            return True
        case _:
            return False
