"""A row of a Synthea export that cannot be counted becomes a problem, and only that row."""

from pathlib import Path

import pytest

from ingest.sources.payloads import SourceEvent, SourceProblem, SourceUnreadableError
from ingest.sources.synthea import read_clinics, read_events
from support.synthea_files import (
    ADJUSTMENT,
    CHARGE,
    CLAIM,
    ENCOUNTER,
    NEW_YORK,
    PATIENT,
    PAYMENT,
    Cells,
    problems_of,
    write_export,
)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**PAYMENT, "PAYMENTS": "60.005"}, "PAYMENTS: amount has more than 2 decimals"),
        ({**PAYMENT, "PAYMENTS": "6e1"}, "PAYMENTS: amount is not a plain decimal number"),
        ({**PAYMENT, "PAYMENTS": "-60.00"}, "PAYMENTS is below zero"),
        ({**PAYMENT, "METHOD": ""}, "METHOD is empty"),
        ({**PAYMENT, "FROMDATE": "2025-03-03"}, "FROMDATE is not an instant with an offset"),
        ({**PAYMENT, "TYPE": "REBATE"}, "TYPE is none that Synthea writes"),
        ({**PAYMENT, "ID": ""}, "the id is empty"),
        ({**PAYMENT, "ID": "row-1"}, "the id is repeated"),
        (
            {**PAYMENT, "CLAIMID": "claim-0"},
            "CLAIMID is not the Id of a claim that could be read",
        ),
        ({**ADJUSTMENT, "ADJUSTMENTS": ""}, "ADJUSTMENTS: amount is not a plain decimal number"),
    ],
)
def test_a_bad_transaction_is_named_by_file_line_and_column(
    tmp_path: Path, row: Cells, reason: str
) -> None:
    export = write_export(tmp_path, CHARGE, row)

    assert problems_of(export) == [
        SourceProblem(file="claims_transactions.csv", line=3, reason=reason)
    ]


def test_a_claim_with_a_refused_charge_has_no_invoice_but_keeps_its_payments(
    tmp_path: Path,
) -> None:
    bad = {**CHARGE, "ID": "row-9", "AMOUNT": "1.001"}

    *problems, payment = read_events(write_export(tmp_path, CHARGE, bad, PAYMENT), NEW_YORK)

    assert problems == [
        SourceProblem(
            file="claims_transactions.csv",
            line=3,
            reason="AMOUNT: amount has more than 2 decimals",
        ),
        SourceProblem(
            file="claims.csv",
            line=2,
            reason="no invoice, because a CHARGE row of the claim was refused",
        ),
    ]
    assert isinstance(payment, SourceEvent)
    assert payment.envelope.type == "payment.succeeded"


def test_a_claim_without_charges_has_no_invoice(tmp_path: Path) -> None:
    export = write_export(tmp_path, PAYMENT)

    assert problems_of(export) == [
        SourceProblem(
            file="claims.csv", line=2, reason="no invoice, because the claim has no CHARGE row"
        )
    ]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (
            {**CLAIM, "APPOINTMENTID": "visit-0"},
            "APPOINTMENTID is not the Id of an encounter that could be read",
        ),
        ({**CLAIM, "PATIENTID": ""}, "PATIENTID is empty"),
        ({**CLAIM, "SERVICEDATE": "soon"}, "SERVICEDATE is not an instant with an offset"),
    ],
)
def test_a_bad_claim_is_named(tmp_path: Path, claim: Cells, reason: str) -> None:
    export = write_export(tmp_path, claims=[claim])

    assert problems_of(export)[0] == SourceProblem(file="claims.csv", line=2, reason=reason)


def test_an_encounter_without_organization_is_named(tmp_path: Path) -> None:
    export = write_export(tmp_path, encounters=[{**ENCOUNTER, "ORGANIZATION": ""}])

    assert problems_of(export)[0] == SourceProblem(
        file="encounters.csv", line=2, reason="ORGANIZATION is empty"
    )


def test_a_repeated_patient_is_named_without_the_name(tmp_path: Path) -> None:
    export = write_export(tmp_path, patients=[PATIENT, PATIENT])

    assert problems_of(export) == [
        SourceProblem(file="patients.csv", line=3, reason="the id is repeated")
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"patient-2,Bo,,Rask,extra\n", "the row has 5 cells instead of 4"),
        (b"patient-2,Bj\xf6rn,,Rask\n", "the row is not UTF-8"),
        (b'patient-2,"Bo" x,,Rask\n', "the row is not valid CSV"),
    ],
)
def test_a_line_that_is_no_row_is_named_and_the_next_is_read(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    export = write_export(tmp_path)
    file = export / "patients.csv"
    header, good = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(header + line + good)

    *problems, recorded, _invoice = read_events(export, NEW_YORK)

    assert problems == [SourceProblem(file="patients.csv", line=2, reason=reason)]
    assert isinstance(recorded, SourceEvent)
    assert recorded.patient_name is not None


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    export = write_export(tmp_path)
    (export / "claims.csv").write_text("Id,PATIENTID\n", encoding="utf-8")

    with pytest.raises(SourceUnreadableError, match="no column PROVIDERID, PRIMARYPATIENT"):
        list(read_events(export, NEW_YORK))


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    export = write_export(tmp_path)
    (export / "claims.csv").write_bytes(b"")

    with pytest.raises(SourceUnreadableError, match="no header line"):
        list(read_events(export, NEW_YORK))


def test_an_organization_that_is_no_row_is_named(tmp_path: Path) -> None:
    export = write_export(tmp_path)
    (export / "organizations.csv").write_text("Id,NAME\nclinic-1\n", encoding="utf-8")

    assert list(read_clinics(export, NEW_YORK)) == [
        SourceProblem(file="organizations.csv", line=2, reason="the row has 1 cells instead of 2")
    ]


def test_a_patient_without_a_row_is_billed_without_a_name(tmp_path: Path) -> None:
    export = write_export(tmp_path, patients=[{**PATIENT, "Id": "patient-2"}])

    [invoice] = read_events(export, NEW_YORK)

    assert isinstance(invoice, SourceEvent)
    assert invoice.envelope.type == "invoice.issued"
