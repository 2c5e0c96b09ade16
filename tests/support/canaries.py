"""Made-up patients whose names, numbers and addresses can be recognized wherever they turn up."""

import re
from typing import Any, Final, NamedTuple

from careledger.postgres import Connection

_MARKS: Final = ("kanarie", "pieternel", "above the bakery")
"""Part of every name, e-mail address and note; no word of ours."""
_DIGITS: Final = re.compile(r"(?<![0-9a-z.:-])\+?(?:\d[ ().-]{0,2}){8,10}\d(?![0-9a-z-])")


class Canary(NamedTuple):
    """One patient who does not exist."""

    number: int
    family: str
    given: str
    ssn: str
    phone: str
    email: str
    note: str

    @property
    def personal(self) -> dict[str, Any]:
        """What a careless sender adds to an event."""
        return {
            "patient_name": {"family": self.family, "given": self.given},
            "ssn": self.ssn,
            "phone": self.phone,
            "contact": {"email": self.email},
            "memo": self.note,
        }


def canary(number: int) -> Canary:
    """Return one of them; none has the number of anybody alive: area 9 is not given out."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    family, given = f"Kanarie{letters}", f"Pieternel{letters}"
    ssn = 900_010_000 + number * 8_887
    return Canary(
        number,
        family,
        given,
        f"{ssn // 1_000_000}-{ssn // 10_000 % 100:02}-{ssn % 10_000:04}",
        f"+1-555-{100 + number // 10_000}-{number % 10_000:04}",
        f"{given}.{family}@kanarie.example".lower(),
        f"lives above the bakery, door {number}",
    )


def canaries_in(text: str, known: frozenset[str]) -> list[str]:
    """Return what of any canary is in a text, each with what stands around it.

    Args:
        text: what a service wrote, answered, sent or stored.
        known: from `numbers_of`.
    """
    lowered = text.lower()
    marks = [
        f"{mark}: {lowered[max(0, place - 60) : place + 60]}"
        for mark in _MARKS
        if (place := lowered.find(mark)) >= 0
    ]
    numbers = [
        f"number: {lowered[max(0, match.start() - 60) : match.end() + 60]}"
        for match in _DIGITS.finditer(lowered)
        if re.sub(r"\D", "", match[0]) in known
    ]
    return marks + numbers


def numbers_of(flock: list[Canary]) -> frozenset[str]:
    """Return the digits of every social security and phone number, with and without the 1."""
    digits = [re.sub(r"\D", "", number) for one in flock for number in (one.ssn, one.phone)]
    return frozenset([*digits, *(one[1:] for one in digits if len(one) == 11)])


async def rows_of(connection: Connection) -> list[str]:
    """Return every row of every table as text, bytes as the text they are."""
    tables = await connection.fetch(
        "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        " AND table_type = 'BASE TABLE'"
    )
    return [
        " ".join(_text(value) for value in row.values())
        for table in tables
        for row in await connection.fetch(f"SELECT * FROM {table['name']}")
    ]


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


async def values_of_redis(client: Any) -> list[str]:  # noqa: ANN401 - its methods are untyped
    """Return every key of a Redis and everything in it as text."""
    found: list[str] = []
    async for key in client.scan_iter():
        kind = (await client.type(key)).decode()
        found.append(f"{key!r} {await _value(client, kind, key)!r}")
    return found


async def _value(client: Any, kind: str, key: bytes) -> object:  # noqa: ANN401 - as above
    match kind:
        case "hash":
            return await client.hgetall(key)
        case "list":
            return await client.lrange(key, 0, -1)
        case "set":
            return await client.smembers(key)
        case "zset":
            return await client.zrange(key, 0, -1, withscores=True)
        case _:
            return await client.get(key)
