"""Statements are put together with one number for each name."""

from careledger.reports.statements import compose


def test_each_name_becomes_one_number_wherever_it_stands() -> None:
    found = compose("SELECT :start::date", "WHERE a = ANY(:ids) AND b > :start")

    assert found.text == "SELECT $1::date\nWHERE a = ANY($2) AND b > $1"
    assert found.names == ("start", "ids")
