"""Nasty CSV has a stated outcome each: taken, a line refused, or the file refused as a whole."""

import codecs
import gzip
import tracemalloc
from pathlib import Path

import pytest

from ingest.sources.strict_csv import read_csv
from support.nasty_files import HEADER, Judged, judge_csv, row

GOOD = row(1) + row(2) + row(3)
UTF16 = "not UTF-8 text, but UTF-16"

TAKEN = {
    "byte-order-mark": codecs.BOM_UTF8 + (HEADER + GOOD).encode(),
    "crlf": (HEADER + GOOD).replace("\n", "\r\n").encode(),
    "bare-cr": (HEADER + GOOD).replace("\n", "\r").encode(),
    "mixed-line-ends": (HEADER + row(1) + row(2).replace("\n", "\r\n") + row(3)).encode(),
    "no-final-newline": (HEADER + GOOD).rstrip("\n").encode(),
    "blank-lines": (HEADER + "\n" + row(1) + "\n\n" + row(2) + row(3)).encode(),
    "quoted-cells": (HEADER + GOOD).replace("card", '"card"').encode(),
    "doubled-quotes": (HEADER + row(1, memo='"a ""note"""') + row(2) + row(3)).encode(),
    "embedded-newline": (HEADER + row(1, memo='"two\nlines"') + row(2) + row(3)).encode(),
    "formula": (HEADER + row(1, memo="=HYPERLINK(0)") + row(2, memo="@SUM") + row(3)).encode(),
    "leading-tab": (HEADER + row(1, memo="\tx") + row(2) + row(3)).encode(),
    "right-to-left-mark-in-a-memo": (HEADER + row(1, memo="\u202ex") + row(2) + row(3)).encode(),
    "other-column-order": (
        "memo,paid_at,method,currency,amount,patient,id\n"
        + "".join(f",2026-03-02,card,USD,10.50,P-{n},Y-{n}\n" for n in (1, 2, 3))
    ).encode(),
    "new-unknown-column": (
        HEADER.replace("memo", "memo,extra") + GOOD.replace(",\n", ",,new\n")
    ).encode(),
    "spaces-in-the-heading": (HEADER.replace(",amount,", ", amount ,") + GOOD).encode(),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_only_unusual_is_taken(name: str, tmp_path: Path) -> None:
    judged = judge_csv(tmp_path / "payments.csv", TAKEN[name])

    assert judged == Judged(amounts=[1050, 1050, 1050])


LINES: dict[str, tuple[str, dict[int, str]]] = {
    "unbalanced-quote": (row(1, memo='"open') + row(2) + row(3), {2: "not closed|not valid CSV"}),
    "quote-in-the-middle": (row(1, memo='"a"b') + row(2) + row(3), {2: "look at its quotes"}),
    "two-unbalanced-quotes": (
        row(1, memo='"open') + row(2, memo='"open') + row(3) + row(4),
        {2: "quotes|not closed", 3: "not closed|quotes"},
    ),
    "more-cells": (row(1).strip() + ",more\n" + row(2) + row(3), {2: "8 cells instead of 7"}),
    "fewer-cells": ("Y-1,P-1\n" + row(2) + row(3), {2: "2 cells instead of 7"}),
    "nul": (row(1, memo="a\0b") + row(2) + row(3), {2: "NUL"}),
    "field-of-200-kB": (row(1, memo="x" * 200_000) + row(2) + row(3), {2: "quotes"}),
    "line-of-5-MB": (row(1, memo="x" * 5_000_000) + row(2) + row(3), {2: "longer than"}),
    "decimal-comma": (row(1, amount='"10,50"') + row(2) + row(3), {2: "plain decimal"}),
    "thousand-separators": (row(1, amount='"1,234.50"') + row(2) + row(3), {2: "plain decimal"}),
    "spaces-as-separators": (row(1, amount="1 234.50") + row(2) + row(3), {2: "plain decimal"}),
    "negative": (row(1, amount="-10.50") + row(2) + row(3), {2: "below zero"}),
    "parentheses": (row(1, amount="(10.50)") + row(2) + row(3), {2: "plain decimal"}),
    "currency-sign": (row(1, amount="$10.50") + row(2) + row(3), {2: "plain decimal"}),
    "too-many-decimals": (row(1, amount="1.005") + row(2) + row(3), {2: "more than 2 decimals"}),
    "exponent": (row(1, amount="1e3") + row(2) + row(3), {2: "plain decimal"}),
    "underscore": (row(1, amount="1_000") + row(2) + row(3), {2: "plain decimal"}),
    "full-width-digits": (row(1, amount="\uff11\uff12") + row(2) + row(3), {2: "plain decimal"}),
    "not-a-number": (row(1, amount="NaN") + row(2) + row(3), {2: "plain decimal"}),
    "beyond-64-bits": (row(1, amount="9" * 19) + row(2) + row(3), {2: "plain decimal"}),
    "no-amount": (row(1, amount="") + row(2) + row(3), {2: "amount is missing"}),
    "no-currency-of-money": (row(1, currency="XXX") + row(2) + row(3), {2: "ISO 4217"}),
    "lower-case-currency": (row(1, currency="usd") + row(2) + row(3), {2: "ISO 4217"}),
    "yen-with-decimals": (row(1, currency="JPY") + row(2) + row(3), {2: "more than 0 decimals"}),
    "impossible-date": (row(1, paid_at="2026-02-30") + row(2) + row(3), {2: "received_at"}),
    "hour-24": (row(1, paid_at="2026-03-02 24:00:00") + row(2) + row(3), {2: "received_at"}),
    "leap-second": (row(1, paid_at="2026-03-02T23:59:60Z") + row(2) + row(3), {2: "received_at"}),
    "american-date": (row(1, paid_at="03/02/2026") + row(2) + row(3), {2: "received_at"}),
    "epoch-seconds": (row(1, paid_at="1772443800") + row(2) + row(3), {2: "received_at"}),
    "epoch-milliseconds": (row(1, paid_at="1772443800000") + row(2) + row(3), {2: "received_at"}),
    "year-1": (
        row(1, paid_at="0001-01-01 00:00:00+14:00") + row(2) + row(3),
        {2: "received_at|1900"},
    ),
    "year-9999": (
        row(1, paid_at="9999-12-31 23:59:59") + row(2) + row(3),
        {2: "received_at|ahead"},
    ),
    "long-before": (row(1, paid_at="1899-12-31") + row(2) + row(3), {2: "1900"}),
    "tomorrow-and-one": (row(1, paid_at="2199-01-01") + row(2) + row(3), {2: "in the future"}),
    "empty-id": (row(1, id="") + row(2) + row(3), {2: "key is missing"}),
    "id-of-10-kB": (row(1, id="y" * 10_000) + row(2) + row(3), {2: "key is missing"}),
    "id-with-a-space": (row(1, patient="P 1") + row(2) + row(3), {2: "without spaces"}),
    "right-to-left-mark-in-an-id": (row(1, patient="P\u200f1") + row(2) + row(3), {2: "ASCII"}),
    "zero-width-space-in-an-id": (row(1, patient="P\u200b1") + row(2) + row(3), {2: "ASCII"}),
    "patient-by-phone": (row(1, patient="(212)555-0199") + row(2) + row(3), {2: "phone"}),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_cannot_be_told_is_refused_and_takes_no_other_with_it(
    name: str, tmp_path: Path
) -> None:
    rows, refused = LINES[name]

    judged = judge_csv(tmp_path / "payments.csv", (HEADER + rows).encode())

    assert judged.whole is None
    assert judged.refused.keys() == refused.keys()
    for line, problem in refused.items():
        assert any(part in judged.refused[line] for part in problem.split("|")), judged.refused
    assert judged.amounts == [1050, 1050]


WHOLE = {
    "empty": (b"", "is empty"),
    "only-a-byte-order-mark": (codecs.BOM_UTF8, "is empty"),
    "heading-only": (HEADER.encode(), "a heading and no rows"),
    "utf-16-le": (codecs.BOM_UTF16_LE + (HEADER + GOOD).encode("utf-16-le"), UTF16),
    "utf-16-be": (codecs.BOM_UTF16_BE + (HEADER + GOOD).encode("utf-16-be"), UTF16),
    "utf-16-without-a-mark": ((HEADER + GOOD).encode("utf-16-le"), "UTF-16"),
    "latin-1": ((HEADER + row(1, memo="é") + GOOD).encode("latin-1"), "not UTF-8 throughout"),
    "mixed-encodings": ((HEADER + row(1, memo="é")).encode() + b"\xe9,", "not UTF-8 throughout"),
    "gzip": (gzip.compress((HEADER + GOOD).encode()), "compressed"),
    "truncated-gzip": (gzip.compress((HEADER + GOOD).encode())[:40], "compressed"),
    "gzip-bomb": (gzip.compress(b"\0" * 10_000_000), "compressed"),
    "spreadsheet": (b"PK\x03\x04" + b"\0" * 60, "spreadsheet"),
    "column-twice": (
        (HEADER.replace("memo", "amount") + GOOD).encode(),
        "columns 3 and 7 the same",
    ),
    "column-missing": ((HEADER.replace("paid_at", "date") + GOOD).encode(), "no column paid_at"),
    "semicolons": ((HEADER + GOOD).replace(",", ";").encode(), "semicolon"),
    "tabs": ((HEADER + GOOD).replace(",", "\t").encode(), "tab"),
    "no-heading": (GOOD.encode(), "no column"),
    "cut-in-the-middle-of-a-row": ((HEADER + GOOD).encode()[:-25], "in the middle of a row"),
    "cut-in-a-quoted-cell": ((HEADER + row(1) + 'Y-2,P-2,1.00,USD,"ca').encode(), "in the middle"),
    "quote-open-in-the-heading": (('"' + HEADER + GOOD).encode(), "no heading"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_no_such_file_is_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    content, problem = WHOLE[name]

    judged = judge_csv(tmp_path / "payments.csv", content)

    assert judged.whole is not None
    assert problem in judged.whole


def test_a_refusal_repeats_nothing_of_the_file(tmp_path: Path) -> None:
    canary = "Zyxwvut"
    contents = [
        (HEADER + row(1, **{field: canary})).encode() for field in ("amount", "currency", "paid_at")
    ]
    contents += [f"{canary},{canary}\n".encode(), f'{HEADER}"{canary}'.encode()]

    for content in contents:
        judged = judge_csv(tmp_path / "payments.csv", content)
        assert judged.whole or judged.refused
        assert canary not in repr(judged)


@pytest.mark.parametrize(
    ("cell", "instant_day"),
    [("2026-03-08 02:30:00", 1), ("2026-11-01 01:30:00", 1), ("2024-02-29", 1)],
    ids=["gap-in-spring", "hour-that-comes-twice", "leap-day"],
)
def test_a_local_time_that_never_was_or_was_twice_gives_its_date(
    cell: str, instant_day: int, tmp_path: Path
) -> None:
    judged = judge_csv(tmp_path / "payments.csv", (HEADER + row(1, paid_at=cell)).encode())

    assert len(judged.amounts) == instant_day


def test_three_decimals_of_a_currency_that_has_three_are_taken(tmp_path: Path) -> None:
    content = (HEADER + row(1, amount="0.005", currency="KWD") + row(2, amount="0")).encode()

    assert judge_csv(tmp_path / "payments.csv", content).amounts == [5, 0]


def test_a_large_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w") as file:
            file.write(HEADER)
            file.writelines(row(number) for number in range(rows))
        tracemalloc.start()
        for _ in read_csv(path, ("id", "amount")):
            """Every row."""
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(40_000) < 1.2 * peak(4_000) + 50_000
