"""Reads receivables of a past day in the order of their ids, a stretch of invoices after another.

What all receivables were on a past day takes what came later off the whole ledger; a page needs a
few of them, and each is found in its patient's entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import asyncpg

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.receivables import OutstandingQuery
from careledger.reports.statements import statement

_FIRST_STRETCH: Final = 200
_LONGER: Final = 2
_INVOICES_MAX: Final = 10_000
"""Where fewer of so many are chosen than a page holds, reading the whole is less work."""

_STRETCH: Final = statement("receivable_sql/stretch")


async def read_in_stretches(
    connection: Connection, query: OutstandingQuery, parameters: Mapping[str, object]
) -> list[asyncpg.Record] | None:
    """Return the rows of a page; None if too few of the next invoices are chosen.

    Args:
        connection: inside the caller's transaction.
        query: its order is that of the ids, ascending.
        parameters: the set, the filters, the place after which the page begins, and its rows.
    """
    page = rows.page_of_invoices(query)
    wanted = query.limit + 1
    place = {name: parameters[name] for name in ("after_no", "after_id")}
    found: list[asyncpg.Record] = []
    stretch = taken = max(wanted, _FIRST_STRETCH)
    while taken <= _INVOICES_MAX:
        asked = {**parameters, **place, "stretch": stretch}
        invoices = await _STRETCH.fetch(connection, asked)
        asked |= {
            "rows": wanted - len(found),
            "wanted_clinics": [one["clinic_no"] for one in invoices],
            "wanted_patients": [one["patient_id"] for one in invoices],
            "wanted_invoices": [one["invoice_id"] for one in invoices],
        }
        found += await page.fetch(connection, asked)
        if len(found) >= wanted or len(invoices) < stretch:
            return found
        place = {"after_no": invoices[-1]["clinic_no"], "after_id": invoices[-1]["invoice_id"]}
        stretch *= _LONGER
        taken += stretch
    return None
