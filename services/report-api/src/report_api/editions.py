"""Which edition of a report an answer is: the same question, scope, watermark and horizon is one.

An edition has an `ETag` (RFC 9110, weak: `meta.answered_at` differs). Whoever still holds it is
answered 304, after the same checks and with the same record as for a whole answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from careledger import clock
from careledger.reports.catalog import CATALOG
from careledger.reports.clinics import Clinic
from careledger.reports.position import read_position
from report_api.access import Visit
from report_api.identity.callers import Caller

HEADER: Final = "if-none-match"
NOT_MODIFIED: Final = 304
EDITION_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "headers": {
            "ETag": {
                "description": "Names this edition; send it back as `If-None-Match`.",
                "schema": {"type": "string"},
            }
        }
    },
    NOT_MODIFIED: {"description": "The edition named by `If-None-Match` is still this one."},
}
"""What a route that answers in editions says of it in the OpenAPI document."""

# Another meaning of a figure, or another shape of an answer, is another edition.
_MEANING: Final = msgspec.json.encode([(metric.id, metric.version) for metric in CATALOG])


class Known(NamedTuple):
    """What an edition may know: records below a watermark, and no day before the horizon."""

    watermark: str
    horizon: date | None


async def answer_if_held(
    request: Request, visit: Visit, clinics: Sequence[Clinic], *, shared: bool = False
) -> Response | None:
    """Answer 304 if the caller holds the edition that is the answer; None if it must be read.

    Args:
        request: with the whole question in path and query.
        visit: whose transaction the answer is read in.
        clinics: those the caller may see.
        shared: the answer depends on nothing of the caller but the clinics in scope.
    """
    if HEADER not in request.headers:
        return None
    position = await read_position(visit.connection)
    watermark = request.query_params.get("watermark", str(position.watermark))
    known = Known(watermark, position.horizon and position.horizon.day)
    etag = etag_of(request, visit.caller, clinics, known, shared=shared)
    if not holds(request, etag):
        return None
    asked = request.query_params.get("clinic_id")
    visit.clinic_ids = tuple(c.clinic_id for c in clinics if asked in {None, c.clinic_id})
    visit.note(watermark=watermark, status=NOT_MODIFIED)
    return Response(status_code=NOT_MODIFIED, headers={"ETag": etag})


def etag_of(
    request: Request,
    caller: Caller,
    clinics: Sequence[Clinic],
    known: Known,
    *,
    shared: bool,
) -> str:
    """Return the name of the edition that answers a question from a known set."""
    told = sha256(_MEANING)
    told.update(request.scope["path"].encode())
    told.update(msgspec.json.encode(sorted(request.query_params.multi_items())))
    told.update(msgspec.json.encode(known))
    days: dict[str, date] = {}
    for clinic in clinics:
        days.setdefault(clinic.time_zone, clock.today(clinic.time_zone))
        told.update(clinic.model_dump_json().encode())
        told.update(days[clinic.time_zone].isoformat().encode())
    if not shared:
        told.update(
            msgspec.json.encode([caller.kind, caller.account_id, *sorted(caller.permissions)])
        )
    return f'W/"{told.hexdigest()[:32]}"'


def holds(request: Request, etag: str) -> bool:
    """Tell whether `If-None-Match` names an edition; `*` names none, since nothing is stored."""
    given = ",".join(request.headers.getlist(HEADER))
    opaque = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == opaque for one in given.split(","))
