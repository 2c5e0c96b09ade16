"""Which figures are hidden: pure rules over one month of one currency.

The month is the finest grain that is ever told, and a coarser figure is told only as the sum of
told months. So nothing can be learned by asking for several ranges or granularities: the only
sums that hold hidden figures are those of a breakdown within one month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from careledger.reports.revenue.figures import COLUMNS, Figures

PATIENTS_MIN: Final = 11
"""A figure of fewer distinct patients, but of any, is small."""

FAMILIES: Final = (
    ("payments", ("gross_payments", "payment_count")),
    ("refunds", ("refunds", "refund_count")),
    ("chargebacks", ("chargebacks",)),
    ("corrections", ("payment_corrections",)),
    ("fees", ("processor_fees",)),
    ("charges", ("charges", "charge_count")),
    ("charge_corrections", ("charge_corrections",)),
    ("contractual", ("contractual_adjustments",)),
    ("other", ("other_adjustments",)),
    ("voids", ("voids",)),
    ("write_offs", ("write_offs",)),
)
"""Figures that the same entries make up, and so the same patients."""

Shown: TypeAlias = tuple[int | None, ...]
"""Figures in the order of the columns; None is one that is hidden."""
Patients: TypeAlias = Mapping[str, int]
"""Distinct patients by family."""

_PLACES: Final = {
    family: tuple(COLUMNS.index(column) for column in columns) for family, columns in FAMILIES
}


def shown_groups(
    groups: Mapping[str, tuple[Figures, Patients]], together: tuple[Figures, Patients]
) -> tuple[dict[str, Shown], Shown]:
    """Hide what few patients make up, and one figure more wherever any is hidden.

    Args:
        groups: figures and patients of each value of the breakdown; empty without one.
        together: figures and patients of all of them; patients of several groups count once.

    Returns:
        What is shown of each group, and of all together.
    """
    hidden: dict[str, set[str]] = {group: set() for group in groups}
    for family in _PLACES:
        for group in _hidden_in(family, groups):
            hidden[group].add(family)
    of_all = {family for family in _PLACES if is_small(family, *together)}
    return (
        {group: _without(figures, hidden[group]) for group, (figures, _) in groups.items()},
        _without(together[0], of_all),
    )


def is_small(family: str, figures: Figures, patients: Patients) -> bool:
    """Tell whether so few patients make up a figure that it is hidden; no patient is not few."""
    count = patients.get(family, 0)
    if count == 0:
        # A figure nobody is found for is not zero: better hidden than told.
        return any(figures[place] for place in _PLACES[family])
    return count < PATIENTS_MIN


def added(parts: Iterable[Shown]) -> Shown:
    """Sum what is shown, column by column; a sum with anything hidden in it is hidden."""
    sums = tuple(
        None if None in column else sum(value for value in column if value is not None)
        for column in zip(*parts, strict=True)
    )
    return sums or (0,) * len(COLUMNS)


def _hidden_in(family: str, groups: Mapping[str, tuple[Figures, Patients]]) -> list[str]:
    small = [group for group, told in groups.items() if is_small(family, *told)]
    if not small:
        return []
    # All together is shown, or could be known: a lone hidden figure would be what is missing.
    # The next smallest has at least the least number of patients, so the hidden sum has as well.
    rest = [
        (patients[family], group)
        for group, (_, patients) in groups.items()
        if group not in small and patients.get(family)
    ]
    return [*small, *(group for _, group in sorted(rest)[:1])]


def _without(figures: Figures, hidden: set[str]) -> Shown:
    places = {place for family in hidden for place in _PLACES[family]}
    return tuple(None if place in places else value for place, value in enumerate(figures))
