"""How many exports one account may have under way: queued or being rendered.

Documents take minutes of a worker, and their queue is everybody's: without a limit, one account
could keep all others waiting.
"""

from __future__ import annotations

from typing import Final

from careledger.postgres import Connection
from report_api.errors import TooManyRequestsError
from report_api.identity.callers import Caller

_RETRY_SECONDS: Final = 10
# What has expired is over, and all others of an account are of the last hours.
_OPEN: Final = """
SELECT count(*) FROM export_states
WHERE owner_kind = $1 AND owner_id = $2 AND expired_at IS NULL AND state IN ('queued', 'rendering')
"""


async def refuse_beyond(connection: Connection, caller: Caller, open_max: int) -> None:
    """Refuse a further export of an account that has as many under way as it may.

    Only what is committed counts, so requests answered at the very same moment may together
    exceed the limit, by no more than the connections of the processes.

    Args:
        connection: inside the caller's transaction.
        caller: whose exports are counted.
        open_max: how many may be under way.

    Raises:
        TooManyRequestsError: if it has that many.
    """
    if await connection.fetchval(_OPEN, caller.kind, caller.account_id) >= open_max:
        raise TooManyRequestsError(
            f"This account has {open_max} exports under way, the most it may have. Wait until one"
            " has ended, or cancel one.",
            retry_seconds=_RETRY_SECONDS,
        )
