"""Which figures a document must show, from the API's own answer, and those its PDF does show.

Amounts are compared as decimals of their currency, read by another library than wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from babel.numbers import parse_decimal

from support.pdf_tables import PdfTable

Answer = dict[str, Any]
Row = tuple[object, ...]

_DECIMALS: Final = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}
_NOTHING: Final = {"\N{EN DASH}", "none", ""}
_DEFINITIONS: Final = ("Figure", "Version", "Formula")
_CASH: Final = (
    *("gross_payments", "payment_corrections", "refunds", "chargebacks", "net_payments"),
    *("payment_count", "refund_count", "average_payment", "processor_fees"),
)
_CHARGES: Final = (
    *("charges", "charge_count", "charge_corrections", "contractual_adjustments"),
    *("other_adjustments", "voids", "write_offs", "net_charges"),
)
_TOTALS: Final = (
    *("charged", "adjustments", "voids", "written_off", "paid", "payment_corrections"),
    *("refunded", "chargebacks", "outstanding", "overpaid", "unapplied", "deficits", "balance"),
)
_APART: Final = ("in_collections", "overpaid", "unapplied_credits", "deficits")
_AGES: Final = ("current", "1-30", "31-60", "61-90", "over_90")


def shown(tables: Sequence[PdfTable], locale: str) -> Iterator[Row]:
    """Yield the figures of every row of a document's tables, from its first to its last page.

    Cells that are no number are left out, but for the first one.
    """
    for table in tables:
        if table.head and table.head != _DEFINITIONS:
            for name, *cells in table.rows:
                yield name, *(_read(cell, locale) for cell in cells)


def facts(tables: Sequence[PdfTable]) -> dict[str, str]:
    """Return what the cover says."""
    return {name: told for table in tables if not table.head for name, told in table.rows}


def _read(cell: str, locale: str) -> object:
    if cell in _NOTHING:
        return None
    try:
        return parse_decimal(cell, locale=locale.replace("-", "_"))
    except ValueError:
        return cell


def _money(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else Decimal(minor).scaleb(-_DECIMALS[currency])


def _figures(totals: Answer, names: Sequence[str], currency: str) -> Iterator[Decimal | None]:
    every = {**totals, **totals["charge_side"]}
    for name in names:
        yield Decimal(every[name]) if name.endswith("_count") else _money(every[name], currency)


def revenue_rows(report: Answer) -> Iterator[Row]:
    """Yield the rows a revenue document must have."""
    compared = report["comparison"]
    for totals in report["totals"]:
        currency = totals["currency"]
        sides = [totals]
        if compared is not None:
            sides += [one for one in compared["totals"] if one["currency"] == currency]
        columns = [list(_figures(side, (*_CASH, *_CHARGES), currency)) for side in sides]
        yield from ((..., *cells) for cells in zip(*columns, strict=True))
        series = [one for one in report["series"] if one["currency"] == currency]
        if report["breakdown"] is not None:
            for one in series:
                yield one["group"], *_figures(one["totals"], _CASH, currency)
        if compared is not None:
            series += [one for one in compared["series"] if one["currency"] == currency]
        for one in series:
            for names in (_CASH, _CHARGES):
                for point in one["points"]:
                    yield date.fromisoformat(point["label"]), *_figures(point, names, currency)
                yield "Total", *_figures(one["totals"], names, currency)


def history_rows(report: Answer) -> Iterator[Row]:
    """Yield the rows a patient's history must have."""
    for totals in report["totals"]:
        counts = {"charged": totals["invoice_count"], "paid": totals["payment_count"]}
        for name in _TOTALS:
            yield ..., _money(totals[name], totals["currency"]), counts.get(name)
    of_invoices = {
        (one["clinic_id"], one["invoice_id"]): one["currency"]
        for one in report["entries"]
        if one["currency"]
    }
    only = report["totals"][0]["currency"] if len(report["totals"]) == 1 else None
    for entry in report["entries"]:
        of_invoice = of_invoices.get((entry["clinic_id"], entry["invoice_id"]))
        currency = entry["currency"] or only or of_invoice
        yield (
            date.fromisoformat(entry["business_date"]),
            *(_of_entry(entry[name], currency) for name in ("amount", "balance")),
        )


def _of_entry(minor: int | None, currency: str | None) -> object:
    if currency is None:
        return None if minor is None else f"{minor} minor units"
    return _money(minor, currency)


def outstanding_rows(summary: Answer, listed: Sequence[Answer]) -> Iterator[Row]:
    """Yield the rows a document of receivables must have."""
    for one in summary["currencies"]:
        sums = [*one["buckets"], one["outstanding"], *(one[name] for name in _APART)]
        yield from ((..., _money(s["amount"], one["currency"]), s["count"]) for s in sums)
    for one in listed:
        amounts = [one["charge"], one["adjustments"], one["landed"], one["balance"]]
        amounts += [one["buckets"][name] for name in _AGES]
        yield one["invoice_id"], *(_money(amount, one["currency"]) for amount in amounts)


def agree(expected: Row, found: Row) -> bool:
    """Tell whether a row shows what it must: its name, and at its end every figure in order."""
    name, *figures = expected
    return _names(name, str(found[0])) and list(found[len(found) - len(figures) :]) == figures


def _names(expected: object, text: str) -> bool:
    if isinstance(expected, date):
        numbers = {int(number) for number in re.findall(r"\d+", text)}
        return expected.year in numbers
    return expected is ... or (expected or "") == text
