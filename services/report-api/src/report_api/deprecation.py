"""How a route announces its end: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), then 410.

The policy: a route is announced at least six months before its end, the OpenAPI document marks it,
every answer says until when and where to read more, and after that day it answers 410.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Final

from fastapi import Depends, params
from starlette.requests import Request

from careledger import clock
from report_api.errors import GoneError
from report_api.facts import facts_of

NOTICE: Final = timedelta(days=180)


class Deprecated:
    """Marks a route that will end; a dependency beside the one that says who may use it."""

    def __init__(self, since: date, *, until: date, link: str) -> None:
        if until - since < NOTICE:
            raise ValueError(f"a route is announced {NOTICE.days} days before it ends")
        self._since: Final = datetime.combine(since, time(), UTC)
        self._until: Final = datetime.combine(until, time(), UTC)
        self._link: Final = link

    async def __call__(self, request: Request) -> None:
        """Announce the end on the answer.

        Raises:
            GoneError: after it.
        """
        facts_of(request).headers.update(
            {
                "Deprecation": f"@{int(self._since.timestamp())}",
                "Sunset": format_datetime(self._until, usegmt=True),
                "Link": f'<{self._link}>; rel="deprecation"',
            }
        )
        if clock.now() >= self._until:
            raise GoneError


def deprecated(since: date, *, until: date, link: str) -> params.Depends:
    """Declare that a route ends; give the route `deprecated=True` as well, for the document.

    Args:
        since: the day from which nobody should begin to use it.
        until: its first day without answers, UTC; at least 180 days later.
        link: where it is told what to use instead.

    Raises:
        ValueError: if the notice is too short.
    """
    return Depends(Deprecated(since, until=until, link=link))
