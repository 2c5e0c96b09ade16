"""`report-api clinics`: registers clinics, one or a file of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from careledger import audit_trail
from careledger.commands import in_transaction
from careledger.events.fields import IDENTIFIER_PATTERN
from careledger.postgres import Connection
from report_api.accounts import AccountError
from report_api.cli.output import print_table
from report_api.clinics import ClinicSettings, list_clinics, put_clinic
from report_api.clinics_file import read_clinics_file
from report_api.settings import SERVICE

app = typer.Typer(help="Clinics: names, zones and terms.", no_args_is_help=True)


@app.command("put")
def put(
    clinic_id: Annotated[str, typer.Argument(help="The id its events carry.")],
    name: Annotated[str, typer.Option(help="What people call it.")],
    time_zone: Annotated[str, typer.Option(help="IANA zone, such as America/New_York.")],
    terms_days: Annotated[int, typer.Option(help="Days from issue until due.")] = 30,
    patient_url: Annotated[
        str | None, typer.Option(help="Page of a patient, with {patient_id} in it.")
    ] = None,
    *,
    numeric_patient_ids: Annotated[
        bool, typer.Option(help="Nine or ten bare digits are its own patient numbers.")
    ] = False,
) -> None:
    """Register a clinic, or change it from now on."""
    if not re.fullmatch(IDENTIFIER_PATTERN, clinic_id):
        raise AccountError("A clinic id has 1-128 printable ASCII characters without spaces.")
    try:
        settings = ClinicSettings(
            name=name,
            time_zone=time_zone,
            terms_days=terms_days,
            patient_url=patient_url,
            numeric_patient_ids=numeric_patient_ids,
        )
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        lines = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problems)
        raise AccountError("\n".join(lines)) from error
    in_transaction(SERVICE, lambda connection: _put_all(connection, {clinic_id: settings}))
    typer.echo("registered")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV with a heading line; see the guide.")],
) -> None:
    """Register the clinics of a CSV file, all or none.

    Columns: clinic_id, name, time_zone, terms_days, and if wanted patient_url and
    numeric_patient_ids (true or false).
    """
    clinics = read_clinics_file(file)
    in_transaction(SERVICE, lambda connection: _put_all(connection, clinics))
    typer.echo(f"{len(clinics)} registered")


@app.command("list")
def show() -> None:
    """List the clinics."""
    print_table(
        ("clinic_id", "name", "time_zone", "terms_days", "state"),
        [
            (
                clinic.clinic_id,
                clinic.name or "",
                clinic.time_zone,
                str(clinic.terms_days),
                "confirmed" if clinic.confirmed else "unconfirmed",
            )
            for clinic in in_transaction(SERVICE, list_clinics)
        ],
    )


async def _put_all(connection: Connection, clinics: dict[str, ClinicSettings]) -> None:
    for clinic_id, settings in clinics.items():
        await put_clinic(connection, clinic_id, settings, by=audit_trail.operator())
        done = audit_trail.command_record(
            SERVICE,
            "clinic.changed",
            f"clinics/{clinic_id}",
            clinic_ids=(clinic_id,),
            details={"time_zone": settings.time_zone, "terms_days": settings.terms_days},
        )
        await audit_trail.record(connection, done)
