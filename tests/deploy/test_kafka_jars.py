"""No jar is used but those of the lock, wherever they come from."""

import hashlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from deploy.local.errors import LocalStackError
from deploy.local.kafka_jars import KAFKA, LOGGING, LockedJar, bring_jars, locked_jars

pytestmark = pytest.mark.enable_socket
CONTENT = b"the jar"
JAR = LockedJar("org.example:tool:1.0", hashlib.sha256(CONTENT).hexdigest())


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name inherited
        """Keep the output of the tests clean."""


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[str]:
    """A Maven repository on this machine with the one jar."""
    folder = tmp_path / "repository"
    jar = folder / "org/example/tool/1.0/tool-1.0.jar"
    jar.parent.mkdir(parents=True)
    jar.write_bytes(CONTENT)
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def bring(shelf: Path, repository: str, jar: LockedJar = JAR) -> list[Path]:
    return bring_jars([jar], shelf, mirror=repository, report=lambda _: None)


def test_a_missing_jar_is_downloaded(tmp_path: Path, repository: str) -> None:
    (path,) = bring(tmp_path / "shelf", repository)

    assert path.read_bytes() == CONTENT


def test_a_jar_that_is_there_needs_no_network(tmp_path: Path, repository: str) -> None:
    first = bring(tmp_path / "shelf", repository)

    assert bring(tmp_path / "shelf", "http://127.0.0.1:1") == first


def test_a_damaged_jar_is_downloaded_again(tmp_path: Path, repository: str) -> None:
    (path,) = bring(tmp_path / "shelf", repository)
    path.write_bytes(b"damaged")

    (path,) = bring(tmp_path / "shelf", repository)

    assert path.read_bytes() == CONTENT


def test_a_jar_other_than_the_locked_one_is_refused(tmp_path: Path, repository: str) -> None:
    other = LockedJar(JAR.coordinate, "0" * 64)

    with pytest.raises(LocalStackError, match="refusing to run it"):
        bring(tmp_path / "shelf", repository, other)
    assert list((tmp_path / "shelf").iterdir()) == []


def test_an_unreachable_repository_is_named_with_the_ways_around_it(tmp_path: Path) -> None:
    with pytest.raises(LocalStackError, match=r"org\.example:tool:1\.0.*CARELEDGER_MAVEN_MIRROR"):
        bring(tmp_path / "shelf", "http://127.0.0.1:1")


def test_the_lock_holds_one_kafka_and_its_logging() -> None:
    jars = {jar.coordinate for jar in locked_jars()}
    version = KAFKA.rpartition(":")[2]

    assert {KAFKA, LOGGING} <= jars
    assert {c.rpartition(":")[2] for c in jars if c.startswith("org.apache.kafka:")} == {version}
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) for jar in locked_jars())
