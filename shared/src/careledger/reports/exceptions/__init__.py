"""Facts that do not fit together: kept, counted by the rules, and listed here with their sums."""

from careledger.reports.exceptions.models import (
    ExceptionKind,
    ExceptionRow,
    ExceptionsQuery,
    ExceptionsReport,
    ExceptionSum,
)
from careledger.reports.exceptions.report import read_exceptions

__all__ = [
    "ExceptionKind",
    "ExceptionRow",
    "ExceptionSum",
    "ExceptionsQuery",
    "ExceptionsReport",
    "read_exceptions",
]
