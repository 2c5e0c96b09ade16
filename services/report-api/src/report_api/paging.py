"""Pages: signs the key of the next one, in the answer and as a `Link` (RFC 8288)."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from careledger.reports.answers import Meta, Page
from report_api.access import Visit
from report_api.cursors import Cursors, Place, Question


def place_of(request: Request, visit: Visit, question: Question) -> Place:
    """Return where the page asked for begins.

    Raises:
        InvalidError: for a cursor that is not of this question and account.
    """
    cursors: Cursors = request.app.state.cursors
    return cursors.place(visit.caller, question)


def signed_page(request: Request, visit: Visit, question: Question, meta: Meta, page: Page) -> Page:
    """Return the page with its next key signed; the last page stays as it is."""
    if page.next is None:
        return page
    cursors: Cursors = request.app.state.cursors
    return Page(limit=page.limit, next=cursors.next_page(page.next, meta, visit.caller, question))


def with_next(request: Request, response: Response, page: Page) -> Response:
    """Add the `Link` to the next page of a GET to its answer."""
    if page.next is not None:
        query = urlencode({**request.query_params, "cursor": page.next})
        response.headers["Link"] = f'<{quote(request.scope["path"])}?{query}>; rel="next"'
    return response
