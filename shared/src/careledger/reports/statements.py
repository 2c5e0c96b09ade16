"""Reads the SQL statements that lie beside the modules of the read model."""

from importlib.resources import files


def statement(path: str) -> str:
    """Return a statement's text.

    Args:
        path: below careledger/reports, without the ending: "revenue/metrics".
    """
    return (files("careledger.reports") / f"{path}.sql").read_text()
