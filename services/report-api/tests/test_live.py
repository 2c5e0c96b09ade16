"""Live updates reach who may know of them, once each, for as long as the token holds."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx2
import msgspec
import pytest

from careledger import clock
from careledger.events.topics import REPORT_UPDATES
from careledger.events.updates import ReportUpdate
from careledger.kafka import create_topics
from report_api.identity.tokens import LEEWAY_SECONDS
from report_api.permissions import Role
from report_api.settings import ReportApiSettings
from support.polling import seen
from support.report_api import RunningReportApi
from support.topics import write_records

pytestmark = pytest.mark.integration

PATH = "/api/v1/reports/updates"


def update(clinic_id: str, day: int = 5) -> ReportUpdate:
    return ReportUpdate(
        clinic_id=clinic_id,
        reports=("revenue", "patients", "outstanding"),
        first_date=date(2026, 3, day),
        last_date=date(2026, 3, day),
        watermark=f"0:{day}",
    )


@dataclass
class Event:
    """One event as it came over the wire."""

    event: str = ""
    id: str = ""
    data: dict[str, object] = field(default_factory=dict[str, object])


@dataclass
class Stream:
    """An open stream; reads event by event."""

    response: httpx2.Response

    async def next(self) -> Event:
        """Return the next event; comments are passed over."""
        found = Event()
        async with asyncio.timeout(20):
            async for line in self.lines():
                name, _, value = line.partition(": ")
                if line == "" and found.event:
                    return found
                if name == "data":
                    found.data = msgspec.json.decode(value)
                elif name in ("event", "id"):
                    setattr(found, name, value)
        raise AssertionError("the stream ended")

    async def ended(self) -> bool:
        """Read to the end."""
        async with asyncio.timeout(20):
            async for _ in self.lines():
                pass
        return True

    def __post_init__(self) -> None:
        self._lines = self.response.aiter_lines()

    def lines(self) -> AsyncGenerator[str]:
        """Return the lines not read yet."""
        return self._go_on()

    async def _go_on(self) -> AsyncGenerator[str]:
        while True:
            try:
                yield await anext(self._lines)
            except StopAsyncIteration:
                return


@pytest.fixture(autouse=True)
async def _topic(
    report_api_settings: ReportApiSettings, kafka_bootstrap: str, topic_prefix: str
) -> None:
    report_api_settings.kafka_bootstrap = kafka_bootstrap
    report_api_settings.kafka_topic_prefix = topic_prefix
    await create_topics(kafka_bootstrap, (REPORT_UPDATES.under(topic_prefix),))


@dataclass
class Wire:
    """The service on a port, and the topic it reads."""

    url: str
    report_api: RunningReportApi
    settings: ReportApiSettings

    async def tell(self, *updates: ReportUpdate) -> None:
        """Write updates as the aggregator does."""
        topic = self.settings.kafka_topic_prefix + REPORT_UPDATES.name
        records = [(one.clinic_id.encode(), msgspec.json.encode(one), ()) for one in updates]
        await write_records(self.settings.kafka_bootstrap, topic, records)

    @asynccontextmanager
    async def follow(
        self, client: httpx2.AsyncClient, last_event_id: str | None = None
    ) -> AsyncGenerator[Stream]:
        """Open a stream."""
        headers = {"authorization": client.headers["authorization"]}
        if last_event_id is not None:
            headers["last-event-id"] = last_event_id
        async with (
            httpx2.AsyncClient(base_url=self.url, timeout=20) as browser,
            browser.stream("GET", PATH, headers=headers) as response,
        ):
            assert response.status_code == 200
            yield Stream(response)


@pytest.fixture
async def wire(
    served_report_api: str, report_api: RunningReportApi, report_api_settings: ReportApiSettings
) -> Wire:
    live = report_api.app.state.live
    live.is_ending = False
    readiness = report_api.app.state.readiness
    await seen(readiness.check, lambda checks: checks["kafka"] == "ok", timeout_seconds=30)
    return Wire(served_report_api, report_api, report_api_settings)


async def all_of(stream: Stream, count: int) -> list[Event]:
    return [await stream.next() for _ in range(count)]


def clinics(events: Sequence[Event]) -> list[object]:
    return [one.data["clinic_id"] for one in events]


async def test_an_update_is_told_with_what_may_be_read_of_it(wire: Wire) -> None:
    staff = await wire.report_api.user(Role.STAFF)

    async with wire.follow(staff) as stream:
        await wire.tell(update("harbor"))
        told = await stream.next()

    assert (told.event, told.id) == ("report-update", "0")
    assert told.data == {
        "clinic_id": "harbor",
        "reports": ["patients", "outstanding"],
        "first_date": "2026-03-05",
        "last_date": "2026-03-05",
        "watermark": "0:5",
    }
    assert stream.response.headers["cache-control"] == "no-store"
    assert stream.response.headers["content-type"].startswith("text/event-stream")


async def test_other_clinics_are_not_told_of(wire: Wire) -> None:
    client = await wire.report_api.user(Role.FINANCE, clinic_ids=["harbor"])

    async with wire.follow(client) as stream:
        await wire.tell(update("elsewhere"), update("harbor"))
        told = await stream.next()

    assert told.data["clinic_id"] == "harbor"


async def test_who_comes_back_gets_what_was_missed(wire: Wire) -> None:
    client = await wire.report_api.user(Role.FINANCE)
    async with wire.follow(client) as stream:
        await wire.tell(update("harbor", 5))
        first = await stream.next()
    await wire.tell(update("north", 6), update("south", 7), update("south", 9))
    live = wire.report_api.app.state.live

    async def end() -> int:
        return live.place(None)

    await seen(end, lambda place: place == 4)
    async with wire.follow(client, last_event_id=first.id) as stream:
        missed = await all_of(stream, 2)

    assert clinics(missed) == ["north", "south"]
    assert missed[1].data["last_date"] == "2026-03-09"
    assert [one.id for one in missed] == ["0", "3"]


async def test_who_missed_more_than_is_held_is_told_to_load_anew(wire: Wire) -> None:
    client = await wire.report_api.user(Role.FINANCE)

    async with wire.follow(client, last_event_id="8123") as stream:
        told = await stream.next()

    assert told.event == "reset"


async def test_a_stream_is_recorded_once(wire: Wire) -> None:
    client = await wire.report_api.user(Role.FINANCE)
    async with wire.follow(client) as stream:
        await wire.tell(update("harbor"), update("north"))
        await stream.next()

    records = await wire.report_api.audit_records()

    assert [(one["action"], one["outcome"]) for one in records] == [("updates.followed", "success")]


async def test_a_stream_ends_with_its_token(wire: Wire) -> None:
    user_id = await wire.report_api.add_user(Role.FINANCE)
    now = clock.now()
    await wire.report_api.connection.execute(
        "INSERT INTO sessions (session_id, user_id, started_at, rotated_at, expires_at)"
        " VALUES ('s', $1, $2, $2, $3)",
        user_id,
        now,
        now + timedelta(hours=1),
    )
    tokens = wire.report_api.gate.tokens
    issued = now - tokens.access_lifetime - timedelta(seconds=LEEWAY_SECONDS - 2)
    token = tokens.for_user(user_id, session_id="s", generation=0, issued_at=issued)

    async with wire.follow(await wire.report_api.client(token)) as stream:
        assert await stream.ended()


async def test_a_stream_ends_when_its_account_does(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report_api.routes.updates.HEARTBEAT_SECONDS", 0.2)
    client = await wire.report_api.user(Role.FINANCE)

    async with wire.follow(client) as stream:
        await wire.report_api.connection.execute("UPDATE users SET disabled_at = now()")
        assert await stream.ended()


async def test_an_account_follows_only_so_often(wire: Wire) -> None:
    client = await wire.report_api.user(Role.FINANCE)
    other = await wire.report_api.user(Role.FINANCE)
    live = wire.report_api.app.state.live
    streams = [wire.follow(client) for _ in range(wire.settings.report_api_followers_per_account)]
    for one in streams:
        await one.__aenter__()

    refused = await client.get(PATH)
    async with wire.follow(other):
        pass
    for one in streams:
        await one.__aexit__(None, None, None)

    async def left() -> int:
        return live.followers

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert await seen(left, lambda count: count == 0) == 0


async def test_a_malformed_id_is_refused(report_api: RunningReportApi) -> None:
    client = await report_api.user(Role.FINANCE)

    answer = await client.get(PATH, headers={"last-event-id": "../1"})

    assert answer.status_code == 422
