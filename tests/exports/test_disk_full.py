"""A disk that is full, and stays so or not: ready once, or failed with a reason; never a part."""

import os
import shutil
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from support.exports import ask, ended
from support.pdf_worker import StartPdfWorker
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.long]

A_MINUTE = 60
THREE_ATTEMPTS = 180
TOO_SMALL = "8k"
MOUNT, UMOUNT = (shutil.which(name) or name for name in ("mount", "umount"))


@contextmanager
def mounted(folder: Path, size: str) -> Generator[None]:
    """Put a disk of so much room where documents go."""
    command = [MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this account may not mount a disk")
    try:
        yield
    finally:
        subprocess.run([UMOUNT, "--lazy", folder], check=True)


def give_room(folder: Path) -> None:
    """Make the disk larger."""
    subprocess.run([MOUNT, "-o", "remount,size=64m", folder], check=True)


def digests(folder: Path) -> list[str]:
    """Return the digest of each file there is."""
    return [sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()]


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    return await report_api.user("finance")


@pytest.fixture
def disk(report_api: RunningReportApi) -> Iterator[Path]:
    """A disk that has room for no document."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    with mounted(report_api.documents, TOO_SMALL):
        yield report_api.documents


async def test_a_disk_that_stays_full_fails_the_export_and_says_so(
    start_pdf_worker: StartPdfWorker, finance: httpx2.AsyncClient, disk: Path
) -> None:
    start_pdf_worker()

    export = await ended(finance, (await ask(finance))["export_id"], timeout_seconds=THREE_ATTEMPTS)

    assert (export["state"], export["attempts"], export["file"]) == ("failed", 3, None)
    assert "could not be stored" in export["problem"]
    assert digests(disk) == []


async def test_a_disk_that_has_room_again_takes_the_document_when_it_is_asked_for_once_more(
    start_pdf_worker: StartPdfWorker, finance: httpx2.AsyncClient, disk: Path
) -> None:
    start_pdf_worker()
    failed = await ended(finance, (await ask(finance))["export_id"], timeout_seconds=THREE_ATTEMPTS)
    give_room(disk)

    again = await finance.post(f"/api/v1/reports/exports/{failed['export_id']}/retry")
    export = await ended(finance, again.json()["export_id"], timeout_seconds=A_MINUTE)

    assert (export["state"], export["digest"]) == ("ready", failed["digest"])
    assert digests(disk) == [export["file"]["sha256"]]
