"""Judges a file as an import does, without servers: what it takes, which lines it refuses."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from careledger import clock
from careledger.deidentification import NameIndex
from careledger.events.rejection import EventRejectedError
from ingest.parsing import parse_structured, validated
from ingest.screening import screen
from ingest.sources.file_rows import FileRow, ReadRows
from ingest.sources.payloads import SourceEvent, SourceProblem, SourceUnreadableError
from ingest.sources.practice.mapping import parse_mapping
from ingest.sources.practice.reading import RowReader
from ingest.sources.practice.telling import Circumstances, tell
from ingest.sources.strict_csv import read_csv
from ingest.sources.strict_ndjson import filled_lines, read_ndjson

MAPPING = parse_mapping(
    """
    source = "urn:tests:files"
    time_zone = "America/New_York"
    clinic = { value = "main" }
    currency = "currency"
    [payments]
    table = "payments"
    key = "id"
    patient = "patient"
    amount = "amount"
    method = "method"
    received_at = "paid_at"
    """,
    "test",
)
HEADER = "id,patient,amount,currency,method,paid_at,memo\n"
_NAMES = NameIndex("a root secret that only tests know, 32 characters")


class Judged(Struct):
    """What came of a file."""

    amounts: list[int] = field(default_factory=list[int])
    """Minor units of the payments that are taken, in the order of the file."""
    refused: dict[int, str] = field(default_factory=dict[int, str])
    """Line to the problem with it."""
    whole: str | None = None
    """Why the file is refused as a whole."""


def row(number: int = 1, amount: str = "10.50", **cells: str) -> str:
    """Write a line of CSV under `HEADER`."""
    values = {
        "id": f"Y-{number}",
        "patient": f"P-{number}",
        "amount": amount,
        "currency": "USD",
        "method": "card",
        "paid_at": "2026-03-02 09:30:00",
        "memo": "",
        **cells,
    }
    return ",".join(values.values()) + "\n"


def judge_csv(path: Path, content: bytes) -> Judged:
    """Judge a CSV file of payments."""
    return _judge_rows(path, content, read_csv)


def judge_ndjson(path: Path, content: bytes) -> Judged:
    """Judge an NDJSON file of payments."""
    return _judge_rows(path, content, read_ndjson)


def judge_events(path: Path, content: bytes) -> Judged:
    """Judge an NDJSON file of events."""
    path.write_bytes(content)
    judged = Judged()
    try:
        for line in filled_lines(path):
            if line.text is None:
                judged.refused[line.number] = "the line is too long"
                continue
            try:
                _judge([parse_structured(line.text.strip().encode())], judged)
            except EventRejectedError as error:
                judged.refused[line.number] = error.problem
    except SourceUnreadableError as error:
        judged.whole = str(error)
    return judged


def _judge_rows(path: Path, content: bytes, read: ReadRows) -> Judged:
    path.write_bytes(content)
    ((name, table),) = MAPPING.tables()
    reader = RowReader(name, MAPPING, table, lambda _: b"")
    judged = Judged()
    try:
        for one in read(path, table.columns()):
            if isinstance(one, SourceProblem):
                judged.refused[one.line] = one.reason
                continue
            try:
                _judge(_told(reader, one), judged)
            except EventRejectedError as error:
                judged.refused[one.line] = error.problem
    except SourceUnreadableError as error:
        judged.whole = str(error)
    return judged


def _told(reader: RowReader, one: FileRow) -> list[SourceEvent]:
    now = clock.now()
    circumstances = Circumstances(
        source=MAPPING.source,
        key=reader.key(one.cells),
        revision=1,
        changed_at=reader.changed_at(one.cells, now),
        zone=reader.zone,
    )
    reading = reader.read(one.cells)
    return tell(None, reading.facts, circumstances, reading.name)[0]


def _judge(events: Sequence[SourceEvent], judged: Judged) -> None:
    for event in events:
        nobody = frozenset[str]()
        screened = screen(
            validated(event), clock=clock.now(), names=_NAMES, numbering_clinics=nobody
        )
        judged.amounts.append(getattr(screened.data, "amount", 0))
