"""A verified token is remembered for a while, never beyond its own end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from report_api.identity.tokens import Bearer, TokenError
from report_api.identity.verified import REMEMBERED, VerifiedTokens

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Counting:
    """Accepts one token, and counts how often it is asked."""

    def __init__(self, lasts: timedelta) -> None:
        self.asked = 0
        self._expires_at = NOW + lasts

    def verify(self, token: str) -> Bearer:
        self.asked += 1
        if token != "good":  # noqa: S105 - no secret
            raise TokenError
        return Bearer("user", "u", "s", frozenset(), self._expires_at)


def test_a_signature_is_checked_once_in_a_while() -> None:
    counting = Counting(timedelta(hours=1))
    tokens = VerifiedTokens(counting)

    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(3):
            assert tokens.verify("good").account_id == "u"
        assert counting.asked == 1
        clock.shift(REMEMBERED)
        tokens.verify("good")

    assert counting.asked == 2


def test_a_remembered_token_ends_when_it_ends() -> None:
    tokens = VerifiedTokens(Counting(timedelta(seconds=10)))

    with time_machine.travel(NOW, tick=False) as clock:
        tokens.verify("good")
        clock.shift(10)
        with pytest.raises(TokenError):
            tokens.verify("good")


def test_a_bad_token_is_never_remembered() -> None:
    counting = Counting(timedelta(hours=1))
    tokens = VerifiedTokens(counting)

    for _ in range(2):
        with pytest.raises(TokenError):
            tokens.verify("bad")

    assert counting.asked == 2
