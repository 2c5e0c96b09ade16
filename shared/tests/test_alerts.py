"""Alerts reach a mail server and a web hook, and only ways that are allowed."""

import pytest

from careledger.alerts import Alerts, parse_alert_urls
from careledger.errors import ConfigurationError
from support.receivers import mail_server, web_hook

pytestmark = pytest.mark.integration


async def test_an_alert_reaches_every_address() -> None:
    with mail_server() as (mail_address, mails), web_hook() as (hook, messages):
        sent = await Alerts(f"{mail_address} {hook}").raised("the source is away", "Run 17: why")

    assert sent
    assert "the source is away" in str(mails[0]["subject"])
    assert "Run 17: why" in mails[0].as_string()
    assert (messages[0]["message"], messages[0]["type"]) == ("Run 17: why", "failure")


async def test_an_address_that_is_away_does_not_keep_the_others_from_theirs() -> None:
    with web_hook() as (hook, messages):
        sent = await Alerts(f"json://127.0.0.1:9/ {hook}").recovered("it is back", "Run 18")

    assert not sent
    assert [one["type"] for one in messages] == ["success"]


async def test_without_an_address_nothing_is_sent_and_nothing_fails() -> None:
    assert await Alerts("").raised("anything", "at all")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://host/", "exec://ls", "syslog://"])
def test_a_way_that_is_not_allowed_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationError, match="address 2") as refused:
        parse_alert_urls(f"json://host {url}")

    assert url not in str(refused.value)
