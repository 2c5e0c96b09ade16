"""The registry of clinics, for administrators."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from careledger.events.fields import IDENTIFIER_PATTERN
from report_api.access import Visit, allowed
from report_api.clinics import (
    ClinicSettings,
    RegisteredClinic,
    find_clinic,
    list_clinics,
    put_clinic,
)
from report_api.errors import NotFoundError
from report_api.parameters import NoParameters, Plain
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/clinics", tags=["Clinics"])

_ClinicId = Annotated[str, Path(pattern=IDENTIFIER_PATTERN, examples=["harbor"])]
_Seen = Annotated[Visit, allowed(Permission.CLINICS_MANAGE, "clinic.viewed")]
_Changed = Annotated[Visit, allowed(Permission.CLINICS_MANAGE, "clinic.changed", writes=True)]


class ClinicList(Plain):
    """Clinics in order of their id."""

    clinics: list[RegisteredClinic]


@router.get("", operation_id="listClinics", summary="List clinics")
async def read_list(visit: _Seen, _: Annotated[NoParameters, Query()]) -> ClinicList:
    """List the clinics in the caller's scope; unconfirmed ones are known from events only."""
    clinics = [one for one in await list_clinics(visit.connection) if visit.sees(one.clinic_id)]
    visit.note(count=len(clinics))
    return ClinicList(clinics=clinics)


@router.get("/{clinic_id:path}", operation_id="getClinic", summary="Read a clinic")
async def read_one(
    visit: _Seen, clinic_id: _ClinicId, _: Annotated[NoParameters, Query()]
) -> RegisteredClinic:
    """Read how a clinic is registered."""
    clinic = await find_clinic(visit.connection, clinic_id) if visit.sees(clinic_id) else None
    if clinic is None:
        raise NotFoundError
    visit.clinic_ids = (clinic_id,)
    return clinic


@router.put(
    "/{clinic_id:path}",
    operation_id="putClinic",
    summary="Register or change a clinic",
    responses={201: {"model": RegisteredClinic, "description": "Registered."}},
)
async def put_one(
    visit: _Changed,
    clinic_id: _ClinicId,
    settings: ClinicSettings,
    response: Response,
    _: Annotated[NoParameters, Query()],
) -> RegisteredClinic:
    """Register a clinic, before or after its first events.

    Zone and terms hold for what is recorded from now on; recorded dates stay as they are.
    """
    if not visit.sees(clinic_id):
        raise NotFoundError
    known = await find_clinic(visit.connection, clinic_id)
    await put_clinic(visit.connection, clinic_id, settings, by=visit.caller.name)
    visit.clinic_ids = (clinic_id,)
    visit.note(time_zone=settings.time_zone, terms_days=settings.terms_days)
    response.status_code = 201 if known is None else 200
    return RegisteredClinic(clinic_id=clinic_id, confirmed=True, **settings.model_dump())
