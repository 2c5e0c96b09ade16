"""Reads the worked examples of docs/explanation/figures.md: events, and what figures come to."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from support.histories import Telling
from support.repository import ROOT
from support.stories import tell

PAGE = ROOT / "docs" / "explanation" / "figures.md"

_FIGURE = re.compile(
    r"(?P<metric>\w+)(\.(?P<component>\w+))?(\[(?P<bucket>[\w-]+)\])?(:(?P<id>\w+))?"
    r"( (?P<currency>[A-Z]{3}))?"
)
_NAMED_BY = {"receivable_balance": "invoice_id", "patient_balance": "patient_id"}
_OF_A_SPAN = re.compile(r"\d{4}-\d{2}|\S+ to \S+")


@dataclass
class Example:
    """One section: what is told, and what each figure is then."""

    title: str
    told: list[Telling] = field(default_factory=list[Telling])
    expected: list[tuple[str, dict[str, Any], int]] = field(
        default_factory=list[tuple[str, dict[str, Any], int]]
    )
    """What the row says, the question to explain, and the amount."""


def examples() -> list[Example]:
    """Return every example of the page, in order."""
    _, worked = PAGE.read_text().split("# Worked examples\n")
    return [_example(section) for section in worked.split("\n## ")[1:]]


def _example(section: str) -> Example:
    title, _, body = section.partition("\n")
    example = Example(title)
    for cells in _rows(body):
        if cells[1].startswith("`"):
            example.told.append(tell(cells[1].strip("`"), cells[0], **_fields(cells[2])))
        else:
            row = f"{title}: {cells[0]} {cells[1]}"
            example.expected.append((row, _question(cells[0], cells[1]), int(cells[2])))
    return example


def _rows(body: str) -> Iterator[list[str]]:
    for line in body.splitlines():
        if line.startswith("| 2"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def _fields(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for pair in text.split():
        name, _, value = pair.partition("=")
        fields[name] = int(value) if name in {"amount", "fee"} else value
        if name == "installments":
            fields[name] = [
                {"due_on": part.split(":")[0], "amount": int(part.split(":")[1])}
                for part in value.split("+")
            ]
    return fields


def _question(when: str, figure: str) -> dict[str, Any]:
    found = _FIGURE.fullmatch(figure)
    assert found, figure
    asked: dict[str, Any] = {
        "metric": found["metric"],
        "currency": found["currency"] or "USD",
        "component": found["component"],
        "bucket": found["bucket"],
    }
    if found["id"]:
        asked[_NAMED_BY[found["metric"]]] = found["id"]
    if not _OF_A_SPAN.fullmatch(when):
        return {**asked, "as_of": when}
    if " to " in when:
        first, last = when.split(" to ")
        return {**asked, "start_date": first, "end_date": last}
    year, month = map(int, when.split("-"))
    last_day = date(year, month, monthrange(year, month)[1])
    return {**asked, "start_date": f"{when}-01", "end_date": last_day.isoformat()}
