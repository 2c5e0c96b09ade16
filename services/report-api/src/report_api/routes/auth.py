"""The OAuth 2.0 token endpoint (RFC 6749) and revocation (RFC 7009), form-encoded."""

import base64
import binascii
from typing import Annotated, Literal
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from report_api.access import public
from report_api.errors import ClientRefusedError, TokenRefusedError, UnsupportedError
from report_api.parameters import NoParameters
from report_api.providers import Providers, providers_of
from report_api.signin import Grant, SignIn

router = APIRouter(prefix="/api/v1/auth", tags=["Signing in"])

COOKIE = "careledger_refresh"
COOKIE_DELIVERY = "cookie"
_FORM = "application/x-www-form-urlencoded"
_Text = Annotated[str | None, Field(max_length=4_096)]


class TokenForm(BaseModel):
    """A token request; which fields count depends on `grant_type`."""

    model_config = ConfigDict(extra="ignore")  # RFC 6749: unknown parameters are ignored

    grant_type: _Text = Field(
        default=None, description="password, refresh_token or client_credentials"
    )
    username: _Text = None
    password: _Text = None
    refresh_token: _Text = None
    client_id: _Text = None
    client_secret: _Text = None
    scope: _Text = None
    refresh_token_delivery: _Text = Field(
        default=None,
        description="`cookie` puts the refresh token in an HttpOnly cookie, for browsers.",
    )


class RevocationForm(BaseModel):
    """Which sign-in to end; without a token, the one of the cookie."""

    model_config = ConfigDict(extra="ignore")

    token: _Text = None


class TokenAnswer(BaseModel):
    """An access token, and with a user's sign-in a refresh token (or its cookie)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the type's name
    expires_in: int = Field(description="Seconds until the access token ends.")
    refresh_token: str | None = None
    scope: str | None = None


@router.post(
    "/token",
    operation_id="createToken",
    summary="Get a token",
    dependencies=[public("it is where tokens come from", counted=True)],
    response_model_exclude_none=True,
)
async def create_token(
    request: Request, response: Response, form: Annotated[TokenForm, Form()]
) -> TokenAnswer:
    """Give a user a session by password, prolong one, or give a partner system a token.

    A refresh token is good for one use; its second use ends the session.
    """
    await _check_form(request)
    desk: SignIn = request.app.state.sign_in
    by_cookie = form.refresh_token_delivery == COOKIE_DELIVERY
    match form.grant_type:
        case "password":
            if not request.app.state.settings.password_sign_in:
                raise TokenRefusedError("unsupported_grant_type", "Sign in at the provider.")
            if not form.username or not form.password:
                raise TokenRefusedError("invalid_request", "username and password are needed.")
            grant = await desk.by_password(request, form.username, form.password)
        case "refresh_token":
            token = form.refresh_token or request.cookies.get(COOKIE)
            if not token:
                raise TokenRefusedError("invalid_request", "refresh_token is needed.")
            by_cookie = form.refresh_token is None
            grant = await desk.by_refresh_token(request, token)
        case "client_credentials":
            client_id, secret = _client_of(request, form)
            grant = await desk.by_client(request, client_id, secret, form.scope)
        case None:
            raise TokenRefusedError("invalid_request", "grant_type is needed.")
        case _:
            raise TokenRefusedError(
                "unsupported_grant_type", "Use password, refresh_token or client_credentials."
            )
    response.headers["Pragma"] = "no-cache"
    return _answer(request, response, grant, by_cookie=by_cookie)


@router.post(
    "/revoke",
    operation_id="revokeToken",
    summary="Sign out",
    dependencies=[public("the refresh token itself is the proof", counted=True)],
)
async def revoke_token(
    request: Request, response: Response, form: Annotated[RevocationForm, Form()]
) -> None:
    """End the session of a refresh token; its access tokens end with it."""
    await _check_form(request)
    desk: SignIn = request.app.state.sign_in
    token = form.token or request.cookies.get(COOKIE)
    if token:
        await desk.out(request, token)
    response.delete_cookie(COOKIE, path=router.prefix)


@router.get(
    "/providers",
    operation_id="listProviders",
    summary="Ways to sign in",
    dependencies=[public("who has not signed in yet must learn how")],
)
def list_providers(request: Request, _: Annotated[NoParameters, Query()]) -> Providers:
    """Tell a sign-in page what to offer."""
    return providers_of(request.app.state.settings)


def _answer(request: Request, response: Response, grant: Grant, *, by_cookie: bool) -> TokenAnswer:
    refresh_token = grant.refresh_token
    if by_cookie and refresh_token is not None:
        desk: SignIn = request.app.state.sign_in
        response.set_cookie(
            COOKIE,
            refresh_token,
            max_age=int(desk.idle_lasts.total_seconds()),
            path=router.prefix,
            secure=request.scope["scheme"] == "https",
            httponly=True,
            samesite="strict",
        )
        refresh_token = None
    return TokenAnswer(
        access_token=grant.access_token,
        expires_in=grant.expires_in_seconds,
        refresh_token=refresh_token,
        scope=grant.scope,
    )


async def _check_form(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _FORM:
        raise UnsupportedError
    names = [name for name, _ in (await request.form()).multi_items()]
    if len(names) != len(set(names)):
        raise TokenRefusedError("invalid_request", "A parameter is given more than once.")


def _client_of(request: Request, form: TokenForm) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ClientRefusedError from error
        client_id, _, secret = text.partition(":")
        return unquote_plus(client_id), unquote_plus(secret)
    if not form.client_id or not form.client_secret:
        raise ClientRefusedError
    return form.client_id, form.client_secret
