"""A Kafka of one test file's own, to be frozen without disturbing the other tests."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from deploy.local.kafka import NAME, Kafka
from deploy.local.places import places_of
from deploy.local.processes import Identity, stop
from deploy.local.progress import Silence
from deploy.local.records import Records
from deploy.local.settings import load_settings

_PATIENCE_SECONDS = 20


@dataclass
class OwnKafka:
    """A broker and its process."""

    bootstrap: str
    process: Identity

    def freeze(self) -> None:
        """Stop it in its tracks: connections stay open, and nothing answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.process.pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnKafka]:
    """A fresh broker, gone after the tests of a file."""
    places = places_of(tmp_path_factory.mktemp("kafka") / "stack")
    places.make()
    records = Records(places.home / "state.json")
    kafka = Kafka(places, records, load_settings())
    kafka.start(Silence())
    process = records.process(NAME)
    assert process is not None
    try:
        yield OwnKafka(kafka.bootstrap(), process)
    finally:
        os.kill(process.pid, signal.SIGCONT)
        stop(process, patience_seconds=_PATIENCE_SECONDS, sign=signal.SIGKILL)
        places.forget()
