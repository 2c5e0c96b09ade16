"""What can go wrong while starting or stopping, each told in one sentence a user can act on."""

from pathlib import Path

_TAIL_LINES = 15
_LINE_LENGTH = 300


class LocalStackError(Exception):
    """The stack cannot be started or stopped; the text says why and what to do."""


class PartDidNotStartError(LocalStackError):
    """A process ended, or did not become ready in time; carries the end of its log."""

    def __init__(self, name: str, reason: str, log: Path) -> None:
        """Read the end of ``log``, so that the user need not look for it."""
        super().__init__(f"{name} {reason}. The end of {log}:\n{_tail(log)}")


def _tail(log: Path) -> str:
    if not log.exists():
        return "  (empty)"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL_LINES:]
    return "\n".join(f"  {line[:_LINE_LENGTH]}" for line in lines) or "  (empty)"
