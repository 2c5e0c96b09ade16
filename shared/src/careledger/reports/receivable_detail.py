"""One receivable, with its payment history and the way to the patient's own record."""

from __future__ import annotations

from collections.abc import Sequence

from careledger.postgres import Connection
from careledger.reports.clinics import Clinic
from careledger.reports.receivables import ReceivableDetail, ReceivableQuery


async def read_receivable(
    connection: Connection, clinics: Sequence[Clinic], query: ReceivableQuery
) -> ReceivableDetail | None:
    """Read one receivable; None if the clinic has no such invoice or may not be seen.

    Raises:
        QuestionError: for a wrong as_of or watermark.
    """
    raise NotImplementedError
