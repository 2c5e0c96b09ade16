"""Copies from a Synthea CSV export only the files and columns that the importer reads.

Rows, their order and every value stay as Synthea wrote them.
"""

import csv
import sys
from pathlib import Path
from typing import Final

KEPT: Final[dict[str, tuple[str, ...]]] = {
    "patients.csv": ("Id", "FIRST", "MIDDLE", "LAST"),
    "organizations.csv": ("Id", "NAME"),
    "encounters.csv": ("Id", "ORGANIZATION", "ENCOUNTERCLASS"),
    "claims.csv": (
        "Id",
        "PATIENTID",
        "PROVIDERID",
        "PRIMARYPATIENTINSURANCEID",
        "APPOINTMENTID",
        "SERVICEDATE",
    ),
    "claims_transactions.csv": (
        "ID",
        "CLAIMID",
        "TYPE",
        "AMOUNT",
        "METHOD",
        "FROMDATE",
        "TRANSFERTYPE",
        "PAYMENTS",
        "ADJUSTMENTS",
    ),
}


def reduce_export(source: Path, target: Path) -> None:
    """Write the kept columns of the kept files of ``source`` into ``target``."""
    for name, columns in KEPT.items():
        with (
            (source / name).open(encoding="utf-8", newline="") as wide,
            (target / name).open("w", encoding="utf-8", newline="") as narrow,
        ):
            writer = csv.DictWriter(
                narrow, columns, extrasaction="ignore", lineterminator="\n", strict=True
            )
            writer.writeheader()
            writer.writerows(csv.DictReader(wide, strict=True))


if __name__ == "__main__":
    reduce_export(Path(sys.argv[1]), Path(sys.argv[2]))
