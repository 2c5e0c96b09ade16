"""Loads a Synthea CSV export into an SQLite file, to be read as a practice's database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, text

from careledger.errors import ConfigurationError
from ingest.sources.synthea_export import SyntheaExport, read_export

_METADATA: Final = MetaData()
_INSERTED_AT_A_TIME: Final = 10_000


def _table(name: str, *columns: str) -> Table:
    return Table(
        name,
        _METADATA,
        Column("id", Text, primary_key=True),
        Column("clinic_id", Text),
        Column("patient_id", Text),
        *(Column(one, Integer if one == "amount" else Text) for one in columns),
    )


_PATIENTS: Final = _table("patients", "family_name", "given_name")
_INVOICES: Final = _table(
    "invoices", "amount", "issued_at", "served_at", "payer_type", "provider", "category"
)
_ADJUSTMENTS: Final = _table("adjustments", "invoice_id", "amount", "adjusted_at")
_PAYMENTS: Final = _table("payments", "invoice_id", "amount", "method", "received_at")
_Row = tuple[Any, ...]


def load(directory: Path, database: Path, currency: str) -> dict[str, int]:
    """Write a new SQLite file with the patients, invoices, adjustments and payments of an export.

    Returns:
        How many rows each table has, and under `problems` how many rows could not be read.

    Raises:
        ConfigurationError: if the file is there already.
        SourceUnreadableError: if a file or a column of the export is missing.
    """
    if database.exists():
        raise ConfigurationError(f"{database} is there already; choose another name")
    export = read_export(directory, currency)
    counts = {"problems": len(export.problems)}
    engine = create_engine(f"sqlite:///{database}", isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            # A file that is not finished is written anew, so nothing has to survive a crash.
            connection.execute(text("PRAGMA synchronous = OFF"))
            connection.execute(text("PRAGMA journal_mode = OFF"))
            _METADATA.create_all(connection)
            for table, rows in _tables(export):
                names = [column.name for column in table.columns]
                values = [dict(zip(names, row, strict=True)) for row in rows]
                counts[table.name] = len(values)
                for start in range(0, len(values), _INSERTED_AT_A_TIME):
                    part = values[start : start + _INSERTED_AT_A_TIME]
                    connection.execute(table.insert(), part)
    finally:
        engine.dispose()
    return counts


def _tables(export: SyntheaExport) -> Iterator[tuple[Table, Iterator[_Row]]]:
    yield _PATIENTS, _patients(export)
    yield _INVOICES, _invoices(export)
    yield (
        _ADJUSTMENTS,
        (
            (
                one.row_id,
                one.claim.clinic_id,
                one.claim.patient_id,
                one.claim.claim_id,
                -one.amount,
                one.at.isoformat(),
            )
            for one in export.adjustments
        ),
    )
    yield (
        _PAYMENTS,
        (
            (
                one.row_id,
                one.claim.clinic_id,
                one.claim.patient_id,
                one.claim.claim_id,
                one.amount,
                one.method,
                one.at.isoformat(),
            )
            for one in export.payments
        ),
    )


def _invoices(export: SyntheaExport) -> Iterator[_Row]:
    for claim, issued_at in export.invoiced():
        yield (
            claim.claim_id,
            claim.clinic_id,
            claim.patient_id,
            claim.charged,
            issued_at.isoformat(),
            claim.served_at.isoformat(),
            claim.payer_type,
            claim.provider,
            claim.category,
        )


def _patients(export: SyntheaExport) -> Iterator[_Row]:
    """Yield a patient once per clinic seen: each clinic has its own index of names."""
    seen = {(claim.patient_id, claim.clinic_id) for claim, _ in export.invoiced()}
    for patient_id, clinic_id in sorted(seen):
        name = export.names.get(patient_id)
        if name is not None:
            key = f"{patient_id}:{clinic_id}"
            yield key, clinic_id, patient_id, name.family, " ".join(name.given)
