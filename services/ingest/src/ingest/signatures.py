"""Standard Webhooks signatures over raw bodies; whatever comes, the answer is yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from standardwebhooks import Webhook

HEADERS: Final = ("webhook-id", "webhook-timestamp", "webhook-signature")
BODY_BYTES_MAX: Final = 1024 * 1024


class WebhookSignatures:
    """The secrets of the sources that sign what they send; each may have several while it rotates.

    A signature holds for five minutes. There is no store of what was seen before: the same signed
    body sent again carries the same event ids and changes nothing.
    """

    def __init__(self, secrets: Mapping[str, tuple[str, ...]]) -> None:
        self._set: Final = [
            (Webhook(secret), source) for source, several in secrets.items() for secret in several
        ]
        self._webhooks = list(self._set)

    def learn(self, secrets: Sequence[tuple[str, str]]) -> None:
        """Take over secrets given out (secret, source), beside those of the settings."""
        self._webhooks = [*self._set, *((Webhook(secret), source) for secret, source in secrets)]

    def source_of(self, body: bytes, headers: Mapping[str, str]) -> str | None:
        """Return the name of the source that signed a body, or None."""
        signed = {name: headers.get(name, "") for name in HEADERS}
        for webhook, source in self._webhooks:
            if _verified(webhook, body, signed):
                return source
        return None


def _verified(webhook: Webhook, body: bytes, headers: dict[str, str]) -> bool:
    try:
        webhook.verify(body, headers, json_parse=False)
    # The library raises ValueError, UnicodeDecodeError and others on hostile headers and bodies.
    except Exception:  # noqa: BLE001
        return False
    return True
