"""A TCP proxy between a service and one of its parts, to cut the line where a test says."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit


class Proxy:
    """Passes bytes on until it is cut; cut, it drops what is open and refuses what is new."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._open = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._refused = asyncio.Semaphore(0)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until either side ends."""
        if not self._open:
            self._refused.release()
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection(self._host, self._port)
        self._writers |= {writer, far_writer}
        # A cancelled task of a stream server is an error to asyncio, so the end is awaited quietly.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))
        self._writers -= {writer, far_writer}

    def cut(self) -> None:
        """Drop every connection and refuse new ones."""
        self._open = False
        for writer in self._writers:
            writer.transport.abort()

    async def refuses(self, count: int) -> None:
        """Wait until so many connections were refused since the last time this was asked."""
        for _ in range(count):
            await self._refused.acquire()

    def mend(self) -> None:
        """Let connections through again."""
        self._open = True


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxy_to(address: str) -> AsyncGenerator[tuple[Proxy, str]]:
    """Run a proxy before a server; gives it and the address by which the server is reached."""
    parts = urlsplit(address)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
    server = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    where = parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}")
    try:
        yield proxy, where.geturl()
    finally:
        proxy.cut()
        server.close()
