"""Reads a CSV file of clinics: every wrong line is named, and then none is taken."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from careledger.errors import CareledgerError
from careledger.events.fields import IDENTIFIER_PATTERN
from report_api.clinics import ClinicSettings

_NEEDED: Final = ("clinic_id", "name", "time_zone", "terms_days")
_ALLOWED: Final = frozenset({*_NEEDED, "patient_url", "numeric_patient_ids"})
_BOOLEANS: Final = {"true": True, "false": False, "": False}
_PROBLEMS_MAX: Final = 20


class ClinicsFileError(CareledgerError):
    """A file that is not taken; the text names lines and columns."""


def read_clinics_file(file: Path) -> dict[str, ClinicSettings]:
    """Read clinics by id.

    Raises:
        ClinicsFileError: naming every wrong line; the values are not repeated.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            _check_heading(list(reader.fieldnames or ()))
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise ClinicsFileError(f"The file cannot be read: {type(error).__name__}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise ClinicsFileError("The file is not CSV in UTF-8.") from error
    clinics: dict[str, ClinicSettings] = {}
    problems: list[str] = []
    for line, row in rows:
        clinic_id = row.pop("clinic_id", None) or ""
        if clinic_id in clinics:
            problems.append(f"line {line}: clinic_id: is there twice")
        elif not re.fullmatch(IDENTIFIER_PATTERN, clinic_id):
            problems.append(f"line {line}: clinic_id: 1-128 printable ASCII characters, no spaces")
        else:
            _add(clinics, clinic_id, row, line, problems)
    if problems:
        raise ClinicsFileError("\n".join(problems[:_PROBLEMS_MAX]))
    if not clinics:
        raise ClinicsFileError("The file holds no clinic.")
    return clinics


def _check_heading(names: list[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    if missing or len(names) != len(set(names)) or not set(names) <= _ALLOWED:
        raise ClinicsFileError(
            f"The first line must name the columns {', '.join(_NEEDED)}, each once;"
            " patient_url and numeric_patient_ids may follow, others may not."
        )


def _add(
    clinics: dict[str, ClinicSettings],
    clinic_id: str,
    row: dict[str | Any, str | Any],
    line: int,
    problems: list[str],
) -> None:
    if None in row or None in row.values():
        problems.append(f"line {line}: has not as many cells as the first line")
        return
    days = row["terms_days"]
    try:
        clinics[clinic_id] = ClinicSettings(
            name=row["name"],
            time_zone=row["time_zone"],
            terms_days=int(days) if re.fullmatch(r"\d{1,4}", days, re.ASCII) else -1,
            patient_url=row.get("patient_url") or None,
            numeric_patient_ids=_BOOLEANS[row.get("numeric_patient_ids", "").lower()],
        )
    except KeyError:
        problems.append(f"line {line}: numeric_patient_ids: true or false")
    except ValidationError as error:
        problems.extend(
            f"line {line}: {'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)
        )
