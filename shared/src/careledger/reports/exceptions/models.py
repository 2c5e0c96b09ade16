"""Question and answer of the exceptions report; amounts are integers of minor units."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from careledger.reports.answers import Closed, Meta, Page, QuestionDay, QuestionId

EXCEPTION_PAGE_MAX: Final = 1_000

ExceptionKind = Literal[
    "orphan",  # names a payment or an invoice that nobody told of
    "mismatch",  # names one of another patient or currency
    "deficit",  # more was taken from a payment's credit than it held
    "over_allocated",  # more was allocated than received
    "over_returned",  # more was returned than received
    "failed_after_success",  # an attempt failed after it succeeded
    "conflict",  # the same fact was told again with other content (quarantined)
]
EXCEPTION_KINDS: Final[tuple[ExceptionKind, ...]] = get_args(ExceptionKind)
"""The closed list of what can be wrong between facts."""

Parent = Literal["payment", "invoice"]


class ExceptionsQuery(Closed):
    """Which exceptions to list."""

    kinds: tuple[ExceptionKind, ...] = ()
    clinic_ids: tuple[QuestionId, ...] = ()
    as_of: QuestionDay | None = None
    watermark: str | None = None
    limit: Annotated[int, Field(ge=1, le=EXCEPTION_PAGE_MAX)] = 100
    after: str | None = None


class ExceptionRow(Closed):
    """One exception: what does not fit, and how much money is in question."""

    kind: ExceptionKind
    parent: Parent | None = Field(description="What an orphan or a mismatch names and lacks.")
    clinic_id: str
    patient_id: str | None
    payment_id: str | None
    invoice_id: str | None
    currency: str | None
    amount: int | None = Field(
        description="The amount in question: as its event tells it, or by how much it is too much."
    )
    business_date: date | None
    source: str | None
    event_id: str | None


class ExceptionSum(Closed):
    """All exceptions of one kind, missing parent and currency."""

    kind: ExceptionKind
    parent: Parent | None
    currency: str | None
    amount: int
    count: int


class ExceptionsReport(Closed):
    """One page of exceptions; the sums are over all pages."""

    meta: Meta
    exceptions: list[ExceptionRow]
    sums: list[ExceptionSum]
    page: Page
