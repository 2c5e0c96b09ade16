"""What one process is given: the settings all share, with a login to PostgreSQL of its own."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from deploy.local.installation import Installation
from deploy.local.settings import PREFIX, given_settings

from careledger.database_roles import SERVICES, role_of

MIGRATIONS = "migrations"
_URL = f"{PREFIX}DATABASE_URL"
_NOT_FOR = {
    "aggregator": frozenset({"INGEST_TOKENS"}),
    "report-api": frozenset({"INGEST_TOKENS"}),
    "pdf-worker": frozenset({"INGEST_TOKENS", "SECRET"}),
}
"""Secrets that a process has no use for, so they are not in its environment."""


def own_settings(
    name: str, installation: Installation, settings: Mapping[str, str]
) -> dict[str, str]:
    """Return the settings of one process.

    A service signs in to our own PostgreSQL as its own role. In a database that was given to us it
    signs in as it was told to, and works in its role all the same. Secrets it has no use for are
    left out.

    Args:
        name: of the service; the migrations stay the owner and set the passwords of all.
        installation: whose passwords count.
        settings: as all share them.
    """
    left_out = {PREFIX + secret for secret in _NOT_FOR.get(name, ())}
    settings = {key: value for key, value in settings.items() if key not in left_out}
    if _URL in given_settings():
        return settings
    passwords = installation.secrets().database_passwords
    if name == MIGRATIONS:
        pairs = ",".join(f"{service}:{password}" for service, password in passwords.items())
        return {**settings, f"{PREFIX}DATABASE_PASSWORDS": pairs}
    for service in SERVICES:
        if service == name:
            address = _signed_in(settings[_URL], role_of(service), passwords[service])
            return {**settings, _URL: address}
    return settings


def _signed_in(address: str, user: str, password: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=f"{user}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()
