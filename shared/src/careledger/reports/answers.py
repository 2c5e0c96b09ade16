"""The shape every question and answer shares: closed and frozen; an answer opens with `meta`."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from careledger.events.fields import CODE_PATTERN, IDENTIFIER_PATTERN
from careledger.events.rules import EARLIEST_DATE, LATEST_PLANNED_DATE

QuestionDay = Annotated[date, Field(ge=EARLIEST_DATE, le=LATEST_PLANNED_DATE)]
"""A day one may ask about: no event can be dated before the first of them."""
QuestionId = Annotated[str, Field(pattern=IDENTIFIER_PATTERN)]
QuestionCode = Annotated[str, Field(pattern=CODE_PATTERN)]
Basis = Literal["business_date", "due_date", "service_date", "issued_on"]
StaleReason = Literal[
    "data_through_older_than_60_seconds", "nothing_applied_yet", "source_run_overdue"
]


class Closed(BaseModel):
    """A model that refuses fields it does not declare, so that no identifier can slip in."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)


class Interval(Closed):
    """Whole calendar days, both ends included."""

    start_date: date
    end_date: date


class CurrencyUnit(Closed):
    """How to read the amounts of one currency: 1999 with exponent 2 is 19.99."""

    currency: str
    exponent: int


class ClinicCalendar(Closed):
    """The calendar and terms one clinic's figures were counted in."""

    clinic_id: str
    time_zone: str
    terms_days: int
    confirmed: bool


class DefinitionUsed(Closed):
    """A metric definition by which figures of an answer were computed; see the catalog."""

    id: str
    version: int


class Reconciliation(Closed):
    """The last comparison of a source with the reports, and its verdict."""

    source: str = Field(description="The source that was held against the reports.")
    reconciliation_id: str
    ended_at: datetime
    watermark: str
    matches: bool


class Meta(Closed):
    """Where the figures of an answer come from, and how they are to be read."""

    report: str
    as_of: date
    interval: Interval | None = None
    horizon: date | None = Field(
        default=None,
        description="The first day that can be asked about: older stories are removed. A patient's"
        " sums of what happened begin with it. Null: everything is kept.",
    )
    basis: Basis = Field(description="The date by which figures are sorted into days or buckets.")
    amounts: Literal["integer minor units"] = "integer minor units"
    currencies: list[CurrencyUnit]
    clinics: list[ClinicCalendar]
    time_zones: list[str] = Field(
        description="Each clinic counts in its own zone; more than one means a report over several."
    )
    watermark: str = Field(description="Next offset of each partition: '0:1523,1:1498'.")
    data_through: datetime | None = Field(
        description="Everything Kafka had accepted by then is in; null for an earlier watermark."
    )
    stale: bool | None = Field(description="Null for an earlier watermark, asked for as such.")
    stale_reasons: list[StaleReason]
    answered_at: datetime
    reconciliation: Reconciliation | None = Field(
        default=None,
        description="Of several sources the last one that differs, else the last one.",
    )
    definitions: list[DefinitionUsed]
    digest: str = Field(
        description="SHA-256 over the canonical JSON of the answer without meta, page and partial."
    )


class Page(Closed):
    """A page of a list; `next` is the unsigned key of its last row, null on the last page."""

    limit: int
    next: str | None


class Sum(Closed):
    """An amount in minor units, and how many things make it up."""

    amount: int
    count: int
