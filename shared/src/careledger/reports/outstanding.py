"""Receivables: the list, and the aging summary whose buckets always sum up to the total."""

from __future__ import annotations

from collections.abc import Sequence

from careledger.postgres import Connection
from careledger.reports.clinics import Clinic
from careledger.reports.receivables import (
    OutstandingQuery,
    OutstandingReport,
    OutstandingSummary,
    ReceivablesFilter,
)


async def read_outstanding(
    connection: Connection, clinics: Sequence[Clinic], query: OutstandingQuery
) -> OutstandingReport:
    """Read one page of receivables.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: filters, order and page.

    Raises:
        QuestionError: for a wrong as_of, watermark, page key or clinic filter.
    """
    raise NotImplementedError


async def read_outstanding_summary(
    connection: Connection, clinics: Sequence[Clinic], query: ReceivablesFilter
) -> OutstandingSummary:
    """Sum the open receivables by aging bucket.

    Raises:
        QuestionError: for a wrong as_of, watermark or clinic filter.
        FiguresDisagreeError: if the buckets do not sum up to the total.
    """
    raise NotImplementedError
