"""Messages to administrators by e-mail, webhook or chat, through addresses of the environment.

Whoever raises an alert says so once, when something begins to be wrong, and once when it is right
again: what was wrong before is known from tables, so that restarts and replicas repeat nothing.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, Literal

import structlog

from careledger.errors import ConfigurationError

SCHEMES: Final = frozenset(
    {
        "mailto",
        "mailtos",
        "json",
        "jsons",
        "slack",
        "workflows",
        "discord",
        "gotify",
        "gotifys",
        "matrix",
        "matrixs",
        "mmost",
        "mmosts",
        "ntfy",
        "ntfys",
        "opsgenie",
        "pagerduty",
        "tgram",
        "webex",
    }
)
"""Ways of apprise that may be used: e-mail, webhooks, and chats that are common on call."""
_TIMEOUT_SECONDS: Final = 30.0
_ATTEMPTS: Final = 3
_PAUSE_SECONDS: Final = 1.0
_SIGNS: Final = {
    "failure": "\N{POLICE CARS REVOLVING LIGHT}",
    "success": "\N{WHITE HEAVY CHECK MARK}",
}
Kind = Literal["failure", "success"]

log = structlog.get_logger(__name__)


def parse_alert_urls(text: str) -> list[str]:
    """Split addresses at spaces.

    Raises:
        ConfigurationError: naming the place of one whose scheme is not allowed, never its text.
    """
    urls = text.split()
    for place, url in enumerate(urls, start=1):
        if url.partition("://")[0].lower() not in SCHEMES:
            raise ConfigurationError(
                f"address {place} must begin with one of {', '.join(sorted(SCHEMES))}"
            )
    return urls


class Alerts:
    """Sends messages; without an address they only stand in the log."""

    def __init__(self, text: str) -> None:
        """Take the addresses, as the setting has them."""
        self._urls: Final = parse_alert_urls(text)

    async def raised(self, subject: str, text: str) -> bool:
        """Say that something is wrong; return whether every address took it.

        Args:
            subject: what is wrong, in a line.
            text: what happened and what to do; ids and counts, never a patient's data.
        """
        log.error("alert_raised", subject=subject)
        return await self._send("failure", subject, text)

    async def recovered(self, subject: str, text: str) -> bool:
        """Say that it is right again; return whether every address took it."""
        log.info("alert_recovered", subject=subject)
        return await self._send("success", subject, text)

    async def _send(self, kind: Kind, subject: str, text: str) -> bool:
        waiting = list(self._urls)
        for attempt in range(_ATTEMPTS):
            if attempt:
                await asyncio.sleep(_PAUSE_SECONDS)
            waiting = [url for url in waiting if not await _sent(url, kind, subject, text)]
            if not waiting:
                return True
        log.error("alert_not_sent", addresses=len(waiting))
        return False


async def _sent(url: str, kind: Kind, subject: str, text: str) -> bool:
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            return await asyncio.to_thread(_notify, url, kind, f"{_SIGNS[kind]} {subject}", text)
    except TimeoutError:
        return False


def _notify(url: str, kind: Kind, subject: str, text: str) -> bool:
    # It knows a hundred services and takes a while to import: only who sends pays for it.
    from apprise import Apprise, AppriseAsset, NotifyType  # noqa: PLC0415

    asset = AppriseAsset(app_id="Careledger", app_desc="Careledger", async_mode=False)
    sender: Any = Apprise(asset=asset)
    if not sender.add(url):
        return False
    return bool(
        sender.notify(
            title=subject,
            body=text,
            notify_type=NotifyType.FAILURE if kind == "failure" else NotifyType.SUCCESS,
        )
    )
