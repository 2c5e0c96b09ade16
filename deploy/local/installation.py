"""The one lasting stack of this clone: its places, records, settings and secrets, held together."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deploy.local.places import Places, places_of
from deploy.local.records import Records, write_private
from deploy.local.settings import PREFIX, LocalSettings, load_settings
from deploy.local.stack import Stack

from careledger.database_roles import SERVICES, DatabaseService

ROLES = ("admin", "finance", "staff", "collections", "auditor")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is drawn once and kept as long as the data."""

    root: str
    """The secret every key of the services is derived from, hexadecimal."""
    ingest_token: str
    """The token with which the source ``demo`` sends events."""
    passwords: dict[str, str]
    """One per role; the user is named like it."""
    database_passwords: dict[DatabaseService, str]
    """One per service, for its own role in our own PostgreSQL."""


class Installation:
    """Everything a command needs to know about this clone's stack."""

    def __init__(self, settings: LocalSettings) -> None:
        """Find what earlier commands left."""
        self.settings = settings
        self.places: Places = places_of(settings.local_home)
        self.records = Records(self.places.home / "state.json")
        self.stack = Stack(self.places, self.records, settings)

    @property
    def name(self) -> str:
        """Tells this installation from others that may share a server."""
        return hashlib.sha256(str(self.places.home).encode()).hexdigest()[:8]

    def secrets(self) -> Secrets:
        """The secrets of this installation, drawn at the first call."""
        kept = self.places.home / "secrets.json"
        stored: dict[str, Any] = {}
        if kept.exists():
            stored = json.loads(kept.read_text(encoding="utf-8"))
        # What an earlier version has drawn stays; what it did not know yet is drawn now.
        drawn = {**_draw(), **stored}
        if drawn != stored:
            write_private(kept, json.dumps(drawn, indent=2))
        return Secrets(**drawn)

    def once(self, name: str, settings: Mapping[str, str], step: Callable[[], str]) -> str:
        """Do a step unless it was done for this database; another one needs its own.

        Returns:
            What the step says, or that there was nothing to do.
        """
        database = hashlib.sha256(settings[f"{PREFIX}DATABASE_URL"].encode()).hexdigest()
        mark = self.places.home / f"{name}.done"
        if mark.exists() and mark.read_text(encoding="ascii") == database:
            return "there already"
        said = step()
        write_private(mark, database)
        return said


def _draw() -> dict[str, Any]:
    return {
        "root": secrets.token_hex(32),
        "ingest_token": secrets.token_urlsafe(24),
        "passwords": {role: secrets.token_urlsafe(12) for role in ROLES},
        "database_passwords": {service: secrets.token_hex(24) for service in SERVICES},
    }


def this_installation() -> Installation:
    """The installation of the clone this code lies in.

    Raises:
        LocalStackError: a setting is wrong.
    """
    return Installation(load_settings())
