"""A mail server and a web hook on loopback, which keep what they are sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import msgspec
from aiosmtpd.controller import Controller


@contextmanager
def mail_server() -> Generator[tuple[str, list[Message]]]:
    """Yield an address of apprise and the mails that came."""
    mails: list[Message] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's names and types
            mails.append(message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    # The controller connects to itself once it has started, so it must know its port before.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller: Any = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield (
            f"mailto://127.0.0.1:{port}/?from=careledger@clinic.test&to=on-call@clinic.test",
            mails,
        )
    finally:
        controller.stop()


@contextmanager
def web_hook() -> Generator[tuple[str, list[dict[str, Any]]]]:
    """Yield an address of apprise and the messages that came."""
    messages: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            messages.append(msgspec.json.decode(body, type=dict[str, Any]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/alerts", messages
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
