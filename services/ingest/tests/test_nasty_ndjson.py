"""Nasty NDJSON, rows and events, has a stated outcome each: taken, a line or the file refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from support.nasty_files import Judged, judge_events, judge_ndjson


def line(number: int = 1, **members: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    values = {
        "id": f"Y-{number}",
        "patient": f"P-{number}",
        "amount": "10.50",
        "currency": "USD",
        "method": "card",
        "paid_at": "2026-03-02T09:30:00",
    }
    return json.dumps({**values, **members}) + "\n"


def raw(amount: str, **members: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    return line(1, amount="AMOUNT", **members).replace('"AMOUNT"', amount)


GOOD = line(2) + line(3)
DEEP = "[" * 100_000

TAKEN = {
    "whole-number-of-dollars": raw("10") + GOOD,
    "crlf": (line(1) + GOOD).replace("\n", "\r\n"),
    "blank-lines": "\n" + line(1) + "  \n" + GOOD,
    "no-final-newline": (line(1) + GOOD).rstrip("\n"),
    "unknown-keys": line(1, ssn="x", nested={"a": [1.5]}) + GOOD,
    "fraction-in-an-unknown-key": line(1, rate=0.1) + GOOD,
    "byte-order-mark": "\ufeff" + line(1) + GOOD,
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_only_unusual_is_taken(name: str, tmp_path: Path) -> None:
    judged = judge_ndjson(tmp_path / "payments.ndjson", TAKEN[name].encode())

    assert (judged.whole, judged.refused, len(judged.amounts)) == (None, {}, 3)


REFUSED = {
    "nan": (raw("NaN"), "not JSON"),
    "minus-infinity": (raw("-Infinity"), "not JSON"),
    "beyond-any-float": (raw("1e400"), "a number with a fraction"),
    "fraction": (raw("0.1"), "a number with a fraction"),
    "fraction-that-is-not-exact": (raw("19.990000000000002"), "a number with a fraction"),
    "half-a-cent": (raw("1.005"), "a number with a fraction"),
    "exponent": (raw("1E3"), "a number with a fraction"),
    "key-twice": (line(1).replace("{", '{"amount": "1", ', 1), "twice"),
    "5000-digits": (raw("9" * 5_000), "not valid JSON"),
    "beyond-64-bits": (raw("9223372036854775808"), "plain decimal"),
    "true-for-an-amount": (raw("true"), "no number"),
    "list-for-an-amount": (raw("[1]"), "an object or a list"),
    "object-for-a-method": (line(1, method={"a": 1}), "an object or a list"),
    "underscore": (raw('"1_000"'), "plain decimal"),
    "full-width-digits": (raw('"\uff11\uff12"'), "plain decimal"),
    "exponent-in-a-text": (raw('"1e1000000"'), "plain decimal"),
    "null-amount": (raw("null"), "missing"),
    "nested-deeply": (DEEP + "\n", "too deeply|not valid"),
    "lone-surrogate": (line(1).replace("card", "\\ud800"), "half a character"),
    "nul": (line(1).replace("card", "\\u0000"), "NUL"),
    "trailing-garbage": (line(1).strip() + " x\n", "not valid JSON"),
    "two-objects": (line(1).strip() + line(2), "not valid JSON"),
    "no-object": ("[1, 2]\n", "no JSON object"),
    "single-quotes": ("{'id': 'Y-1'}\n", "not valid JSON"),
    "line-of-5-MB": (line(1, memo="x" * 5_000_000), "longer than"),
    "million-keys": (json.dumps({str(key): 0 for key in range(100_000)}) + "\n", "longer than"),
    "date-zero": (line(1, paid_at=0), "received_at"),
    "date-zero-as-text": (line(1, paid_at="0"), "received_at"),
    "epoch": (line(1, paid_at=100_000_000_000), "received_at"),
    "negative": (raw("-5"), "below zero"),
    "accent-in-an-id": (line(1, patient="JOSE\u0301"), "ASCII"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_cannot_be_told_is_refused_and_takes_no_other_with_it(
    name: str, tmp_path: Path
) -> None:
    text, problem = REFUSED[name]

    judged = judge_ndjson(tmp_path / "payments.ndjson", (text + GOOD).encode())

    assert (judged.whole, judged.amounts) == (None, [1050, 1050])
    assert judged.refused.keys() == {1}
    assert any(part in judged.refused[1] for part in problem.split("|")), judged.refused


WHOLE = {
    "empty": (b"", "is empty"),
    "only-blank-lines": (b"\n \n", "no rows"),
    "utf-16": ((line(1) + GOOD).encode("utf-16"), "UTF-16"),
    "latin-1": (line(1, memo="AMOUNT").replace("AMOUNT", "é").encode("latin-1"), "not UTF-8"),
    "cut-in-the-middle": ((line(1) + GOOD).encode()[:-9], "in the middle of a line"),
    "other-keys": (line(1).replace("paid_at", "date").encode(), "nowhere a key paid_at"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_no_such_file_is_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    content, problem = WHOLE[name]

    judged = judge_ndjson(tmp_path / "payments.ndjson", content)

    assert judged.whole is not None
    assert problem in judged.whole


DATA = {
    "clinic_id": "main",
    "patient_id": "P-1",
    "payment_id": "Y-1",
    "amount": 1050,
    "currency": "USD",
    "method": "card",
    "received_at": "2026-03-02T09:30:00Z",
}


def event(number: int = 1, data: dict[str, Any] | None = None, **attributes: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    given = {
        "specversion": "1.0",
        "id": f"event-{number}",
        "source": "urn:tests:events",
        "type": "payment.succeeded",
        "time": "2026-03-02T09:30:00Z",
        **attributes,
    }
    return json.dumps({**given, "data": {**DATA, **(data or {})}}) + "\n"


REFUSED_EVENTS = {
    "fraction": (event(1, {"amount": 10.5}), "amount|integer|int"),
    "amount-as-text": (event(1, {"amount": "1050"}), "amount|int"),
    "true-for-an-amount": (event(1, {"amount": True}), "amount|int"),
    "beyond-64-bits": (event(1, {"amount": 2**63}), "amount|int"),
    "nan": (event(1).replace("1050", "NaN"), "not JSON"),
    "key-twice": (event(1).replace('"amount"', '"amount": 1, "amount"'), "twice"),
    "deeply-nested": (DEEP + "\n", "not valid JSON|bytes"),
    "no-currency": (event(1, {"currency": "XXX"}), "4217"),
    "naive-time-in-the-gap": (event(1, {"received_at": "2024-03-10T02:30:00"}), "received_at"),
    "impossible-date": (event(1, {"received_at": "2024-02-30T00:00:00Z"}), "received_at"),
    "hour-24": (event(1, {"received_at": "2024-02-20T24:00:00Z"}), "received_at"),
    "epoch": (event(1, {"received_at": 1_700_000_000_000}), "received_at"),
    "year-1": (event(1, {"received_at": "0001-01-01T00:00:00Z"}), "received_at|1900"),
    "two-days-ahead": (event(1, time="2199-01-01T00:00:00Z"), "future"),
    "empty-id": (event(1, id=""), "id"),
    "id-of-10-kB": (event(1, id="y" * 10_000), "id"),
    "unknown-type": (event(1, type="payment.guessed"), "type"),
    "unknown-version": (event(1, specversion="2.0"), "specversion"),
    "lone-surrogate": (event(1, {"method": "x"}).replace('"x"', '"\\ud800"'), "JSON|method"),
    "nul": (event(1, {"payment_id": "a\0b"}), "payment_id|ASCII"),
    "negative": (event(1, {"amount": -1}), "amount"),
    "line-of-5-MB": (event(1, {"memo": "x" * 5_000_000}), "too long"),
    "patient-by-mail": (event(1, {"patient_id": "a@example.test"}), "e-mail"),
}


@pytest.mark.parametrize("name", REFUSED_EVENTS)
def test_an_event_that_breaks_a_rule_is_refused_and_takes_no_other_with_it(
    name: str, tmp_path: Path
) -> None:
    text, problem = REFUSED_EVENTS[name]

    judged = judge_events(tmp_path / "events.ndjson", (text + event(2) + event(3)).encode())

    assert (judged.whole, judged.amounts) == (None, [1050, 1050])
    assert judged.refused.keys() == {1}
    assert any(part in judged.refused[1] for part in problem.split("|")), judged.refused


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 0},
        {"received_at": "1986-01-01T00:00:00Z"},
        {"currency": "KWD", "amount": 5},
        {"clinic_id": "never-seen"},
        {"memo": "=HYPERLINK(0)"},
        {"payment_id": "a/b"},
    ],
    ids="-".join,
)
def test_an_event_that_is_only_unusual_is_taken(changed: dict[str, Any], tmp_path: Path) -> None:
    judged = judge_events(tmp_path / "events.ndjson", event(1, changed).encode())

    assert judged == Judged(amounts=[changed.get("amount", 1050)])
