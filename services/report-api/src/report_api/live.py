"""What changed just now, held in memory for whoever follows: clinics, reports, dates; no figures.

An update's id is its offset in the topic, the same in every process, so that a follower that was
cut off goes on at any of them. Followers read one shared row of updates, each from its own place: a
slow one costs no memory, and one that is too far behind is told to load anew.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple

from careledger.events.updates import ReportName, ReportUpdate
from report_api.errors import TooManyRequestsError
from report_api.metrics import FOLLOWERS

UPDATES_MAX: Final = 1_000
_RETRY_SECONDS: Final = 30


class NumberedUpdate(NamedTuple):
    """An update and its offset in the topic."""

    offset: int
    update: ReportUpdate


class News(NamedTuple):
    """What a follower has not seen: merged by clinic, and where it stands now."""

    offset: int
    updates: list[ReportUpdate]
    is_gap: bool
    """Some of it is not held any more: what is on the screen may be older than it looks."""


class Live:
    """The latest updates, and who follows them."""

    def __init__(self, *, followers_max: int, per_account: int) -> None:
        self._held: deque[NumberedUpdate] = deque(maxlen=UPDATES_MAX)
        self._next_offset: int | None = None
        self._changed = asyncio.Event()
        self._followers: Counter[tuple[str, str]] = Counter()
        self._followers_max: Final = followers_max
        self._per_account: Final = per_account
        self.is_ending = False

    def add(self, news: Iterable[NumberedUpdate], next_offset: int) -> None:
        """Hold new updates and wake who waits for them."""
        self._held.extend(news)
        self._next_offset = next_offset
        self._wake()

    def end(self) -> None:
        """Let every follower go: the process is about to end."""
        self.is_ending = True
        self._wake()

    async def rest(self, seconds: float) -> None:
        """Wait for so long, or for the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.is_ending:
                    await self._changed.wait()

    async def wait(self, offset: int) -> None:
        """Wait until the row of updates ends elsewhere than at an offset, or for the end."""
        while not self.is_ending and self._next_offset in {None, offset}:
            await self._changed.wait()

    def place(self, last_seen: int | None) -> int:
        """Return the offset a follower reads from: behind what it saw last, or the end."""
        return (self._next_offset or 0) if last_seen is None else last_seen + 1

    def news(self, offset: int) -> News:
        """Return what is at or behind an offset."""
        end = self._next_offset or 0
        oldest = self._held[0].offset if self._held else end
        if not oldest <= offset <= end:
            return News(end, [], is_gap=True)
        unseen = [one.update for one in self._held if one.offset >= offset]
        return News(end, merged(unseen), is_gap=False)

    def check(self, account: tuple[str, str]) -> None:
        """Refuse an account, or anybody, beyond the number of followers there may be.

        Raises:
            TooManyRequestsError: if there are too many.
        """
        everybody = self._followers.total()
        if self._followers[account] >= self._per_account or everybody >= self._followers_max:
            raise TooManyRequestsError(retry_seconds=_RETRY_SECONDS)

    @contextmanager
    def followed(self, account: tuple[str, str]) -> Generator[None]:
        """Count a follower for as long as it follows.

        Raises:
            TooManyRequestsError: if others were faster.
        """
        self.check(account)
        self._followers[account] += 1
        FOLLOWERS.inc()
        try:
            yield
        finally:
            self._followers[account] -= 1
            FOLLOWERS.dec()

    @property
    def followers(self) -> int:
        """How many follow now."""
        return self._followers.total()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def merged(updates: Iterable[ReportUpdate]) -> list[ReportUpdate]:
    """Return one update per clinic: every report and date of all of them, the last watermark."""
    found: dict[str, ReportUpdate] = {}
    for update in updates:
        before = found.pop(update.clinic_id, update)
        found[update.clinic_id] = ReportUpdate(
            clinic_id=update.clinic_id,
            reports=tuple(dict.fromkeys((*before.reports, *update.reports))),
            first_date=min(before.first_date, update.first_date),
            last_date=max(before.last_date, update.last_date),
            watermark=update.watermark,
        )
    return list(found.values())


def narrowed(
    updates: Iterable[ReportUpdate],
    clinic_ids: Collection[str] | None,
    reports: Collection[ReportName],
) -> list[ReportUpdate]:
    """Return what a follower may know: of clinics in scope (None: all), of reports it may read."""
    seen: list[ReportUpdate] = []
    for update in updates:
        kept: tuple[ReportName, ...] = tuple(name for name in update.reports if name in reports)
        if kept and (clinic_ids is None or update.clinic_id in clinic_ids):
            seen.append(
                ReportUpdate(
                    clinic_id=update.clinic_id,
                    reports=kept,
                    first_date=update.first_date,
                    last_date=update.last_date,
                    watermark=update.watermark,
                )
            )
    return seen
