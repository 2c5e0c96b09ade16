"""The rules by which an invoice is open, overdue or closed, and what stands on its plan; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from careledger.events.payments import Installment
from careledger.reports.aging import Slice, held_by

ReceivableStatus = Literal[
    "current", "overdue", "collection", "paid", "written_off", "voided", "credit"
]

_PLAN = msgspec.json.Decoder(list[Installment])


def read_plan(installments: str | None) -> list[Slice]:
    """Return the parts of a plan as the ledger keeps it; empty without one."""
    if installments is None:
        return []
    return [Slice(part.due_on, part.amount) for part in _PLAN.decode(installments)]


def open_slices(balance: int, due_on: date, plan: Sequence[Slice]) -> list[Slice]:
    """Return the parts of an open balance by the dates they age by; none of a closed one."""
    if balance <= 0:
        return []
    if not plan:
        return [Slice(due_on, balance)]
    return [part for part in held_by(balance, plan) if part.amount > 0]


def oldest_open_date(balance: int, due_on: date, plan: Sequence[Slice]) -> date:
    """Return the due date a row shows: the oldest open one; of a settled plan the last."""
    slices = open_slices(balance, due_on, plan)
    if slices:
        return slices[0].due_on
    return max((part.due_on for part in plan), default=due_on)


def receivable_status(
    *, balance: int, effective_write_off: int, voided: bool, in_collections: bool, days_overdue: int
) -> ReceivableStatus:
    """Return an invoice's status.

    Args:
        balance: X - E, in minor units.
        effective_write_off: E.
        voided: whether a void is in the set.
        in_collections: whether the latest of sent and recalled is sent.
        days_overdue: calendar days past the oldest open date.
    """
    if balance < 0:
        return "credit"
    if balance > 0:
        if in_collections:
            return "collection"
        return "overdue" if days_overdue > 0 else "current"
    if voided:
        return "voided"
    return "written_off" if effective_write_off > 0 else "paid"
