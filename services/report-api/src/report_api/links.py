"""Download links: signed for one export and one account, good for minutes, worth nothing else."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from careledger import clock
from careledger.deidentification import derive_key
from report_api.identity.tokens import AccountKind

FILES: Final = "/api/v1/files"


@dataclass(frozen=True, slots=True)
class Link:
    """A path to hand out, and until when it holds."""

    href: str
    expires_at: datetime


class Links:
    """Signs links, and tells the ones it signed from all others."""

    def __init__(self, secret: str, *, lasts: timedelta) -> None:
        self._key = derive_key(secret, "export-link")
        self._lasts = lasts

    def sign(self, export_id: str, owner_kind: AccountKind, owner_id: str) -> Link:
        """Return a link for one export and its owner."""
        expires_at = (clock.now() + self._lasts).replace(microsecond=0)
        expires = int(expires_at.timestamp())
        query = urlencode(
            {
                "kind": owner_kind,
                "owner": owner_id,
                "expires": expires,
                "signature": self._signature(export_id, owner_kind, owner_id, expires),
            }
        )
        return Link(f"{FILES}/{export_id}?{query}", expires_at)

    def holds(
        self, export_id: str, owner_kind: str, owner_id: str, *, expires: int, signature: str
    ) -> bool:
        """Tell whether a link was signed here for exactly this, and still holds."""
        expected = self._signature(export_id, owner_kind, owner_id, expires)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            return False
        return clock.now() < datetime.fromtimestamp(expires, UTC)

    def _signature(self, export_id: str, owner_kind: str, owner_id: str, expires: int) -> str:
        message = "\n".join((export_id, owner_kind, owner_id, str(expires)))
        digest = hmac.digest(self._key, message.encode(), sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
