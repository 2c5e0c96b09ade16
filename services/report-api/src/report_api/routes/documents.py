"""The API's own documents: OpenAPI, a page to read and try it, a page for every problem type."""

from importlib.resources import files
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from report_api.access import public
from report_api.errors import NotFoundError
from report_api.parameters import NoParameters, Plain
from report_api.problems import PROBLEM_TYPES

_open = public("the documents hold no data")
documents = APIRouter(include_in_schema=False, dependencies=[_open])
problems = APIRouter(tags=["Health"], dependencies=[_open])

_CACHED = {"Cache-Control": "public, max-age=3600"}
# The reader's own styles are inline; nothing but this origin is asked for anything.
_READER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_READER = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Careledger report API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="reader"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reader",
  deepLinking: true,
  displayOperationId: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
"""


class ProblemPage(Plain):
    """What a problem type means, and what to do about it."""

    type: str
    title: str
    status: int
    advice: str


@documents.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """Serve the OpenAPI document."""
    spec: dict[str, Any] = request.app.openapi()
    return JSONResponse(spec, headers=_CACHED)


@documents.get("/docs")
async def reader() -> Response:
    """Serve the page that shows the document."""
    return HTMLResponse(_READER, headers={"Content-Security-Policy": _READER_POLICY})


@documents.get("/docs/start.js")
async def start() -> Response:
    """Serve the script that starts the reader; inline scripts are forbidden."""
    return Response(_START, media_type="text/javascript", headers=_CACHED)


@documents.get("/docs/{name}")
async def reader_file(name: Literal["swagger-ui.css", "swagger-ui-bundle.js"]) -> Response:
    """Serve the reader from the installation itself; nothing is fetched from elsewhere."""
    path = files("fastapi_offline") / "static" / name
    return FileResponse(str(path), headers=_CACHED)


@problems.get("/problems/{slug}", operation_id="getProblemType", summary="A problem type")
async def problem_type(slug: str, _: Annotated[NoParameters, Query()]) -> ProblemPage:
    """Say what a problem type means, and what to do about it."""
    kind = PROBLEM_TYPES.get(slug)
    if kind is None:
        raise NotFoundError
    return ProblemPage(
        type=f"/problems/{slug}", title=kind.title, status=kind.status, advice=kind.advice
    )
