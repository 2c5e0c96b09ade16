"""Who asks for a document may have to have signed in just now, or in a certain way (RFC 9470)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from careledger import clock
from report_api.errors import SignInAgainError
from report_api.identity.callers import Caller
from report_api.settings import ReportApiSettings

_SKEW: Final = timedelta(seconds=60)


def require_fresh_sign_in(caller: Caller, settings: ReportApiSettings) -> None:
    """Refuse a user whose sign-in is too old, or not of a kind that is asked for.

    A partner system proves itself anew for each of its short tokens, so nothing more is asked of
    it. Kinds are the issuer's: built-in users have their password alone and pass none.

    Raises:
        SignInAgainError: saying what sign-in would do.
    """
    seconds_max = settings.export_sign_in_seconds
    acr_values = [one for one in settings.export_acr.split(",") if one]
    if caller.kind == "client" or (
        _is_recent(caller, seconds_max) and (not acr_values or caller.acr in acr_values)
    ):
        return
    raise SignInAgainError(seconds_max=seconds_max, acr_values=acr_values)


def _is_recent(caller: Caller, seconds_max: int) -> bool:
    if not seconds_max:
        return True
    if caller.signed_in_at is None:
        return False
    age = clock.now() - caller.signed_in_at
    return -_SKEW <= age <= timedelta(seconds=seconds_max)
