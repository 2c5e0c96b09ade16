"""Finished documents by signed link: the owner's account is checked again, every look recorded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path as FilePath
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from careledger import audit_trail
from careledger.storage import DocumentStore
from report_api.access import ACQUIRE_SECONDS, Gate, public
from report_api.auditing import audit_record, path_of
from report_api.errors import NotFoundError
from report_api.exports import Export, find_export, still_allowed
from report_api.facts import facts_of
from report_api.identity.callers import Caller, caller_of_account
from report_api.identity.tokens import AccountKind
from report_api.links import FILES, Links
from report_api.parameters import Identifier, Plain, PlainInteger

router = APIRouter(prefix=FILES, tags=["Exports"])

_LAST_SECOND = 253_402_300_799
_ADDRESS_LASTS: Final = timedelta(seconds=30)
"""Enough to follow a redirect."""


class LinkParameters(Plain):
    """The parts of a signed link; taken as they were handed out."""

    kind: AccountKind
    owner: Identifier
    expires: PlainInteger = Field(ge=0, le=_LAST_SECOND)
    signature: Annotated[str, Field(max_length=128)]


@router.get(
    "/{export_id}",
    operation_id="downloadExport",
    summary="Download a document",
    response_class=FileResponse,
    responses={
        200: {"content": {"application/pdf": {}}, "description": "The document."},
        307: {"description": "The document is in the bucket, at this address for a moment."},
    },
    dependencies=[public("the link is signed for one export and one account", counted=True)],
)
async def download(
    export_id: Annotated[str, Path(pattern="^[0-9a-f-]{36}$")],
    link: Annotated[LinkParameters, Query()],
    request: Request,
) -> Response:
    """Download a finished document; any link that does not hold is 404, like a random one."""
    links: Links = request.app.state.links
    if not links.holds(
        export_id, link.kind, link.owner, expires=link.expires, signature=link.signature
    ):
        raise NotFoundError
    gate: Gate = request.app.state.gate
    store: DocumentStore = request.app.state.store
    async with gate.pool.acquire(timeout=ACQUIRE_SECONDS) as connection, connection.transaction():
        caller = await caller_of_account(connection, link.kind, link.owner)
        export = await find_export(connection, export_id)
        document = _document(store, export, caller, link)
        await audit_trail.record(
            connection,
            audit_record(
                request,
                "export.downloaded",
                outcome="denied" if document is None else "success",
                resource=path_of(request),
                caller=caller,
                actor=(link.kind, link.owner),
                details={"digest": export.digest} if export else None,
            ),
        )
    facts_of(request).accounted = True
    if document is None or export is None:
        raise NotFoundError
    if isinstance(document, str):
        return RedirectResponse(document, 307, {"Cache-Control": "no-store"})
    name = f"careledger-{export.report}-{export.requested_at:%Y-%m-%d}.pdf"
    return FileResponse(document, media_type="application/pdf", filename=name)


def _document(
    store: DocumentStore, export: Export | None, caller: Caller | None, link: LinkParameters
) -> FilePath | str | None:
    """The file, or its address for a moment, if the export is ready and still its owner's."""
    if export is None or caller is None or export.result_key is None or export.state != "ready":
        return None
    if (export.owner_kind, export.owner_id) != (link.kind, link.owner):
        return None
    if not still_allowed(export, caller):
        return None
    return store.file(export.result_key) or store.address(export.result_key, lasts=_ADDRESS_LASTS)
