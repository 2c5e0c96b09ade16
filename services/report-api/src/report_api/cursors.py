"""Cursors of lists: place, as-of day and watermark, sealed, for one question of one account.

They are encrypted, because the key of a row may hold a patient id that its reader may not see.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from careledger.deidentification import derive_key
from careledger.reports.answers import Meta
from report_api.errors import InvalidError
from report_api.identity.callers import Caller


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins, and for which day and watermark; `after` None is the first page."""

    after: str | None
    as_of: date | None
    watermark: str | None


class Listed(Protocol):
    """What a cursor belongs to: every field but cursor and limit."""

    @property
    def cursor(self) -> str | None:
        """The cursor given."""
        ...

    def model_dump_json(self, *, exclude: set[str]) -> str:
        """Write the question as JSON."""
        ...


class Question(Listed, Protocol):
    """A question about figures, which a cursor keeps the moment of."""

    @property
    def as_of(self) -> date | None:
        """The day asked for."""
        ...

    @property
    def watermark(self) -> str | None:
        """The watermark asked for."""
        ...


class _Sealed(msgspec.Struct, array_like=True):
    after: str
    as_of: date
    watermark: str


_decoder = msgspec.json.Decoder(_Sealed)


class Cursors:
    """Seals cursors and opens its own, if question and account are still the same.

    AES-SIV gives the same cursor for the same place, so that equal answers stay equal.
    """

    def __init__(self, secret: str) -> None:
        self._cipher = AESSIV(derive_key(secret, "cursor"))

    def next_page(self, after: str, meta: Meta, caller: Caller, question: Question) -> str:
        """Return the cursor of the page after a row."""
        body = msgspec.json.encode(_Sealed(after, meta.as_of, meta.watermark))
        return self.seal(body, caller, question)

    def seal(self, body: bytes, caller: Caller, question: Listed) -> str:
        """Return the cursor that holds what a list needs to go on."""
        sealed = self._cipher.encrypt(body, [_binding(caller, question)])
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def place(self, caller: Caller, question: Question) -> Place:
        """Return where a question's page begins.

        Raises:
            InvalidError: for a cursor that is not ours, or of another question or account.
        """
        body = self.unseal(caller, question)
        if body is None:
            return Place(None, question.as_of, question.watermark)
        place = _decoder.decode(body)
        return Place(place.after, place.as_of, place.watermark)

    def unseal(self, caller: Caller, question: Listed) -> bytes | None:
        """Return what the cursor of a question holds; None for the first page.

        Raises:
            InvalidError: for a cursor that is not ours, or of another question or account.
        """
        if question.cursor is None:
            return None
        padded = question.cursor + "=" * (-len(question.cursor) % 4)
        try:
            sealed = base64.b64decode(padded, altchars=b"-_", validate=True)
            return self._cipher.decrypt(sealed, [_binding(caller, question)])
        except (ValueError, InvalidTag) as error:
            raise InvalidError("query", "cursor", "is not a cursor of this question") from error


def _binding(caller: Caller, question: Listed) -> bytes:
    asked = question.model_dump_json(exclude={"cursor", "limit"})
    return f"{type(question).__name__}\n{caller.kind}\n{caller.account_id}\n{asked}".encode()
