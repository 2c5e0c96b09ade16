"""Small cells are hidden, and one more with them, so that subtraction tells nothing."""

from hypothesis import given
from hypothesis import strategies as st

from careledger.reports.revenue.figures import COLUMNS, NO_FIGURES, Figures
from careledger.reports.suppressed.cells import (
    FAMILIES,
    PATIENTS_MIN,
    added,
    is_small,
    shown_groups,
)
from support.solver import determined

GROSS = COLUMNS.index("gross_payments")
REFUNDS = COLUMNS.index("refunds")


def paid(amount: int, *, refunds: int = 0) -> Figures:
    figures = list(NO_FIGURES)
    figures[GROSS], figures[COLUMNS.index("payment_count")] = amount, 1
    figures[REFUNDS] = refunds
    return tuple(figures)


def by(patients: int, *, refunded: int = 0) -> dict[str, int]:
    return {"payments": patients, "refunds": refunded}


def test_ten_patients_are_hidden_and_eleven_are_not() -> None:
    assert is_small("payments", paid(500), by(10))
    assert not is_small("payments", paid(500), by(11))


def test_nobody_is_not_few() -> None:
    groups, together = shown_groups({"cash": (NO_FIGURES, {})}, (NO_FIGURES, {}))

    assert groups["cash"] == NO_FIGURES
    assert together == NO_FIGURES


def test_a_figure_nobody_is_found_for_is_hidden() -> None:
    assert is_small("payments", paid(500), {})


def test_with_a_small_cell_the_next_smallest_is_hidden_and_no_other() -> None:
    shown, together = shown_groups(
        {"cash": (paid(7), by(3)), "card": (paid(500), by(40)), "check": (paid(90), by(12))},
        (paid(597), by(50)),
    )

    assert [shown[group][GROSS] for group in ("cash", "check", "card")] == [None, None, 500]
    assert together[GROSS] == 597


def test_each_figure_is_a_cell_of_its_own() -> None:
    shown, together = shown_groups({}, (paid(597, refunds=20), by(50, refunded=2)))

    assert shown == {}
    assert (together[GROSS], together[REFUNDS]) == (597, None)


def test_a_sum_with_anything_hidden_in_it_is_hidden() -> None:
    assert added([(1, 2), (3, None)]) == (4, None)


def test_a_sum_of_nothing_is_zero() -> None:
    assert added([]) == NO_FIGURES


@given(st.lists(st.sets(st.integers(0, 60), max_size=40), min_size=1, max_size=6))
def test_no_hidden_figure_can_be_computed_from_those_shown(patients: list[set[int]]) -> None:
    groups = {f"g{index}": of_group for index, of_group in enumerate(patients)}
    everybody = set[int]().union(*patients)
    shown, together = shown_groups(
        {
            group: (paid(len(some)) if some else NO_FIGURES, by(len(some)))
            for group, some in groups.items()
        },
        (paid(len(everybody)) if everybody else NO_FIGURES, by(len(everybody))),
    )

    told = [{group: 1} for group, figures in shown.items() if figures[GROSS] is not None]
    told += [{"together": 1}] if together[GROSS] is not None else []
    known = determined([*told, {**dict.fromkeys(groups, 1), "together": -1}])
    hidden = [group for group in groups if {group: 1} not in told]

    small = {group for group, some in groups.items() if 0 < len(some) < PATIENTS_MIN}
    assert small & known == set()
    assert small <= set(hidden)
    # What is known of all hidden ones together is not about few patients either.
    assert not hidden or not {"together"} & known or len(_union(groups, hidden)) >= PATIENTS_MIN


def _union(groups: dict[str, set[int]], names: list[str]) -> set[int]:
    return set[int]().union(*(groups[name] for name in names))


def test_every_column_belongs_to_one_family() -> None:
    columns = [column for _, of_family in FAMILIES for column in of_family]

    assert sorted(columns) == sorted(COLUMNS)
