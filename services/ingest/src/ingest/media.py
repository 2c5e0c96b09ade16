"""How events come in a body: the four forms that are taken, and their arrivals one by one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from enum import StrEnum
from typing import Final, TypeVar

import msgspec
from starlette.datastructures import Headers

from careledger.events.rejection import EventRejectedError
from careledger.events.rules import EVENT_BYTES_MAX
from ingest.bodies import Body, lines_of
from ingest.errors import BadRequestError, TooLargeError, UnsupportedMediaError
from ingest.fates import Arrival
from ingest.parsing import parse_binary, parse_structured

T = TypeVar("T")
BATCH_BYTES_MAX: Final = 1024 * 1024
ARRIVALS_MAX: Final = 500
"""Most lines handed on at once: other requests wait while they are judged."""


class Media(StrEnum):
    """The content types that are taken."""

    BINARY = "application/json"
    STRUCTURED = "application/cloudevents+json"
    BATCH = "application/cloudevents-batch+json"
    NDJSON = "application/x-ndjson"

    @property
    def bytes_max(self) -> int | None:
        """The largest body of this form; None where a setting says so."""
        return _BYTES_MAX[self]


_BYTES_MAX: Final = {
    Media.BINARY: EVENT_BYTES_MAX,
    Media.STRUCTURED: EVENT_BYTES_MAX,
    Media.BATCH: BATCH_BYTES_MAX,
    Media.NDJSON: None,
}


def media_of(headers: Headers) -> Media:
    """Return the form a request's headers announce.

    Raises:
        UnsupportedMediaError: if it is none of the four, compressed, or not UTF-8.
    """
    encodings = {text.strip().lower() for text in headers.get("content-encoding", "").split(",")}
    if encodings - {"", "identity"}:
        raise UnsupportedMediaError("compressed bodies are not taken")
    kind, *parameters = headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            raise UnsupportedMediaError("the charset must be utf-8")
    try:
        return Media(kind.strip())
    except ValueError:
        taken = ", ".join(Media)
        raise UnsupportedMediaError(f"the content type must be one of {taken}") from None


async def arrivals_of(
    media: Media, headers: Headers, body: Body, *, bytes_max: int
) -> AsyncGenerator[list[Arrival]]:
    """Yield the arrivals of a body, some at a time while it comes in.

    Args:
        media: its form.
        headers: the request's, which carry the attributes in binary mode.
        body: where it comes from.
        bytes_max: its largest size.

    Raises:
        TooLargeError, TooSlowError, ClientGoneError: the rest of the body cannot be had.
        BadRequestError: a batch that is no JSON array, or a body without any event.
    """
    _check_announced_size(headers, bytes_max)
    if media is Media.NDJSON:
        empty = True
        async for lines in lines_of(body.chunks(bytes_max=bytes_max)):
            empty = False
            for some in _portions(lines):
                yield [_structured(number, line) for number, line in some]
        if empty:
            raise BadRequestError("the body holds no event")
        return
    text = await body.whole(bytes_max=bytes_max)
    if not text.strip():
        raise BadRequestError("the body holds no event")
    if media is Media.BATCH:
        for some in _portions(list(enumerate(_array_items(text), start=1))):
            yield [_structured(number, item) for number, item in some]
    elif media is Media.STRUCTURED:
        yield [_structured(1, text)]
    else:
        yield [_binary(headers, text)]


def _check_announced_size(headers: Headers, bytes_max: int) -> None:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > bytes_max:
        raise TooLargeError(f"the body may have {bytes_max} bytes")


def _array_items(text: bytes) -> list[bytes]:
    try:
        items = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadRequestError("a batch is a JSON array of events in UTF-8") from None
    if not items:
        raise BadRequestError("the body holds no event")
    return [bytes(item) for item in items]


def _portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), ARRIVALS_MAX):
        yield items[start : start + ARRIVALS_MAX]


def _structured(number: int, text: bytes | None) -> Arrival:
    if text is None:
        problem = f"an event may have {EVENT_BYTES_MAX} bytes"
        return Arrival(number, EventRejectedError("too_large", problem))
    try:
        return Arrival(number, parse_structured(text))
    except EventRejectedError as error:
        return Arrival(number, error)


def _binary(headers: Headers, text: bytes) -> Arrival:
    try:
        return Arrival(1, parse_binary(headers.items(), text))
    except EventRejectedError as error:
        return Arrival(1, error)
