"""Facts that do not fit together: kept, counted by the rules, and listed here with their sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from careledger.postgres import Connection
from careledger.reports.answers import Closed, Meta, Page, QuestionDay, QuestionId
from careledger.reports.clinics import Clinic

EXCEPTION_PAGE_MAX: Final = 1_000

ExceptionKind = Literal[
    "orphan",  # names a payment or an invoice that nobody told of
    "mismatch",  # names one of another patient or currency
    "deficit",  # more was taken from a payment's credit than it held
    "over_allocated",  # more was taken from a payment's own invoice than it put there
    "over_returned",  # more was returned than received
    "failed_after_success",  # an attempt failed after it succeeded
    "conflict",  # the same fact was told again with other content (quarantined)
]


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
    clinic_id: str
    patient_id: str | None
    payment_id: str | None
    invoice_id: str | None
    currency: str | None
    amount: int | None = Field(description="The amount in question, in minor units.")
    business_date: date | None
    source: str | None
    event_id: str | None


class ExceptionSum(Closed):
    """All exceptions of one kind and currency."""

    kind: ExceptionKind
    currency: str | None
    amount: int
    count: int


class ExceptionsReport(Closed):
    """One page of exceptions; the sums are over all pages."""

    meta: Meta
    exceptions: list[ExceptionRow]
    sums: list[ExceptionSum]
    page: Page


async def read_exceptions(
    connection: Connection, clinics: Sequence[Clinic], query: ExceptionsQuery
) -> ExceptionsReport:
    """List facts that do not fit together.

    Raises:
        QuestionError: for a wrong as_of, watermark, page key or clinic filter.
    """
    raise NotImplementedError
