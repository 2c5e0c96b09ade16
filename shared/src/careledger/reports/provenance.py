"""Where an answer comes from: builds `meta`, and the digest by which two answers are compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
from pydantic_core import to_jsonable_python

from careledger import clock
from careledger.money import exponent
from careledger.reports.answers import (
    Basis,
    CurrencyUnit,
    Interval,
    Meta,
    Reconciliation,
    StaleReason,
)
from careledger.reports.catalog import definitions
from careledger.reports.position import Position
from careledger.reports.snapshot import Snapshot

STALE_AFTER: Final = timedelta(seconds=60)

_NOT_FIGURES: Final = frozenset({"meta", "page", "partial"})


def digest(figures: object) -> str:
    """Return the SHA-256 of figures as canonical JSON, in hexadecimal.

    Canonical: UTF-8, keys sorted, no spaces; the keys meta, page and partial are left out at every
    depth, because they tell of the answer and not of the figures.

    Args:
        figures: models, or what they look like as JSON.
    """
    return digest_of_plain(_figures_only(to_jsonable_python(figures, by_alias=True)))


def digest_of_plain(figures: object) -> str:
    """Return the digest of figures that are plain values already and hold nothing else.

    Structs among them have their fields in the order of canonical JSON: to sort those of every day
    of a year would cost as much as to write them.
    """
    return sha256(msgspec.json.encode(figures, order="deterministic")).hexdigest()


def _figures_only(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, dict):
        return {k: _figures_only(v) for k, v in value.items() if k not in _NOT_FIGURES}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_figures_only(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


class Freshness(NamedTuple):
    """What `meta` says of now: it changes while the figures and their watermark stand still."""

    data_through: datetime | None
    stale: bool | None
    stale_reasons: list[StaleReason]
    answered_at: datetime
    reconciliation: Reconciliation | None

    def as_json(self) -> bytes:
        """Write the members as they stand in an answer, without braces."""
        last = self.reconciliation
        members = {
            **self._asdict(),
            "reconciliation": None if last is None else last.model_dump(),
        }
        return msgspec.json.encode(members)[1:-1]


def freshness(position: Position, *, is_current: bool) -> Freshness:
    """Tell how fresh an answer is at a position; of an earlier watermark nothing is told."""
    now = clock.now()
    if not is_current:
        return Freshness(None, None, [], now, position.reconciliation)
    reasons = _stale_reasons(position.data_through, now)
    if position.run_overdue:
        reasons.append("source_run_overdue")
    through = position.data_through
    return Freshness(through, bool(reasons), reasons, now, position.reconciliation)


class Subject(NamedTuple):
    """What kind of answer it is: its name, the date figures are sorted by, the catalog ids used."""

    report: str
    basis: Basis
    metrics: tuple[str, ...]


def build_meta(
    snapshot: Snapshot,
    subject: Subject,
    *,
    currencies: Iterable[str],
    figures_digest: str,
    interval: Interval | None = None,
) -> Meta:
    """Build the `meta` of an answer.

    Args:
        snapshot: what the answer knows.
        subject: what kind of answer it is.
        currencies: ISO 4217 codes in the answer.
        figures_digest: the digest of everything else in the answer.
        interval: the range asked for, if there is one.
    """
    fresh = freshness(snapshot.position, is_current=snapshot.is_current)
    return Meta(
        report=subject.report,
        as_of=snapshot.as_of,
        interval=interval,
        horizon=snapshot.horizon and snapshot.horizon.day,
        basis=subject.basis,
        currencies=[
            CurrencyUnit(currency=code, exponent=exponent(code)) for code in sorted(set(currencies))
        ],
        clinics=[clinic.calendar for clinic in snapshot.clinics],
        time_zones=sorted({clinic.time_zone for clinic in snapshot.clinics}),
        watermark=str(snapshot.watermark),
        data_through=fresh.data_through,
        stale=fresh.stale,
        stale_reasons=fresh.stale_reasons,
        answered_at=fresh.answered_at,
        reconciliation=fresh.reconciliation,
        definitions=definitions(subject.metrics),
        digest=figures_digest,
    )


def _stale_reasons(through: datetime | None, now: datetime) -> list[StaleReason]:
    if through is None:
        return ["nothing_applied_yet"]
    if now - through > STALE_AFTER:
        return ["data_through_older_than_60_seconds"]
    return []
