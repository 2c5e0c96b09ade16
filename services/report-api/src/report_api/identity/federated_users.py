"""Rows of users whom an issuer vouches for: as their last token said, or disabled here."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from careledger import clock
from careledger.postgres import Connection
from report_api.identity.federation import Federated

_KNOWN_MAX: Final = 10_000

_KEEP: Final = """
INSERT INTO federated_users AS f
    (user_id, issuer, subject, name, role, clinic_ids, first_seen_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, role = excluded.role,
    clinic_ids = excluded.clinic_ids, seen_at = excluded.seen_at
WHERE (f.name, f.role, f.clinic_ids) IS DISTINCT FROM
    (excluded.name, excluded.role, excluded.clinic_ids)
"""


class FederatedUsers:
    """Keeps what tokens say of their users, once for each thing they say.

    A download link carries no token, and an administrator must be able to turn somebody away whom
    the issuer still lets in: both need a row.
    """

    def __init__(self) -> None:
        self._kept: Final[OrderedDict[Federated, None]] = OrderedDict()

    async def keep(self, connection: Connection, user: Federated) -> None:
        """Make the row say what a token says; outside a transaction, where two wait for each other.

        Args:
            connection: not in a transaction.
            user: of a verified token.
        """
        if user in self._kept:
            return
        clinic_ids = None if user.clinic_ids is None else sorted(user.clinic_ids)
        await connection.execute(
            _KEEP,
            user.user_id,
            user.issuer,
            user.subject,
            user.name,
            user.role,
            clinic_ids,
            clock.now(),
        )
        self._kept[user] = None
        while len(self._kept) > _KNOWN_MAX:
            self._kept.popitem(last=False)
