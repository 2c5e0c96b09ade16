"""Writes tiny Synthea exports: one wellness visit by default, any cell overridden by its column."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.sources.payloads import SourceEvent, SourceProblem
from ingest.sources.synthea import SyntheaOptions, read_events

Cells = Mapping[str, str]

PATIENT: Cells = {"Id": "patient-1", "FIRST": "Ana", "MIDDLE": "", "LAST": "Quiles"}
ENCOUNTER: Cells = {"Id": "visit-1", "ORGANIZATION": "clinic-1", "ENCOUNTERCLASS": "wellness"}
CLAIM: Cells = {
    "Id": "claim-1",
    "PATIENTID": "patient-1",
    "PROVIDERID": "provider-1",
    "PRIMARYPATIENTINSURANCEID": "insurer-1",
    "APPOINTMENTID": "visit-1",
    "SERVICEDATE": "2025-03-03T15:00:00Z",
}
CHARGE: Cells = {
    "ID": "row-1",
    "CLAIMID": "claim-1",
    "TYPE": "CHARGE",
    "AMOUNT": "100.00",
    "METHOD": "",
    "FROMDATE": "2025-03-03T15:00:00Z",
    "PAYMENTS": "0.00",
    "ADJUSTMENTS": "0.00",
}
PAYMENT: Cells = {
    **CHARGE,
    "ID": "row-2",
    "TYPE": "PAYMENT",
    "AMOUNT": "",
    "METHOD": "ECHECK",
    "PAYMENTS": "60.00",
}
ADJUSTMENT: Cells = {
    **CHARGE,
    "ID": "row-3",
    "TYPE": "ADJUSTMENT",
    "AMOUNT": "",
    "METHOD": "SYSTEM",
    "ADJUSTMENTS": "12.50",
}
TRANSFER_IN: Cells = {**CHARGE, "ID": "row-4", "TYPE": "TRANSFERIN", "AMOUNT": "40.00"}

NEW_YORK = SyntheaOptions(dataset="tiny", time_zone="America/New_York")


def write_export(
    directory: Path,
    *transactions: Cells,
    patients: Sequence[Cells] = (PATIENT,),
    encounters: Sequence[Cells] = (ENCOUNTER,),
    claims: Sequence[Cells] = (CLAIM,),
) -> Path:
    """Write the files of an export into a folder and return it."""
    organizations = [{"Id": "clinic-1", "NAME": "Harbor Clinic"}]
    _write(directory / "organizations.csv", organizations)
    _write(directory / "patients.csv", patients)
    _write(directory / "encounters.csv", encounters)
    _write(directory / "claims.csv", claims)
    _write(directory / "claims_transactions.csv", transactions or (CHARGE,))
    return directory


def events_of(directory: Path, options: SyntheaOptions = NEW_YORK) -> list[SourceEvent]:
    """Read an export that is expected to have no problems."""
    read = list(read_events(directory, options))
    events = [item for item in read if isinstance(item, SourceEvent)]
    assert len(events) == len(read), "the export has problems"
    return events


def problems_of(directory: Path, options: SyntheaOptions = NEW_YORK) -> list[SourceProblem]:
    """Read an export for its problems."""
    return [item for item in read_events(directory, options) if isinstance(item, SourceProblem)]


def _write(path: Path, rows: Sequence[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
