"""The rules that sort a batch: news become rows, repeats are dropped, conflicts are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import astuple

from aggregator.clinics import ClinicHistory, ClinicVersion
from aggregator.entry import Entry, Place
from aggregator.judging import Identity, Read, Refused, check, identify
from aggregator.legs import business_date, legs
from careledger.events.rejection import EventRejectedError

IndexedName = tuple[int, bytes, str, str]
"""Clinic number, token, patient id, key id."""


@dataclass(slots=True)
class Accepted:
    """What one batch writes, and what it leaves out; counts are per Kafka partition."""

    events: Counter[int] = field(default_factory=Counter[int])
    duplicates: Counter[int] = field(default_factory=Counter[int])
    entries: list[Entry] = field(default_factory=list[Entry])
    identities: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    name_tokens: list[IndexedName] = field(default_factory=list[IndexedName])
    refused: list[Refused] = field(default_factory=list[Refused])
    changed: dict[str, tuple[date, date]] = field(default_factory=dict[str, tuple[date, date]])
    """Clinic id to the first and last business date that changed."""


Sound = tuple[Read, Identity, date, list[Entry], Sequence[IndexedName]]
"""An event that stands for itself, its business date, and the rows it writes if it is news."""


def sound_events(
    items: list[Read], clinics: Mapping[str, ClinicHistory], accepted: Accepted
) -> list[Sound]:
    """Return the events that stand for themselves, ready to be written; refuse the others."""
    sound: list[Sound] = []
    for item in items:
        version = clinics[item.event.clinic_id].at(item.appended_at)
        problem = check(item, bare_numbers_allowed=version.numeric_patient_ids)
        if problem is None:
            sound.append(_prepare(item, version))
        else:
            accepted.refused.append(Refused(item.record, problem, item.envelope, item.event))
    return sound


def _prepare(item: Read, version: ClinicVersion) -> Sound:
    record, envelope, event = item.record, item.envelope, item.event
    identity, tokens = identify(item)
    day = business_date(event, envelope.time, version.local_date)
    place: Place = (
        record.partition,
        record.offset,
        item.occurred_at,
        version.clinic_no,
        day,
        envelope.source,
        envelope.id,
        event.patient_id,
    )
    entries: list[Entry] = []
    for leg in legs(event, version.terms_days):
        entries.append(place + astuple(leg))  # noqa: PERF401 - a comprehension costs a call for each event
    name_tokens: list[IndexedName] = []
    for one in tokens:
        token = bytes.fromhex(one.token)
        name_tokens.append((version.clinic_no, token, event.patient_id, one.key_id))
    return item, identity, day, entries, name_tokens


def accept(sound: list[Sound], known: dict[bytes, bytes], accepted: Accepted) -> None:
    """Take the rows of events told for the first time.

    Args:
        sound: events in the order of the log; of two that say the same the first counts.
        known: content of every identity accepted before; grows by this batch's.
        accepted: takes the rows, the count of duplicates and the conflicts.
    """
    for item, identity, day, entries, name_tokens in sound:
        told = known.get(identity.event)
        if told is None and identity.fact is not None:
            told = known.get(identity.fact)
        if told is None:
            accepted.entries += entries
            accepted.name_tokens += name_tokens
            accepted.events[item.record.partition] += 1
            _note_change(item.event.clinic_id, day, accepted)
            _remember(identity, known, accepted)
        elif told == identity.content:
            accepted.duplicates[item.record.partition] += 1
        else:
            conflict = EventRejectedError(
                "conflict", "this event or this fact was told before with other content"
            )
            accepted.refused.append(Refused(item.record, conflict, item.envelope, item.event))


def _note_change(clinic_id: str, day: date, accepted: Accepted) -> None:
    first, last = accepted.changed.get(clinic_id, (date.max, date.min))
    if day < first or last < day:
        accepted.changed[clinic_id] = (min(first, day), max(last, day))


def _remember(identity: Identity, known: dict[bytes, bytes], accepted: Accepted) -> None:
    for key in (identity.event, identity.fact):
        if key is not None:
            known[key] = identity.content
            accepted.identities.append((key, identity.content))
