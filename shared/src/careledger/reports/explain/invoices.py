"""Explains balances of receivables: the legs that stand on them, and what the rules add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import asyncpg

from careledger.postgres import Connection
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.explain.legs import show_leg
from careledger.reports.explain.models import ExplainedLeg, Rule
from careledger.reports.explain.weights import BALANCE, Counted, group_of
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import planned, statement

_LEGS: Final = statement("explain/invoice_legs")


class Subject(NamedTuple):
    """An invoice or a payment, and whose it is; the latter is asked with and never shown."""

    clinic_no: int
    patient_id: str
    id: str
    since: date = date.min
    """When it was issued or received: none of its legs is of an earlier day."""


class Line(NamedTuple):
    """A leg, or what a rule adds, and how much; shown only if its page is."""

    amount: int
    subject: Subject
    row: asyncpg.Record | None = None
    rule: Rule | None = None


class InvoiceLegs(NamedTuple):
    """The legs of one invoice in the set."""

    subject: Subject
    rows: Sequence[asyncpg.Record]

    def counted(self, counted: Sequence[Counted], until: date | None = None) -> int:
        """Sum the legs that count, of those in effect until a day."""
        weights = _weights(counted)
        return sum(
            weights.get(_kind_of(row), 0) * row["amount"]
            for row in self.rows
            if until is None or row["effective_on"] <= until
        )

    def state(self, until: date | None = None) -> tuple[int, int]:
        """Return X and what was written off, from the legs alone."""
        before_write_off = tuple(one for one in BALANCE if one.kind != "write_off")
        written_off = tuple(one for one in BALANCE if one.kind == "write_off")
        return self.counted(before_write_off, until), -self.counted(written_off, until)

    def lines(self, counted: Sequence[Counted], *, sign: int = 1) -> list[Line]:
        """Return the legs that count, with what each adds."""
        weights = _weights(counted)
        return [
            Line(sign * weights[_kind_of(row)] * row["amount"], self.subject, row=row)
            for row in self.rows
            if row["amount"] and _kind_of(row) in weights
        ]

    def shown(self, counted: Sequence[Counted], snapshot: Snapshot) -> list[ExplainedLeg]:
        """Show the legs that count, with what each adds."""
        return show_lines(self.lines(counted), snapshot)

    def rule(self, rule: Rule, amount: int) -> list[Line]:
        """Return what a rule adds, unless it is nothing."""
        return [Line(amount, self.subject, rule=rule)] if amount else []


def show_lines(lines: Sequence[Line], snapshot: Snapshot) -> list[ExplainedLeg]:
    """Show lines as an answer has them."""
    clinic_ids = snapshot.clinic_ids
    return [
        ExplainedLeg(
            kind=None,
            rule=line.rule,
            amount=line.amount,
            clinic_id=clinic_ids[line.subject.clinic_no],
            invoice_id=line.subject.id,
        )
        if line.row is None
        else show_leg(line.row, clinic_ids, line.amount)
        for line in lines
    ]


async def read_invoice_legs(
    connection: Connection, snapshot: Snapshot, as_of: date, subjects: Sequence[Subject]
) -> list[InvoiceLegs]:
    """Return the legs that stand on some invoices as of a day, in the order of the invoices."""
    parameters = {
        **snapshot.parameters,
        "as_of": as_of,
        "wanted_clinics": [one.clinic_no for one in subjects],
        "wanted_patients": [one.patient_id for one in subjects],
        "wanted_invoices": [one.id for one in subjects],
        "wanted_since": [one.since for one in subjects],
    }
    found: defaultdict[tuple[int, str], list[asyncpg.Record]] = defaultdict(list)
    async with planned(connection, "once"):
        legs = await _LEGS.fetch(connection, parameters)
    for row in legs:
        found[row["clinic_no"], row["invoice_id"]].append(row)
    return [InvoiceLegs(one, found[one.clinic_no, one.id]) for one in subjects]


def explained_balance(legs: InvoiceLegs, *, balance: int, shows: int, sign: int = 1) -> list[Line]:
    """Return the lines that make up one balance, or the part of it that a bucket shows.

    Args:
        legs: the legs that stand on the invoice.
        balance: what the report says it is.
        shows: how much of it the figure counts.
        sign: -1 if the figure shows balances below zero above it.

    Raises:
        FiguresDisagreeError: if legs and rules come to another balance.
    """
    before_write_off, written_off = legs.state()
    effective = min(max(0, written_off), max(0, before_write_off))
    if before_write_off - effective != balance:
        raise FiguresDisagreeError("the legs of a receivable do not sum up to its balance")
    return [
        *legs.lines(BALANCE, sign=sign),
        *legs.rule("write_off_not_effective", sign * (written_off - effective)),
        *legs.rule("in_other_buckets", sign * (shows - balance)),
    ]


def _weights(counted: Sequence[Counted]) -> Mapping[tuple[str, str, bool], int]:
    return {(one.kind, one.group, one.is_mirror): one.weight for one in counted}


def _kind_of(row: asyncpg.Record) -> tuple[str, str, bool]:
    return row["kind"], group_of(row["kind"], row["reason"]), row["is_mirror"]
