"""A small OpenID Connect issuer on this machine: discovery, keys, and any token to be signed."""

import json
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from careledger import clock

AUDIENCE: Final = "careledger"
DISCOVERY: Final = "/.well-known/openid-configuration"
JWKS: Final = "/keys"


class OidcIssuer:
    """The issuer; `asked` lists the paths it was asked for."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        self.keys: list[RSAKey | ECKey] = [new_key("first")]
        self.discovery: dict[str, Any] = {"issuer": self.url, "jwks_uri": self.url + JWKS}
        self.listed: list[dict[str, Any]] | None = None
        self.asked: list[str] = []
        self.is_away = False
        self.elsewhere: str | None = None
        """Where it sends whoever asks, instead of answering."""
        self.may_answer = threading.Event()
        """Cleared, it takes requests and answers none."""
        self.may_answer.set()

    def rotate(self, key: RSAKey | ECKey) -> None:
        """Sign with another key, and list no other."""
        self.keys = [key]

    def answer(self, path: str) -> dict[str, Any] | None:
        """Return the document at a path; None if there is none, or nothing at all."""
        self.asked.append(path)
        if self.is_away:
            return None
        public = [key.as_dict(private=False) for key in self.keys]
        return {DISCOVERY: self.discovery, JWKS: {"keys": self.listed or public}}.get(path)

    def claims(self, **changed: object) -> dict[str, Any]:
        """Return the claims of a good access token; None takes a claim away."""
        now = int(clock.now().timestamp())
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "subject-1",
            "iat": now,
            "exp": now + 300,
            "preferred_username": "ada",
            "roles": ["finance"],
            "clinics": "*",
        }
        return {name: value for name, value in (claims | changed).items() if value is not None}

    def token(self, header: Mapping[str, Any] | None = None, /, **changed: object) -> str:
        """Sign an access token."""
        key = self.keys[0]
        algorithm = "RS256" if isinstance(key, RSAKey) else "ES256"
        whole = {"alg": algorithm, "typ": "at+jwt", "kid": key.kid, **(header or {})}
        return jwt.encode(whole, self.claims(**changed), key, algorithms=[algorithm])


def new_key(key_id: str) -> RSAKey:
    """Make an RSA key with an id."""
    return RSAKey.generate_key(2048, {"kid": key_id, "use": "sig"})


@contextmanager
def serve_issuer() -> Generator[OidcIssuer]:
    """Serve an issuer on a free port."""
    holder: list[OidcIssuer] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = holder[0].answer(self.path)
            holder[0].may_answer.wait()
            elsewhere = holder[0].elsewhere
            self.send_response(302 if elsewhere else 503 if document is None else 200)
            if elsewhere:
                self.send_header("location", elsewhere)
            self.send_header("content-type", "application/json")
            # Who was kept waiting may have left.
            with suppress(BrokenPipeError):
                self.end_headers()
                self.wfile.write(json.dumps(document or {}).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    holder.append(OidcIssuer(server))
    thread.start()
    try:
        yield holder[0]
    finally:
        holder[0].may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def oidc_issuer() -> Iterator[OidcIssuer]:
    """An issuer of this test alone."""
    with serve_issuer() as issuer:
        yield issuer
