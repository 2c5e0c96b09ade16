"""Query parameters: declared, typed and closed; a parameter nobody declared is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

from careledger.events.fields import CODE_PATTERN, IDENTIFIER_PATTERN
from careledger.events.rules import EARLIEST_DATE, LATEST_PLANNED_DATE
from careledger.money import AMOUNT_MAX
from careledger.tasks import DocumentLocale, Paper

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_INTEGER: Final = re.compile(r"-?\d{1,16}", re.ASCII)
_ONE_CODE: Final = CODE_PATTERN.strip("^$")
CODES_PATTERN: Final = f"^{_ONE_CODE}(,{_ONE_CODE}){{0,49}}$"
DAYS_MAX: Final = 100_000


def _calendar_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _DATE.fullmatch(value):
        raise ValueError("must be a date written YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("must be a day of the calendar") from None
    if not EARLIEST_DATE <= day <= LATEST_PLANNED_DATE:
        raise ValueError(f"must be a day from {EARLIEST_DATE} to {LATEST_PLANNED_DATE}")
    return day


def _instant(value: object) -> object:
    if isinstance(value, str) and not _INSTANT.fullmatch(value):
        raise ValueError("must be an instant written YYYY-MM-DDThh:mm:ss with its offset")
    return value


def _plain_integer(value: object) -> object:
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        raise ValueError("must be a whole number in plain digits")
    return value


Day = Annotated[
    date,
    BeforeValidator(_calendar_date),
    Field(ge=EARLIEST_DATE, le=LATEST_PLANNED_DATE, examples=["2026-03-31"]),
]
Instant = Annotated[
    AwareDatetime, BeforeValidator(_instant), Field(examples=["2026-03-31T09:00:00Z"])
]
MinorUnits = Annotated[
    int, BeforeValidator(_plain_integer), Field(ge=-AMOUNT_MAX, le=AMOUNT_MAX, examples=[12_500])
]
Days = Annotated[int, BeforeValidator(_plain_integer), Field(ge=-DAYS_MAX, le=DAYS_MAX)]
PlainInteger = Annotated[int, BeforeValidator(_plain_integer)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER_PATTERN)]
Codes = Annotated[
    str, Field(pattern=CODES_PATTERN, description="One code, or several with commas between.")
]


def choices(kind: object) -> FieldInfo:
    """Declare one or several values of a Literal type, with commas between."""
    values = "|".join(re.escape(value) for value in get_args(kind))
    return Field(pattern=f"^({values})(,({values}))*$", examples=[get_args(kind)[0]])


class Plain(BaseModel):
    """A shape that refuses what it does not declare."""

    model_config = ConfigDict(extra="forbid")


class NoParameters(Plain):
    """For routes without query parameters."""


class MomentParameters(Plain):
    """At which day, and knowing what, a report is asked."""

    as_of: Day | None = Field(
        default=None, description="Business date to answer for; default today, later is refused."
    )
    watermark: str | None = Field(
        default=None,
        max_length=4_096,
        description="`meta.watermark` of an earlier answer, to ask what was known then.",
        examples=["0:1523,1:1498"],
    )


class PageParameters(MomentParameters):
    """Which page of a list."""

    limit: PlainInteger = Field(default=100, ge=1, le=1_000, description="Rows of a page.")
    cursor: str | None = Field(
        default=None,
        max_length=4_096,
        description="`page.next` of the page before; it keeps as-of day and watermark.",
    )


class Look(Plain):
    """How a document is to look."""

    paper: Paper = "letter"
    locale: DocumentLocale = Field(
        default="en-US", description="How figures and dates are written; the words are English."
    )


class ViewParameters(Look):
    """On screen or on paper; without `format=pdf` the looks mean nothing."""

    format: Literal["json", "pdf"] = Field(
        default="json",
        description="`pdf` answers 202 with an export of every row; `limit` means nothing then.",
    )


def listed(codes: str | None) -> Any:  # noqa: ANN401 - a pattern has checked what is in it
    """Split codes at their commas; nothing gives none."""
    return tuple(codes.split(",")) if codes else ()


def one(value: str | None) -> tuple[str, ...]:
    """Turn a filter of one value into what the read model takes."""
    return () if value is None else (value,)
