"""How the demo's sender deals with the answers of ingest."""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import httpx2
import msgspec
import pytest
from deploy.demo.intake import Intake, IntakeError, StoppedError, batches

from support.demo_traffic import stretch

Sender = Callable[..., Intake]
TAKEN = httpx2.Response(202, json={"accepted": [{"line": 1}], "rejected": []})
WAIT = httpx2.Response(503, headers={"retry-after": "1"})


@pytest.fixture
def received() -> list[bytes]:
    return []


@pytest.fixture
def sender(received: list[bytes]) -> Sender:
    """A sender whose ingest gives these answers, one after the other."""

    def make(*answers: httpx2.Response | Exception, stop: Event | None = None) -> Intake:
        coming: Iterator[httpx2.Response | Exception] = iter(answers)

        def answer(request: httpx2.Request) -> httpx2.Response:
            received.append(request.content)
            match next(coming):
                case httpx2.Response() as response:
                    return response
                case problem:
                    raise problem

        client = httpx2.Client(base_url="http://ingest", transport=httpx2.MockTransport(answer))
        return Intake(client, stop or Event(), lambda _: None)

    return make


def test_batches_end_by_count_or_by_the_time_they_span() -> None:
    events = stretch()[3_500:5_000]

    grouped = list(batches(events, longest=timedelta(seconds=1), count_max=200))

    assert list(itertools.chain(*grouped)) == list(events)
    assert [len(batch) for batch in grouped[:2]] == [200, 200]
    assert {len(batch) for batch in grouped[4:-1]} == {50}


def test_a_batch_is_one_event_a_line(sender: Sender, received: list[bytes]) -> None:
    sender(TAKEN).send(stretch()[:3])

    lines = [msgspec.json.decode(line) for line in received[0].splitlines()]
    assert lines == [sent.body for sent in stretch()[:3]]


@pytest.mark.parametrize("trouble", [WAIT, httpx2.ConnectError("refused")])
def test_the_same_batch_is_sent_again_until_it_is_taken(
    sender: Sender, received: list[bytes], trouble: httpx2.Response | Exception
) -> None:
    intake = sender(trouble, TAKEN)

    intake.send(stretch()[:1])

    assert len(received) == 2
    assert received[0] == received[1]
    assert (intake.tally.accepted, intake.tally.waits) == (1, 1)


def test_refused_mistakes_are_counted_as_meant(sender: Sender) -> None:
    mistake = next(sent for sent in stretch() if sent.label == "invalid")
    refusal = {"rejected": [{"line": 1, "reason": "type_unknown", "problem": "type is unknown"}]}
    intake = sender(httpx2.Response(422, json=refusal))

    intake.send([mistake])

    assert (intake.tally.refused, intake.tally.unexpected) == (1, 0)


def test_a_refusal_nobody_meant_is_shown(sender: Sender) -> None:
    answer = {"accepted": [{"line": 1}], "rejected": [{"line": 2, "problem": "amount is odd"}]}
    intake = sender(httpx2.Response(202, json=answer))

    intake.send([sent for sent in stretch() if sent.label == "regular"][:2])

    assert (intake.tally.accepted, intake.tally.unexpected) == (1, 1)
    assert intake.tally.problem == "amount is odd"


@pytest.mark.parametrize("status", [400, 401, 413, 415, 500])
def test_an_answer_that_repetition_cannot_mend_ends_the_sending(
    sender: Sender, status: int
) -> None:
    intake = sender(httpx2.Response(status, json={"title": "No"}))

    with pytest.raises(IntakeError, match=f"ingest answers {status}"):
        intake.send(stretch()[:1])


def test_an_answer_that_cannot_be_read_ends_the_sending(sender: Sender) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        sender(httpx2.Response(202, text="yes")).send(stretch()[:1])


def test_a_stopped_sender_does_not_wait_for_ingest(sender: Sender) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(StoppedError):
        sender(stop=stop).send(stretch()[:1])
