"""The dashboard's page and files: one page for every address, a nonce of its own in each answer."""

import html
import json
import re
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr, ValidationError

from report_api.app import create_app
from report_api.settings import ReportApiSettings

PAGE = (
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>'
    '<meta name="sign-in" content="__SIGN_IN__">'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text(PAGE)
    (assets / "main-1a2b3c.js").write_text("start()")
    (assets / "main-1a2b3c.js.gz").write_bytes(b"smaller")
    (tmp_path / "secret.txt").write_text("private")
    return tmp_path / "dist"


@pytest.fixture
def settings(folder: Path) -> ReportApiSettings:
    return ReportApiSettings(
        database_url=SecretStr("postgresql://nowhere/none"),
        kafka_bootstrap="nowhere:1",
        secret=SecretStr("a root secret that only tests know, 32 characters"),
        redis_url=SecretStr("redis://nowhere"),
        export_dir=Path("/nowhere"),
        dashboard_dir=folder,
    )


@pytest.fixture
async def browser(settings: ReportApiSettings) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=create_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as client:
        yield client


@pytest.mark.parametrize("address", ["", "/", "/revenue", "/patients?patient=P-1&as_of=2026-01-01"])
async def test_every_address_of_the_dashboard_is_the_page(
    browser: httpx2.AsyncClient, address: str
) -> None:
    answer = await browser.get(f"/staff/reports{address}")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"


async def test_the_nonce_of_the_page_is_the_one_its_policy_allows(
    browser: httpx2.AsyncClient,
) -> None:
    answer = await browser.get("/staff/reports")

    nonces = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert len(nonces) == 1
    assert f"script-src 'nonce-{nonces.pop()}' 'strict-dynamic'" in policy_of(answer)


async def test_no_two_answers_share_a_nonce(browser: httpx2.AsyncClient) -> None:
    first, second = [await browser.get("/staff/reports") for _ in range(2)]

    assert policy_of(first) != policy_of(second)


async def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(
    browser: httpx2.AsyncClient,
) -> None:
    policy = policy_of(await browser.get("/staff/reports"))

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_without_an_issuer_the_page_offers_passwords_and_speaks_with_its_own_server(
    browser: httpx2.AsyncClient,
) -> None:
    answer = await browser.get("/staff/reports")

    assert sign_in_of(answer) == {"password": True, "oidc": None}
    assert "connect-src 'self';" in policy_of(answer)


@pytest.mark.parametrize(
    ("issuer", "origin"),
    [
        ("https://id.clinic.example/realms/clinic?a=1;script-src *", "https://id.clinic.example"),
        ("https://ID.clinic.example:8443/", "https://id.clinic.example:8443"),
        ("https://id.clinic.example:443", "https://id.clinic.example"),
        ("http://[::1]:9000/x", "http://[::1]:9000"),
    ],
)
async def test_with_an_issuer_its_origin_alone_is_added(
    settings: ReportApiSettings, issuer: str, origin: str
) -> None:
    settings.oidc_issuer, settings.oidc_client_id = issuer, "dashboard"
    transport = httpx2.ASGITransport(app=create_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as client:
        answer = await client.get("/staff/reports")

    assert f"connect-src 'self' {origin};" in policy_of(answer)
    assert policy_of(answer).count("http") == 1


async def test_the_other_origins_of_an_issuer_are_added_once_each(
    settings: ReportApiSettings,
) -> None:
    settings.oidc_issuer, settings.oidc_client_id = "https://id.clinic.example/realm", "dashboard"
    settings.oidc_origins = "https://token.clinic.example:443,https://id.clinic.example"
    transport = httpx2.ASGITransport(app=create_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as client:
        answer = await client.get("/staff/reports")

    allowed = "'self' https://id.clinic.example https://token.clinic.example;"
    assert f"connect-src {allowed}" in policy_of(answer)


async def test_the_page_learns_what_the_issuer_wants_to_be_told(
    settings: ReportApiSettings,
) -> None:
    settings.oidc_issuer, settings.oidc_client_id = "https://id.clinic.example", "dashboard"
    settings.oidc_parameters = "audience=https://reports.clinic.example&resource=urn:reports"
    transport = httpx2.ASGITransport(app=create_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as client:
        answer = await client.get("/staff/reports")

    assert sign_in_of(answer)["oidc"]["parameters"] == {
        "audience": "https://reports.clinic.example",
        "resource": "urn:reports",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("oidc_origins", "https://id.example;script-src *"),
        ("oidc_origins", "https://id.example/token"),
        ("oidc_origins", "http://id.example"),
        ("oidc_parameters", "audience"),
        ("oidc_parameters", "audience=a&"),
    ],
)
def test_what_is_no_origin_or_parameter_is_refused_at_start(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        ReportApiSettings.model_validate({name: value})


async def test_the_bare_address_leads_to_the_dashboard(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/")

    assert answer.status_code == 307
    assert answer.headers["location"] == "/staff/reports"


async def test_the_bare_address_leads_nowhere_while_there_is_no_dashboard(
    browser: httpx2.AsyncClient, folder: Path
) -> None:
    (folder / "index.html").unlink()

    assert (await browser.get("/")).status_code == 404


async def test_the_page_learns_of_the_issuer_as_data_and_of_no_secret(
    settings: ReportApiSettings,
) -> None:
    settings.oidc_issuer, settings.oidc_client_id = "https://id.clinic.example", "dashboard"
    settings.oidc_name = '"><script>Clinic & Sons</script>'
    transport = httpx2.ASGITransport(app=create_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as client:
        answer = await client.get("/staff/reports")

    assert sign_in_of(answer)["oidc"] == {
        "issuer": "https://id.clinic.example",
        "client_id": "dashboard",
        "scope": "openid profile",
        "name": settings.oidc_name,
        "parameters": {},
    }
    assert answer.text.count("<script") == 1


@pytest.mark.parametrize(
    "issuer", ["https://id.example;script-src", "https://a@id.example", "http://id.example", "x"]
)
def test_an_issuer_that_is_no_plain_address_is_refused(issuer: str) -> None:
    with pytest.raises(ValidationError, match="oidc_issuer"):
        ReportApiSettings.model_validate({"oidc_issuer": issuer})


async def test_a_built_file_may_be_kept_for_ever(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get(
        "/staff/reports/assets/main-1a2b3c.js", headers={"accept-encoding": "identity"}
    )

    assert answer.text == "start()"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_browser_that_reads_gzip_gets_the_smaller_file(
    browser: httpx2.AsyncClient,
) -> None:
    async with browser.stream(
        "GET", "/staff/reports/assets/main-1a2b3c.js", headers={"accept-encoding": "gzip"}
    ) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])

    assert sent == b"smaller"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["missing.js", "..%2f..%2fsecret.txt", "%2e%2e", ".hidden"])
async def test_a_file_that_was_not_built_is_not_found(
    browser: httpx2.AsyncClient, name: str
) -> None:
    answer = await browser.get(f"/staff/reports/assets/{name}")

    assert "private" not in answer.text
    assert answer.status_code in {404, 422} or answer.text.startswith("<meta")


async def test_without_a_build_the_answer_says_how_to_get_one(
    browser: httpx2.AsyncClient, folder: Path
) -> None:
    (folder / "index.html").unlink()

    answer = await browser.get("/staff/reports")

    assert answer.status_code == 404
    assert "make frontend" in answer.json()["detail"]


def sign_in_of(answer: httpx2.Response) -> dict[str, Any]:
    found = re.search(r'name="sign-in" content="([^"]*)"', answer.text)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def policy_of(answer: httpx2.Response) -> str:
    return answer.headers["content-security-policy"]
