"""How commands speak: plain tables, secrets from standard input only."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from report_api.accounts import AccountError


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings, in columns as wide as their widest cell."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def clinics_text(clinic_ids: Sequence[str] | None) -> str:
    """Say which clinics an account may see."""
    return "every clinic" if clinic_ids is None else " ".join(clinic_ids)


def read_password(*, from_stdin: bool) -> str:
    """Read a password from standard input, or ask for it twice.

    Raises:
        AccountError: if standard input is empty.
    """
    if not from_stdin:
        return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise AccountError("Standard input holds no password.")
    return password
