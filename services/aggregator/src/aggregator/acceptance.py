"""The rules that sort a batch: news become rows, repeats are dropped, conflicts are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from aggregator.clinics import ClinicHistory
from aggregator.entry import Entry, Place
from aggregator.judging import Identity, Read, Refused, check, identify
from aggregator.legs import business_date, entries
from careledger.events.payments import NameToken
from careledger.events.rejection import EventRejectedError


@dataclass(slots=True)
class Accepted:
    """What one batch writes, and what it leaves out; counts are per Kafka partition."""

    events: Counter[int] = field(default_factory=Counter[int])
    duplicates: Counter[int] = field(default_factory=Counter[int])
    entries: list[Entry] = field(default_factory=list[Entry])
    identities: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    name_tokens: list[tuple[int, bytes, str, str]] = field(
        default_factory=list[tuple[int, bytes, str, str]]
    )
    refused: list[Refused] = field(default_factory=list[Refused])
    changed: dict[str, tuple[date, date]] = field(default_factory=dict[str, tuple[date, date]])
    """Clinic id to the first and last business date that changed."""


Sound = tuple[Read, Identity, tuple[NameToken, ...]]


def sound_events(
    items: list[Read], clinics: Mapping[str, ClinicHistory], accepted: Accepted
) -> list[Sound]:
    """Return the events that stand for themselves, identified; refuse the others."""
    sound: list[Sound] = []
    for item in items:
        version = clinics[item.event.clinic_id].at(item.appended_at)
        problem = check(item, bare_numbers_allowed=version.numeric_patient_ids)
        if problem is None:
            sound.append((item, *identify(item)))
        else:
            accepted.refused.append(Refused(item.record, problem, item.envelope, item.event))
    return sound


def accept(
    sound: list[Sound],
    clinics: Mapping[str, ClinicHistory],
    known: dict[bytes, bytes],
    accepted: Accepted,
) -> None:
    """Turn events told for the first time into rows.

    Args:
        sound: events in the order of the log; of two that say the same the first counts.
        clinics: the history of every clinic among them.
        known: content of every identity accepted before; grows by this batch's.
        accepted: takes the rows, the count of duplicates and the conflicts.
    """
    for item, identity, tokens in sound:
        told = known.get(identity.event)
        if told is None and identity.fact is not None:
            told = known.get(identity.fact)
        if told is None:
            _add(item, tokens, clinics, accepted)
            _remember(identity, known, accepted)
        elif told == identity.content:
            accepted.duplicates[item.record.partition] += 1
        else:
            conflict = EventRejectedError(
                "conflict", "this event or this fact was told before with other content"
            )
            accepted.refused.append(Refused(item.record, conflict, item.envelope, item.event))


def _remember(identity: Identity, known: dict[bytes, bytes], accepted: Accepted) -> None:
    for key in (identity.event, identity.fact):
        if key is not None:
            known[key] = identity.content
            accepted.identities.append((key, identity.content))


def _add(
    item: Read,
    tokens: tuple[NameToken, ...],
    clinics: Mapping[str, ClinicHistory],
    accepted: Accepted,
) -> None:
    event = item.event
    version = clinics[event.clinic_id].at(item.appended_at)
    day = business_date(event, item.envelope.time, version.local_date)
    place = Place(
        version.clinic_no, version.terms_days, day, item.record.partition, item.record.offset
    )
    accepted.entries.extend(entries(event, item.envelope, place))
    accepted.events[item.record.partition] += 1
    for one in tokens:
        accepted.name_tokens.append(
            (version.clinic_no, bytes.fromhex(one.token), event.patient_id, one.key_id)
        )
    first, last = accepted.changed.get(event.clinic_id, (day, day))
    accepted.changed[event.clinic_id] = (min(first, day), max(last, day))
