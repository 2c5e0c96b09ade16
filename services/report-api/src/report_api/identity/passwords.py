"""Passwords as argon2id hashes, computed in a small pool so that sign-ins cannot eat the memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from report_api.errors import UnavailableProblemError

PASSWORD_LENGTH_MIN: Final = 12
PASSWORD_LENGTH_MAX: Final = 1_024
_AT_ONCE: Final = 2
_WAITING_MAX: Final = 64

# A hash nobody has the password of: an unknown name takes as long as a wrong password.
_NOBODY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$Y2FyZWxlZGdlci1ub2JvZHk$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def hash_password(password: str) -> str:
    """Hash a password for storing (argon2id, 64 MiB, about 0.1 s)."""
    return PasswordHash((Argon2Hasher(),)).hash(password)


class PasswordDesk:
    """Checks passwords, two at a time; each waiting sign-in holds no memory."""

    def __init__(self) -> None:
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="password")
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait for one's turn; the attempt is counted inside it, so no crowd outruns the count.

        Raises:
            UnavailableProblemError: if too many wait already.
        """
        if self._waiting >= _WAITING_MAX:
            raise UnavailableProblemError("Too many sign-ins at once.", retry_seconds=2)
        self._waiting += 1
        try:
            async with self._slots:
                yield
        finally:
            self._waiting -= 1

    async def fits(self, password: str, stored: str | None) -> bool:
        """Tell whether a password fits a stored hash; None stands for nobody, in the same time."""
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(
            self._threads, self._hasher.verify, password, stored or _NOBODY
        )
        return fits and stored is not None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)
