"""A signature is good or not; hostile headers and bodies never become an error."""

import base64
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from careledger import clock
from ingest.signatures import WebhookSignatures

SECRET = "whsec_" + base64.b64encode(b"a secret of the north clinic").decode()
OTHER = "whsec_" + base64.b64encode(b"the next secret of the clinic").decode()
BODY = b'{"specversion": "1.0"}'
SIGNATURES = WebhookSignatures({"north": (SECRET, OTHER)})


def signed(body: bytes, secret: str, *, age: timedelta = timedelta(0)) -> dict[str, str]:
    at = clock.now() - age
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body.decode()),
    }


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_each_active_secret_of_a_source_verifies(secret: str) -> None:
    assert SIGNATURES.source_of(BODY, signed(BODY, secret)) == "north"


def test_one_good_signature_among_several_is_enough() -> None:
    headers = signed(BODY, SECRET)
    headers["webhook-signature"] = f"v1,AAAA v2,xyz {headers['webhook-signature']}"

    assert SIGNATURES.source_of(BODY, headers) == "north"


def test_a_signature_of_reformatted_json_is_refused() -> None:
    assert SIGNATURES.source_of(BODY.replace(b" ", b""), signed(BODY, SECRET)) is None


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_old_or_future_signature_is_refused(age: timedelta) -> None:
    assert SIGNATURES.source_of(BODY, signed(BODY, SECRET, age=age)) is None


def test_a_signature_ends_after_five_minutes() -> None:
    headers = signed(BODY, SECRET)

    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=2), tick=False):
        assert SIGNATURES.source_of(BODY, headers) is None


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_each_header_is_needed(missing: str) -> None:
    headers = signed(BODY, SECRET)
    del headers[missing]

    assert SIGNATURES.source_of(BODY, headers) is None


HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["nan", "inf", "-1", "1e400", "v1", "v1,", ",", "v1,é", "v1,AAA", "9" * 400]
)


@given(body=st.binary(max_size=60), message=HOSTILE, timestamp=HOSTILE, signature=HOSTILE)
def test_hostile_input_is_refused_and_never_raises(
    body: bytes, message: str, timestamp: str, signature: str
) -> None:
    headers = {
        "webhook-id": message,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature,
    }

    assert SIGNATURES.source_of(body, headers) is None
