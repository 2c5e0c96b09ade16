"""What an attacker with a pencil learns: which unknowns a set of linear equations gives away."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

V = TypeVar("V", bound=Hashable)
_PRIME: Final = 2**61 - 1
"""Solved modulo a prime: coefficients are 1 and -1, so a wrong answer is out of the question."""


def determined(equations: Iterable[Mapping[V, int]]) -> set[V]:
    """Return every unknown that has one value only, whatever the right sides are.

    Args:
        equations: the coefficients of the unknowns in each equation.
    """
    rows: dict[V, dict[V, int]] = {}
    for equation in equations:
        row = {unknown: value % _PRIME for unknown, value in equation.items() if value}
        for pivot in [unknown for unknown in row if unknown in rows]:
            _subtract(row, rows[pivot], row.get(pivot, 0))
        if not row:
            continue
        pivot, value = next(iter(row.items()))
        inverse = pow(value, -1, _PRIME)
        row = {unknown: one * inverse % _PRIME for unknown, one in row.items()}
        for other in rows.values():
            _subtract(other, row, other.get(pivot, 0))
        rows[pivot] = row
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _subtract(row: dict[V, int], other: Mapping[V, int], times: int) -> None:
    if not times:
        return
    for unknown, value in other.items():
        left = (row.get(unknown, 0) - times * value) % _PRIME
        if left:
            row[unknown] = left
        else:
            row.pop(unknown, None)
