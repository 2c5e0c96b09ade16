"""Documents in a bucket: put whole, encrypted as set, handed out by the clock, taken away."""

import time
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx2
import pytest

from careledger import clock
from careledger.settings import StorageSettings
from careledger.storage import Bucket, StorageError, open_store
from report_api.export_expiry import expire_exports
from report_api.settings import ReportApiSettings
from support.exports import ask, attempts, ended, render, status
from support.pdf_worker import StartPdfWorker
from support.report_api import RunningReportApi
from support.s3_store import S3Store
from support.stories import tell

pytestmark = pytest.mark.integration

PDF = b"%PDF-1.7 a document"
A_MOMENT = timedelta(seconds=30)


def bucket(store: S3Store, **settings: object) -> Bucket:
    every: dict[str, Any] = {**store.settings, **settings}
    opened = open_store(StorageSettings(**every))
    assert isinstance(opened, Bucket)
    return opened


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, s3_store: S3Store
) -> ReportApiSettings:
    """Settings of a service that keeps its documents in the bucket, and knows of no folder."""
    return report_api_settings.model_copy(update=s3_store.settings)


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


def test_a_document_is_put_in_one_piece_with_a_checksum_the_store_has_verified(
    s3_store: S3Store,
) -> None:
    content = bytes(range(256)) * 40_000

    bucket(s3_store).put("a.pdf", content)

    described = s3_store.described("exports/a.pdf")
    assert b64decode(described["ChecksumSHA256"]) == sha256(content).digest()
    assert described["ContentLength"] == len(content)
    assert described["ContentType"] == "application/pdf"
    assert described["CacheControl"] == "no-store"
    assert s3_store.unfinished() == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"export_bucket_encryption": "AES256"}, ("AES256", None)),
        (
            {"export_bucket_encryption": "aws:kms", "export_bucket_kms_key_id": "a-key"},
            ("aws:kms", "a-key"),
        ),
    ],
)
def test_the_store_is_told_how_to_encrypt_and_links_open_what_it_encrypted(
    s3_store: S3Store, settings: dict[str, str], expected: tuple[str, str | None]
) -> None:
    encrypted = bucket(s3_store, **settings)

    encrypted.put("a.pdf", PDF)

    described = s3_store.described("exports/a.pdf")
    assert (described["ServerSideEncryption"], described.get("SSEKMSKeyId")) == expected
    assert httpx2.get(encrypted.address("a.pdf", lasts=A_MOMENT)).content == PDF


def test_an_address_opens_one_document_for_a_while_and_no_longer(s3_store: S3Store) -> None:
    opened = bucket(s3_store)
    opened.put("a.pdf", PDF)
    opened.put("b.pdf", PDF)
    address = opened.address("a.pdf", lasts=timedelta(seconds=2))
    until = time.monotonic() + 4

    found = httpx2.get(address)
    assert (found.status_code, found.content) == (200, PDF)
    assert found.headers["content-disposition"] == 'attachment; filename="a.pdf"'
    assert httpx2.get(address.replace("a.pdf", "b.pdf")).status_code == 403
    assert httpx2.get(address.replace("Expires=2", "Expires=9")).status_code == 403
    while httpx2.get(address).status_code == 200:
        assert time.monotonic() < until


def test_a_document_can_be_taken_away_twice(s3_store: S3Store) -> None:
    opened = bucket(s3_store)
    opened.put("a.pdf", PDF)

    opened.remove("a.pdf")
    opened.remove("a.pdf")

    assert s3_store.stored() == []


@pytest.mark.parametrize(
    "wrong", [{"export_bucket": "elsewhere"}, {"export_bucket_secret_access_key": "wrong"}]
)
def test_a_bucket_that_does_not_answer_to_these_settings_is_said_at_start(
    s3_store: S3Store, wrong: dict[str, str]
) -> None:
    bucket(s3_store).check()

    with pytest.raises(StorageError) as caught:
        bucket(s3_store, **wrong).check()

    assert str(s3_store.port) not in str(caught.value)


async def test_an_export_goes_from_the_worker_to_the_bucket_and_by_its_link_to_its_owner(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    export_id = (await ask(finance))["export_id"]
    await render(report_api.settings, export_id)
    export = await status(finance, export_id)

    redirect = await report_api.anybody.get(export["file"]["href"])
    file = httpx2.get(redirect.headers["location"])

    assert redirect.status_code == 307
    assert "X-Amz-Expires=30&" in redirect.headers["location"]
    assert sha256(file.content).hexdigest() == export["file"]["sha256"]
    await report_api.connection.execute("UPDATE users SET role = 'staff'")
    assert (await report_api.anybody.get(export["file"]["href"])).status_code == 404


async def test_without_the_bucket_an_attempt_fails_and_says_so_and_the_next_one_arrives(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, s3_store: S3Store
) -> None:
    export_id = (await ask(finance))["export_id"]

    s3_store.kill()
    await render(report_api.settings, export_id)
    problem = (await status(finance, export_id))["problem"]
    s3_store.start()
    await render(report_api.settings, export_id)

    assert "could not be stored" in problem
    assert str(s3_store.port) not in problem
    assert (await status(finance, export_id))["state"] == "ready"
    outcomes = [row["outcome"] for row in await attempts(report_api.connection, export_id)]
    assert outcomes == ["failed", "ready"]


async def test_when_its_time_is_over_it_is_taken_out_of_the_bucket_and_not_before_that_works(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, s3_store: S3Store
) -> None:
    export_id = (await ask(finance))["export_id"]
    await render(report_api.settings, export_id)
    await report_api.connection.execute(
        "UPDATE exports SET requested_at = $1", clock.now() - timedelta(days=2)
    )

    async def expire(settings: ReportApiSettings) -> int:
        store = open_store(settings)
        return await expire_exports(report_api.gate.pool, store, kept=timedelta(days=1))

    nowhere = {"export_bucket_endpoint": "http://127.0.0.1:1"}
    with pytest.raises(StorageError):
        await expire(report_api.settings.model_copy(update=nowhere))
    assert (await status(finance, export_id))["state"] == "ready"

    assert await expire(report_api.settings) == 1
    assert (await status(finance, export_id))["state"] == "expired"
    assert s3_store.stored() == []


@pytest.mark.e2e
async def test_a_worker_that_is_told_of_no_folder_puts_its_documents_into_the_bucket(
    report_api: RunningReportApi,
    finance: httpx2.AsyncClient,
    s3_store: S3Store,
    start_pdf_worker: StartPdfWorker,
) -> None:
    start_pdf_worker()

    export = await ended(finance, (await ask(finance))["export_id"])

    assert (export["state"], export["attempts"]) == ("ready", 1)
    assert s3_store.stored() == [f"exports/{export['export_id']}.pdf"]
    assert report_api.settings.export_dir is None
