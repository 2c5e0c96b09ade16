"""The outlet to ingest: asks it to start a run over the practice's database, or to stop one."""

from __future__ import annotations

from typing import Final, NamedTuple

import httpx2
import msgspec

from careledger.control import (
    REPLAYS_PATH,
    RUNS_PATH,
    CancelRequest,
    ReplayAnswer,
    ReplayRequest,
    RunAnswer,
    RunRequest,
    control_token,
)
from report_api.errors import (
    InvalidError,
    NotFoundError,
    NotReplayableError,
    UnavailableProblemError,
)
from report_api.facts import trace_headers

_TIMEOUT_SECONDS: Final = 10.0
_OK: Final = 200
_ACCEPTED: Final = 202
_CONFLICT: Final = 409
_MALFORMED: Final = 400
_ABSENT: Final = 404


class Started(NamedTuple):
    """What came of asking for a run."""

    run_id: str | None
    """The run that goes on: the one asked for, or the one in its way."""
    is_new: bool


class _Problem(msgspec.Struct):
    detail: str = ""


class RunControl:
    """Speaks with ingest's internal routes."""

    def __init__(self, url: str, secret: str) -> None:
        """Say where ingest is; its token is derived from the root secret."""
        self._client = httpx2.AsyncClient(
            base_url=url,
            headers={"authorization": f"Bearer {control_token(secret)}"},
            timeout=_TIMEOUT_SECONDS,
        )

    async def start(self, wanted: RunRequest) -> Started:
        """Ask for a run.

        Raises:
            InvalidError: if ingest cannot run so: no database is configured, or its mapping is
                wrong.
            UnavailableProblemError: if ingest or what it needs does not answer.
        """
        answer = await self._post(RUNS_PATH, wanted)
        if answer.status_code == _MALFORMED:
            problem = msgspec.json.decode(answer.content, type=_Problem)
            raise InvalidError("body", "", problem.detail)
        if answer.status_code not in (_ACCEPTED, _CONFLICT):
            raise UnavailableProblemError("The run cannot be started now.")
        run = msgspec.json.decode(answer.content, type=RunAnswer)
        return Started(run.run_id, answer.status_code == _ACCEPTED)

    async def cancel(self, run_id: str, by: str) -> None:
        """Ask a run to stop after what it is doing.

        Raises:
            NotFoundError: if it is not going on.
            UnavailableProblemError: if ingest does not answer.
        """
        answer = await self._post(f"{RUNS_PATH}/{run_id}/cancel", CancelRequest(by=by))
        if answer.status_code == _ABSENT:
            raise NotFoundError
        if answer.status_code != _ACCEPTED:
            raise UnavailableProblemError("The run cannot be stopped now.")

    async def replay(self, wanted: ReplayRequest) -> ReplayAnswer:
        """Ask for a refused record to be judged again.

        Raises:
            NotReplayableError: if Kafka does not hold the record any more.
            UnavailableProblemError: if ingest or Kafka does not answer.
        """
        answer = await self._post(REPLAYS_PATH, wanted)
        if answer.status_code == _ABSENT:
            raise NotReplayableError("Kafka does not hold the record any more: send it again.")
        if answer.status_code != _OK:
            raise UnavailableProblemError("The record cannot be replayed now.")
        return msgspec.json.decode(answer.content, type=ReplayAnswer)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(
        self, path: str, message: RunRequest | CancelRequest | ReplayRequest
    ) -> httpx2.Response:
        try:
            return await self._client.post(
                path,
                content=msgspec.json.encode(message),
                headers={"content-type": "application/json", **trace_headers()},
            )
        except httpx2.HTTPError as error:
            raise UnavailableProblemError("ingest does not answer.") from error
