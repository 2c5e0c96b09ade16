"""Who is asking: name, role, permissions, and the clinics in scope, so that a screen can fit."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from careledger.reports.clinics import read_clinics
from report_api.access import Visit, allowed
from report_api.parameters import NoParameters, Plain
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["Signing in"])

_Seen = Annotated[Visit, allowed(Permission.ACCOUNT_READ, "account.viewed")]


class AccountClinic(Plain):
    """One clinic the user may see."""

    clinic_id: str
    name: str | None
    time_zone: str


class Account(Plain):
    """The signed-in user as the API sees it."""

    name: str
    role: str
    permissions: list[str] = Field(description="What the role may do, in order.")
    clinics: list[AccountClinic]


@router.get("/account", operation_id="getAccount", summary="The signed-in user")
async def get_account(visit: _Seen, _: Annotated[NoParameters, Query()]) -> Account:
    """Tell a user's screen what to offer; the API itself decides anew on every request."""
    clinics = await read_clinics(visit.connection, visit.caller.clinic_ids)
    return Account(
        name=visit.caller.name,
        role=visit.caller.role,
        permissions=sorted(visit.caller.permissions),
        clinics=[
            AccountClinic(clinic_id=c.clinic_id, name=c.name, time_zone=c.time_zone)
            for c in clinics
        ],
    )
