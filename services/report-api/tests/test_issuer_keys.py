"""The keys of an identity provider: found, kept while it is away, and asked for with measure."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from report_api.identity.issuer_keys import (
    ASK_AGAIN_SECONDS,
    BYTES_MAX,
    FIRST_ASK_AGAIN_SECONDS,
    FRESH_SECONDS,
    KEPT_SECONDS,
    IssuerAwayError,
    IssuerKeys,
    is_safe,
)
from support.oidc_issuer import DISCOVERY, JWKS, OidcIssuer, new_key, serve_issuer
from support.polling import seen

pytestmark = pytest.mark.enable_socket


@dataclass
class Stopwatch:
    seconds: float = 0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
async def keys(oidc_issuer: OidcIssuer, stopwatch: Stopwatch) -> AsyncIterator[IssuerKeys]:
    one = IssuerKeys(oidc_issuer.url, elapsed=stopwatch)
    yield one
    await one.close()


async def test_keys_are_asked_for_once_while_they_are_fresh(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    for _ in range(3):
        assert await keys.find("first") is not None
    stopwatch.seconds += FRESH_SECONDS + 1
    await keys.find("first")

    assert oidc_issuer.asked.count(JWKS) == 2


async def test_a_new_key_is_found_and_a_withdrawn_one_is_gone(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    await keys.find("first")
    oidc_issuer.rotate(new_key("second"))
    stopwatch.seconds += ASK_AGAIN_SECONDS

    assert await keys.find("second") is not None
    assert await keys.find("first") is None


async def test_ten_thousand_unknown_keys_make_one_request_a_minute(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    await keys.find("first")

    for number in range(10_000):
        stopwatch.seconds += 120 / 10_000
        assert await keys.find(f"random-{number}") is None

    assert oidc_issuer.asked.count(JWKS) <= 1 + 2


async def test_known_keys_hold_while_the_issuer_is_away_and_not_for_ever(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    await keys.find("first")
    oidc_issuer.is_away = True

    stopwatch.seconds = KEPT_SECONDS - 1
    assert await keys.find("first") is not None
    stopwatch.seconds = KEPT_SECONDS + 1
    with pytest.raises(IssuerAwayError):
        await keys.find("first")


async def test_of_an_issuer_that_hangs_one_waits_for_a_moment_and_nobody_else(
    oidc_issuer: OidcIssuer,
    keys: IssuerKeys,
    stopwatch: Stopwatch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("report_api.identity.issuer_keys.ASK_SECONDS", 1.0)
    await keys.find("first")
    oidc_issuer.may_answer.clear()
    stopwatch.seconds += FRESH_SECONDS + 1

    began = time.monotonic()
    waiting = asyncio.create_task(keys.find("first"))
    await seen(lambda: _asked(oidc_issuer), lambda count: count == 3)
    others = [await keys.find("first") for _ in range(3)]
    others_are_first = not waiting.done()

    assert await waiting is not None
    assert None not in others
    assert others_are_first
    assert time.monotonic() - began < 5


async def _asked(issuer: OidcIssuer) -> int:
    return len(issuer.asked)


async def test_an_issuer_that_is_back_is_asked_again_soon(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    oidc_issuer.is_away = True
    with pytest.raises(IssuerAwayError):
        await keys.find("first")
    oidc_issuer.is_away = False

    stopwatch.seconds += FIRST_ASK_AGAIN_SECONDS

    assert await keys.find("first") is not None


async def test_an_issuer_that_calls_itself_otherwise_is_not_believed(
    oidc_issuer: OidcIssuer, keys: IssuerKeys
) -> None:
    oidc_issuer.discovery["issuer"] = "https://elsewhere.example"

    with pytest.raises(IssuerAwayError):
        await keys.find("first")

    assert JWKS not in oidc_issuer.asked


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/keys", "file:///etc/passwd", "ftp://x/", 7, None]
)
async def test_keys_come_by_tls_only(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, address: object
) -> None:
    oidc_issuer.discovery["jwks_uri"] = address

    with pytest.raises(IssuerAwayError):
        await keys.find("first")


async def test_a_redirect_is_not_followed(oidc_issuer: OidcIssuer, keys: IssuerKeys) -> None:
    with serve_issuer() as inside:
        oidc_issuer.elsewhere = inside.url + DISCOVERY

        with pytest.raises(IssuerAwayError):
            await keys.find("first")

        assert inside.asked == []


async def test_an_endless_answer_is_given_up(oidc_issuer: OidcIssuer, keys: IssuerKeys) -> None:
    oidc_issuer.discovery["padding"] = "x" * BYTES_MAX

    with pytest.raises(IssuerAwayError):
        await keys.find("first")


async def test_a_token_without_a_key_id_is_checked_with_the_only_key(
    oidc_issuer: OidcIssuer, keys: IssuerKeys, stopwatch: Stopwatch
) -> None:
    assert await keys.find(None) is not None

    oidc_issuer.keys.append(new_key("second"))
    stopwatch.seconds += FRESH_SECONDS

    assert await keys.find(None) is None


def test_an_address_on_this_machine_needs_no_tls() -> None:
    assert is_safe("https://login.example.org/keys")
    assert is_safe("http://127.0.0.1:8080/keys")
    assert not is_safe("http://login.example.org/keys")
