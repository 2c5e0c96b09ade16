"""A Synthea CSV export in memory: claims with their charges, payments and adjustments.

Every row is either counted or listed as a problem; an amount is exact or refused.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from careledger.errors import CareledgerError
from careledger.events.envelope import parse_instant
from careledger.events.fields import PayerType
from careledger.events.rejection import EventRejectedError
from careledger.money import MoneyError, minor_units
from ingest.sources.csv_table import read_rows
from ingest.sources.payloads import PatientName, SourceProblem

PATIENTS: Final = "patients.csv"
ENCOUNTERS: Final = "encounters.csv"
CLAIMS: Final = "claims.csv"
TRANSACTIONS: Final = "claims_transactions.csv"

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    PATIENTS: ("Id", "FIRST", "MIDDLE", "LAST"),
    ENCOUNTERS: ("Id", "ORGANIZATION", "ENCOUNTERCLASS"),
    CLAIMS: (
        "Id",
        "PATIENTID",
        "PROVIDERID",
        "PRIMARYPATIENTINSURANCEID",
        "APPOINTMENTID",
        "SERVICEDATE",
    ),
    TRANSACTIONS: (
        "ID",
        "CLAIMID",
        "TYPE",
        "AMOUNT",
        "METHOD",
        "FROMDATE",
        "PAYMENTS",
        "ADJUSTMENTS",
    ),
}
_AMOUNT_COLUMNS: Final = {"CHARGE": "AMOUNT", "PAYMENT": "PAYMENTS", "ADJUSTMENT": "ADJUSTMENTS"}
_TRANSFERS: Final = frozenset({"TRANSFERIN", "TRANSFEROUT"})


class Claim(Struct, kw_only=True):
    """One claim: who owes it to whom, and what its CHARGE rows add up to."""

    claim_id: str
    line: int
    patient_id: str
    clinic_id: str
    payer_type: PayerType
    served_at: datetime
    provider: str | None
    category: str | None
    charged: int = 0
    issued_at: datetime | None = None
    complete: bool = True
    """False once a CHARGE row was refused: a sum without it would be wrong."""


class Payment(Struct, frozen=True, kw_only=True):
    """One PAYMENT row."""

    row_id: str
    claim: Claim
    amount: int
    method: str
    at: datetime


class Adjustment(Struct, frozen=True, kw_only=True):
    """One ADJUSTMENT row; the amount is what it takes off the charge."""

    row_id: str
    claim: Claim
    amount: int
    at: datetime


class SyntheaExport(Struct, kw_only=True):
    """Everything of an export that concerns money, and every row that could not be counted."""

    names: dict[str, PatientName] = field(default_factory=dict[str, PatientName])
    claims: dict[str, Claim] = field(default_factory=dict[str, Claim])
    payments: list[Payment] = field(default_factory=list[Payment])
    adjustments: list[Adjustment] = field(default_factory=list[Adjustment])
    problems: list[SourceProblem] = field(default_factory=list[SourceProblem])

    def invoiced(self) -> Iterator[tuple[Claim, datetime]]:
        """Yield each claim whose charges are known in full, with its earliest FROMDATE."""
        for claim in self.claims.values():
            if claim.complete and claim.issued_at is not None:
                yield claim, claim.issued_at


def read_export(directory: Path, currency: str) -> SyntheaExport:
    """Read the four files of an export that concern money; memory grows with the export.

    Args:
        directory: the folder of the CSV files.
        currency: ISO 4217 code of all amounts; Synthea names none.

    Raises:
        SourceUnreadableError: if a file or a column is missing.
    """
    reader = _Reader(currency)
    takers: dict[str, Callable[[int, tuple[str, ...]], None]] = {
        PATIENTS: reader.take_patient,
        ENCOUNTERS: reader.take_encounter,
        CLAIMS: reader.take_claim,
        TRANSACTIONS: reader.take_transaction,
    }
    export = reader.export
    for name, take in takers.items():
        for row in read_rows(directory / name, _COLUMNS[name]):
            if isinstance(row, SourceProblem):
                export.problems.append(row)
                continue
            try:
                take(row.line, row.cells)
            except _RowRefusedError as error:
                export.problems.append(SourceProblem(file=name, line=row.line, reason=str(error)))
    export.problems.extend(_claims_without_invoice(export))
    return export


def _claims_without_invoice(export: SyntheaExport) -> Iterator[SourceProblem]:
    for claim in export.claims.values():
        if not claim.complete:
            reason = "no invoice, because a CHARGE row of the claim was refused"
        elif claim.issued_at is None:
            reason = "no invoice, because the claim has no CHARGE row"
        else:
            continue
        yield SourceProblem(file=CLAIMS, line=claim.line, reason=reason)


class _RowRefusedError(CareledgerError):
    """A row that cannot be counted; the text names the column, never its value."""


class _Reader:
    def __init__(self, currency: str) -> None:
        self.export: Final = SyntheaExport()
        self._currency = currency
        self._encounters: dict[str, tuple[str, str]] = {}
        self._row_ids: set[str] = set()

    def take_patient(self, _line: int, cells: tuple[str, ...]) -> None:
        patient_id, first, middle, last = cells
        _refuse_repeated(patient_id, self.export.names)
        given = tuple(name for name in (first, middle) if name)
        self.export.names[patient_id] = PatientName(family=last, given=given)

    def take_encounter(self, _line: int, cells: tuple[str, ...]) -> None:
        encounter_id, organization, encounter_class = cells
        _refuse_repeated(encounter_id, self._encounters)
        if not organization:
            raise _RowRefusedError("ORGANIZATION is empty")
        self._encounters[encounter_id] = organization, encounter_class

    def take_claim(self, line: int, cells: tuple[str, ...]) -> None:
        claim_id, patient_id, provider, insurance, encounter_id, served = cells
        _refuse_repeated(claim_id, self.export.claims)
        if not patient_id:
            raise _RowRefusedError("PATIENTID is empty")
        if encounter_id not in self._encounters:
            raise _RowRefusedError("APPOINTMENTID is not the Id of an encounter that could be read")
        clinic_id, category = self._encounters[encounter_id]
        self.export.claims[claim_id] = Claim(
            claim_id=claim_id,
            line=line,
            patient_id=patient_id,
            clinic_id=clinic_id,
            # Synthea leaves the insurer empty where nobody insures the patient.
            payer_type="insurance" if insurance else "patient",
            served_at=_instant(served, "SERVICEDATE"),
            provider=provider or None,
            category=category or None,
        )

    def take_transaction(self, _line: int, cells: tuple[str, ...]) -> None:
        row_id, claim_id, kind, *_ = cells
        if kind in _TRANSFERS:
            return
        claim = self.export.claims.get(claim_id)
        if claim is None:
            raise _RowRefusedError("CLAIMID is not the Id of a claim that could be read")
        try:
            _refuse_repeated(row_id, self._row_ids)
            self._take_money(claim, cells)
        except _RowRefusedError:
            claim.complete = claim.complete and kind != "CHARGE"
            raise
        self._row_ids.add(row_id)

    def _take_money(self, claim: Claim, cells: tuple[str, ...]) -> None:
        row_id, _, kind, charged, method, from_date, paid, adjusted = cells
        if kind not in _AMOUNT_COLUMNS:
            raise _RowRefusedError("TYPE is none that Synthea writes")
        at = _instant(from_date, "FROMDATE")
        text = {"CHARGE": charged, "PAYMENT": paid, "ADJUSTMENT": adjusted}[kind]
        amount = self._amount(text, _AMOUNT_COLUMNS[kind])
        if kind == "CHARGE":
            claim.charged += amount
            claim.issued_at = min(claim.issued_at or at, at)
        elif kind == "ADJUSTMENT":
            self.export.adjustments.append(
                Adjustment(row_id=row_id, claim=claim, amount=amount, at=at)
            )
        elif not method:
            raise _RowRefusedError("METHOD is empty")
        else:
            self.export.payments.append(
                Payment(row_id=row_id, claim=claim, amount=amount, method=method, at=at)
            )

    def _amount(self, text: str, column: str) -> int:
        try:
            amount = minor_units(text, self._currency)
        except MoneyError as error:
            raise _RowRefusedError(f"{column}: {error}") from None
        if amount < 0 and column != "ADJUSTMENTS":
            raise _RowRefusedError(f"{column} is below zero")
        return amount


def _refuse_repeated(value: str, known: Container[str]) -> None:
    if not value:
        raise _RowRefusedError("the id is empty")
    if value in known:
        raise _RowRefusedError("the id is repeated")


def _instant(text: str, column: str) -> datetime:
    try:
        return parse_instant(text)
    except EventRejectedError:
        raise _RowRefusedError(f"{column} is not an instant with an offset") from None
