"""Chooses ports nobody listens on."""

import random
import socket

# Below the range from which Linux takes the near end of outgoing connections, so that none of
# those is in the way.
_LOWEST = 20_000
_HIGHEST = 31_999
_TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(*, remembered: int | None, taken: set[int]) -> int:
    """The remembered port if it is still free, otherwise another that is not in ``taken``."""
    if remembered is not None and remembered not in taken and is_free(remembered):
        return remembered
    for _ in range(_TRIES):
        port = random.randint(_LOWEST, _HIGHEST)  # noqa: S311 - a port is not a secret
        if port not in taken and is_free(port):
            return port
    raise OSError(f"no free port between {_LOWEST} and {_HIGHEST}")
