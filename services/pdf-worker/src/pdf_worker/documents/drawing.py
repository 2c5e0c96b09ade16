"""Templates to markup: everything filled in is escaped, and templates run in a sandbox."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_NO_TEXT: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def templates() -> ImmutableSandboxedEnvironment:
    """Return the environment of all templates."""
    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("pdf_worker"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_writable,
    )


def _writable(value: object) -> object:
    """Leave out what no document may contain: control characters are no text."""
    return _NO_TEXT.sub("", value) if isinstance(value, str) else value


def draw(chart: str, **values: object) -> str:
    """Return a chart as SVG.

    Args:
        chart: the name of its template.
        values: what the template asks for.
    """
    return templates().get_template(f"{chart}.svg.j2").render(values)
