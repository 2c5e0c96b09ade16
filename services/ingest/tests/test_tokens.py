"""Source tokens are parsed strictly and compared without telling which one was close."""

import pytest

from ingest.tokens import SourceTokens, parse_tokens, parse_webhook_secrets

FIRST = "first-token-of-a-clinic"
SECOND = "second-token-of-a-clinic"


def test_a_token_names_its_source() -> None:
    tokens = SourceTokens(parse_tokens(f"north:{FIRST}, south:{SECOND}"))

    assert tokens.source_of(SECOND) == "south"


@pytest.mark.parametrize("token", ["", FIRST[:-1], FIRST + "x", FIRST.upper(), "\ud800", "ü" * 30])
def test_another_token_names_nobody(token: str) -> None:
    tokens = SourceTokens(parse_tokens(f"north:{FIRST}"))

    assert tokens.source_of(token) is None


def test_without_tokens_nobody_is_let_in() -> None:
    assert SourceTokens(parse_tokens("")).source_of("") is None


def test_a_source_may_have_two_tokens_while_they_are_changed() -> None:
    tokens = SourceTokens(parse_tokens(f"north:{FIRST},north:{SECOND}"))

    assert {tokens.source_of(FIRST), tokens.source_of(SECOND)} == {"north"}


def test_a_colon_belongs_to_the_token() -> None:
    tokens = SourceTokens(parse_tokens("north:with:colons-in-the-token"))

    assert tokens.source_of("with:colons-in-the-token") == "north"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"north:{FIRST},{SECOND}", "entry 2"),
        (f"north:{FIRST},", "entry 2"),
        ("north:short", "entry 1"),
        (f"no rth:{FIRST}", "entry 1"),
        ("north:a token with spaces", "entry 1"),
    ],
)
def test_a_wrong_entry_is_named_by_its_place_and_not_by_its_text(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refusal:
        parse_tokens(text)

    assert FIRST not in str(refusal.value)
    assert "short" not in str(refusal.value)


@pytest.mark.parametrize("secret", ["whsec_c2hvcnQ=========", "whsec_!!!not~base64!!!!", "x" * 32])
def test_a_webhook_secret_must_be_whsec_and_base64_of_a_long_key(secret: str) -> None:
    with pytest.raises(ValueError, match="a secret of north") as refusal:
        parse_webhook_secrets(f"north:{secret}")

    assert secret not in str(refusal.value)


@pytest.mark.parametrize("padding", ["", "="])
def test_a_webhook_secret_is_taken_with_padding_and_without(padding: str) -> None:
    secret = "whsec_c2V2ZW50ZWVuIGJ5dGVzIG8" + padding

    assert parse_webhook_secrets(f"north:{secret}") == {"north": (secret,)}
