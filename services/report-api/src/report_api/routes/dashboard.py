"""The dashboard's built files: one page for all its addresses, each answer with a fresh nonce."""

import html
import mimetypes
import secrets
from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from report_api.access import public
from report_api.errors import NotFoundError
from report_api.providers import origins_of, providers_of
from report_api.settings import ReportApiSettings

router = APIRouter(
    prefix="/staff/reports",
    include_in_schema=False,
    dependencies=[public("the dashboard's files hold no data")],
)

NONCE_PLACEHOLDER: Final = "__CSP_NONCE__"
SIGN_IN_PLACEHOLDER: Final = "__SIGN_IN__"
_NOT_BUILT: Final = "The dashboard has not been built here; `make frontend` does it."
# The names of built files carry a digest of their content.
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}


@router.get("")
@router.get("/{address:path}")
def page(request: Request) -> Response:
    """Serve the page, whatever its address: the dashboard itself reads the rest."""
    settings: ReportApiSettings = request.app.state.settings
    index: FilePath = settings.built_dashboard / "index.html"
    if not index.is_file():
        raise NotFoundError(_NOT_BUILT)
    nonce = secrets.token_urlsafe(24)
    ways = providers_of(settings)
    text = index.read_text(encoding="utf-8").replace(NONCE_PLACEHOLDER, nonce)
    text = text.replace(SIGN_IN_PLACEHOLDER, html.escape(ways.model_dump_json()))
    allowed = policy(nonce, origins=origins_of(settings))
    return HTMLResponse(text, headers={"Content-Security-Policy": allowed})


door = APIRouter(
    include_in_schema=False, dependencies=[public("an address that leads to the dashboard")]
)


@door.get("/")
def enter(request: Request) -> Response:
    """Lead whoever opens the bare address to the dashboard, where there is one."""
    if not (request.app.state.settings.built_dashboard / "index.html").is_file():
        raise NotFoundError
    return RedirectResponse(router.prefix, status_code=307)


# Declared first: the page's own route takes every address that is left.
files = APIRouter(
    prefix=f"{router.prefix}/assets",
    include_in_schema=False,
    dependencies=[public("the dashboard's files hold no data")],
)


@files.get("/{name}")
def file(name: Annotated[str, Path(pattern=r"^[\w.-]+$")], request: Request) -> Response:
    """Serve a built file, compressed if the browser can read it so."""
    folder: FilePath = request.app.state.settings.built_dashboard / "assets"
    path = folder / name
    if name.startswith(".") or not path.is_file():
        raise NotFoundError
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": _IMMUTABLE, "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in _ENCODINGS.items():
        smaller = folder / (name + suffix)
        if encoding in accepted and smaller.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(smaller, media_type=media_type, headers=headers)
    return FileResponse(path, media_type=media_type, headers=headers)


def policy(nonce: str, *, origins: Sequence[str]) -> str:
    """Return the page's content security policy: its own scripts, and what those load.

    Args:
        nonce: of this answer.
        origins: of an issuer, which scripts may speak with to sign in.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}' 'strict-dynamic'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            " ".join(("connect-src 'self'", *origins)),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
