"""One authorized request: who asks, its transaction, and what its audit record tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from careledger.postgres import Connection
from careledger.reports.answers import Meta
from careledger.reports.clinics import Clinic, read_clinics
from report_api.errors import ForbiddenError, UnanswerableError
from report_api.identity.callers import Caller
from report_api.identity.tokens import Bearer
from report_api.permissions import Permission


@dataclass(slots=True)
class Visit:
    """One authorized request: who asks, and the transaction in which it is answered."""

    caller: Caller
    connection: Connection
    bearer: Bearer
    noted: dict[str, str | int | list[str]] = field(
        default_factory=dict[str, str | int | list[str]]
    )
    clinic_ids: tuple[str, ...] = ()
    patient_ids: tuple[str, ...] = ()
    """Whose data the answer shows; one who is noted as `patient_id` need not be named again."""

    async def clinics(self, *, planned_once: bool = False) -> list[Clinic]:
        """Read the clinics the caller may see.

        Args:
            planned_once: what is read after them needs no plan of its own.

        Raises:
            UnanswerableError: if there is none yet.
        """
        clinics = await read_clinics(
            self.connection, self.caller.clinic_ids, planned_once=planned_once
        )
        if not clinics:
            raise UnanswerableError("No clinic that this account may see is known yet.")
        return clinics

    def sees(self, clinic_id: str) -> bool:
        """Tell whether a clinic lies in the caller's scope."""
        return self.caller.clinic_ids is None or clinic_id in self.caller.clinic_ids

    def require(self, permission: Permission) -> None:
        """Refuse unless the caller has a further permission.

        Raises:
            ForbiddenError: if not.
        """
        if not self.caller.may(permission):
            raise ForbiddenError

    def saw(self, meta: Meta) -> None:
        """Note which figures were shown: clinics, day, watermark and digest."""
        self.clinic_ids = tuple(clinic.clinic_id for clinic in meta.clinics)
        self.note(as_of=meta.as_of.isoformat(), watermark=meta.watermark, digest=meta.digest)

    def showed_patients(self, patient_ids: Iterable[str | None]) -> None:
        """Note whose data the answer shows, each patient once; None is a row without one."""
        self.patient_ids = tuple(dict.fromkeys(one for one in patient_ids if one is not None))

    def note(self, **details: str | int | list[str] | None) -> None:
        """Add what the audit record tells: checked parameters and counts, never a name."""
        self.noted.update({name: value for name, value in details.items() if value is not None})

    @property
    def whose_data(self) -> tuple[str, ...]:
        """Whose data the answer shows; else who was asked for."""
        noted = self.noted.get("patient_id")
        asked = (noted,) if isinstance(noted, str) else ()
        return self.patient_ids or asked
