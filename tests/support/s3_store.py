"""An S3 store of a test's own: moto as a process behind a gate, on a loopback port, in memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import SecretStr

BUCKET: Final = "documents"
_KEY_ID: Final = "AKIAONLYFORTESTS"
_SECRET: Final = "a-secret-key-that-only-tests-know"  # noqa: S105
_SERVER: Final = Path(__file__).with_name("s3_gate.py")
_REGION: Final = "us-east-1"
_READY_SECONDS: Final = 60


@dataclass
class S3Store:
    """A server with one bucket, on a port that stays the same; it forgets all when it ends."""

    port: int
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of a service that keeps its documents here."""
        return {
            "export_dir": None,
            "export_bucket": BUCKET,
            "export_bucket_prefix": "exports",
            "export_bucket_region": _REGION,
            "export_bucket_endpoint": f"http://127.0.0.1:{self.port}",
            "export_bucket_access_key_id": _KEY_ID,
            "export_bucket_secret_access_key": SecretStr(_SECRET),
        }

    @property
    def client(self) -> Any:  # noqa: ANN401 - boto3 makes it when asked
        """Another client than that of the product."""
        import boto3  # noqa: PLC0415 - takes a while, and few tests need it

        return boto3.client(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name=_REGION,
            aws_access_key_id=_KEY_ID,
            aws_secret_access_key=_SECRET,
        )

    def start(self) -> None:
        """Start it with an empty bucket, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", _SERVER, str(self.port), _KEY_ID, _SECRET],
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _READY_SECONDS
        while not self._listens():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "the store does not start"
            time.sleep(0.05)
        self.client.create_bucket(Bucket=BUCKET)

    def kill(self) -> None:
        """End it at once, with everything in it."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stored(self) -> list[str]:
        """Return the keys of all that is in the bucket."""
        listed = self.client.list_objects_v2(Bucket=BUCKET)
        return [found["Key"] for found in listed.get("Contents", [])]

    def unfinished(self) -> list[Any]:
        """Return what was begun to be sent in parts and is not whole."""
        return self.client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])

    def described(self, key: str) -> dict[str, Any]:
        """Return what the store knows of an object: length, checksum, encryption."""
        return self.client.head_object(Bucket=BUCKET, Key=key, ChecksumMode="ENABLED")

    def _listens(self) -> bool:
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="session")
def _s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Store]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    store = S3Store(port, tmp_path_factory.mktemp("s3") / "log")
    store.start()
    try:
        yield store
    finally:
        store.kill()


@pytest.fixture
def s3_store(_s3_server: S3Store) -> S3Store:
    """A running store with an empty bucket."""
    if _s3_server.process.poll() is None:
        for key in _s3_server.stored():
            _s3_server.client.delete_object(Bucket=BUCKET, Key=key)
    else:
        _s3_server.start()
    return _s3_server
