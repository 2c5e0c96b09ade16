"""Money is never a float: not in a variable, not in a quotient, not in a column."""

import pytest

from support.architecture.money import MONEY_PATHS, floats, floats_near_money, is_money, sql_floats
from support.architecture.sources import Source, sources

PRODUCT = sources("shared/src/*.py", "services/*/src/*.py", "deploy/*.py", "bench/*.py")
MONEY = [one for one in PRODUCT if is_money(one)]


def test_every_place_of_money_exists() -> None:
    assert [pattern for pattern in MONEY_PATHS if not sources(pattern)] == []


def test_nothing_that_is_money_is_a_float() -> None:
    assert [problem for one in MONEY for problem in floats(one)] == []


@pytest.mark.parametrize("text", ["x = 0.5", "def f(x: float): ...", "x = total / count"])
def test_a_planted_float_is_found(text: str) -> None:
    assert len(floats(Source("shared/src/careledger/money.py", text))) == 1


@pytest.mark.parametrize("text", ['folder / "a.sql"', "directory / name", "total // count"])
def test_a_path_and_a_whole_quotient_are_no_floats(text: str) -> None:
    assert floats(Source("shared/src/careledger/money.py", text)) == []


def test_no_float_is_named_like_money() -> None:
    assert [problem for one in PRODUCT for problem in floats_near_money(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        "amount: float = 1",
        "def pay(amount: float | None): ...",
        "def balance() -> float: ...",
        "float(row.amount)",
        "share = paid / charges",
    ],
)
def test_a_planted_float_that_is_named_like_money_is_found(text: str) -> None:
    assert len(floats_near_money(Source("services/one.py", text))) == 1


def test_a_time_may_be_a_float() -> None:
    assert floats_near_money(Source("services/one.py", "timeout_seconds: float = 1 / 2")) == []


def test_no_column_and_no_expression_of_sql_is_a_float() -> None:
    assert [problem for one in sources("*.sql") for problem in sql_floats(one)] == []


@pytest.mark.parametrize("text", ["amount double precision", "x::float8", "amount real", "a money"])
def test_a_planted_float_in_sql_is_found(text: str) -> None:
    assert len(sql_floats(Source("one.sql", f"CREATE TABLE t ({text})"))) == 1


def test_a_comment_in_sql_may_speak_of_money() -> None:
    assert sql_floats(Source("one.sql", "-- money, never real\nSELECT 1")) == []
