"""A store for tests that speaks S3: moto, behind a gate that refuses what S3 refuses.

Run with a port, a key id and its secret. moto alone lets any signature, time and checksum pass.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from io import BytesIO
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import run_simple
from werkzeug.wrappers import Request, Response

from careledger import clock

Starter = Callable[..., Callable[[bytes], object]]
Application = Callable[[dict[str, Any], Starter], Iterable[bytes]]

_WRITTEN: Final = "%Y%m%dT%H%M%SZ"
_CLOCKS_DIFFER: Final = timedelta(minutes=15)


class S3Gate:
    """Lets requests through to an application that are signed, in time and whole."""

    def __init__(self, application: Application, *, key_id: str, secret: str) -> None:
        self._application = application
        self._credentials = Credentials(key_id, secret)

    def __call__(self, environ: dict[str, Any], start_response: Starter) -> Iterable[bytes]:
        """Answer as the application does, or with 403 or 400."""
        request = Request(environ)
        # What is read of the connection cannot be read again.
        environ["wsgi.input"] = BytesIO(request.get_data(cache=True))
        refused = self._problem(request) or _broken(request)
        if refused is None:
            if "X-Amz-Checksum-Sha256" in request.headers:
                # Without this moto does not keep the checksum.
                environ["HTTP_X_AMZ_SDK_CHECKSUM_ALGORITHM"] = "SHA256"
            return self._application(environ, start_response)
        code, status = refused
        answer = Response(
            f"<Error><Code>{code}</Code></Error>", status, content_type="application/xml"
        )
        return answer(environ, start_response)

    def _problem(self, request: Request) -> tuple[str, int] | None:
        if "X-Amz-Signature" in request.args:
            credential = request.args["X-Amz-Credential"]
            at, lasts = request.args["X-Amz-Date"], int(request.args["X-Amz-Expires"])
            given, names = request.args["X-Amz-Signature"], request.args["X-Amz-SignedHeaders"]
            kind, latest = S3SigV4QueryAuth, _read(at) + timedelta(seconds=lasts)
        elif (header := request.headers.get("Authorization", "")).startswith("AWS4-HMAC-SHA256 "):
            parts = dict(part.strip().split("=", 1) for part in header.split(" ", 1)[1].split(","))
            credential, given, names = (
                parts[name] for name in ("Credential", "Signature", "SignedHeaders")
            )
            at = request.headers["X-Amz-Date"]
            kind, latest = S3SigV4Auth, _read(at) + _CLOCKS_DIFFER
        else:
            return "AccessDenied", 403
        if clock.now() > latest:
            return "AccessDenied", 403
        region = credential.split("/")[2]
        expected = _signature(kind(self._credentials, "s3", region), request, at, names)
        return None if compare_digest(expected, given) else ("SignatureDoesNotMatch", 403)


def _read(at: str) -> datetime:
    return datetime.strptime(at, _WRITTEN).replace(tzinfo=UTC)


def _signature(auth: Any, request: Request, at: str, names: str) -> str:  # noqa: ANN401 - untyped there
    query = urlencode(
        [
            pair
            for pair in parse_qsl(request.query_string.decode(), keep_blank_values=True)
            if pair[0] != "X-Amz-Signature"
        ]
    )
    signed: Any = AWSRequest(
        request.method,
        f"{request.host_url}{request.full_path.split('?')[0].lstrip('/')}?{query}",
        headers={name: request.headers[name] for name in names.split(";")},
    )
    signed.context["timestamp"] = at
    canonical = auth.canonical_request(signed)
    return auth.signature(auth.string_to_sign(signed, canonical), signed)


def _broken(request: Request) -> tuple[str, int] | None:
    """Tell whether the body is other than its checksums say."""
    if request.method != "PUT":
        return None
    digest = sha256(request.get_data(cache=True))
    told = request.headers.get("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
    if told not in {"UNSIGNED-PAYLOAD", digest.hexdigest()}:
        return "XAmzContentSHA256Mismatch", 400
    checksum = request.headers.get("X-Amz-Checksum-Sha256")
    if checksum not in {None, base64.b64encode(digest.digest()).decode()}:
        return "BadDigest", 400
    return None


def _serve(port: str, key_id: str, secret: str) -> None:
    moto = DomainDispatcherApplication(create_backend_app)
    gate = S3Gate(moto, key_id=key_id, secret=secret)
    run_simple("127.0.0.1", int(port), gate, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
