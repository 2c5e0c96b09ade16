"""Health says what works, and asks the parts no more than once a second."""

import pytest

from careledger.errors import UnavailableError
from ingest.health import Health, is_ready
from support.ingest import RunningIngest


class Part:
    """Counts how often it is asked; works or does not."""

    def __init__(self, problem: str = "") -> None:
        self.asked = 0
        self._problem = problem

    async def check(self) -> None:
        self.asked += 1
        if self._problem:
            raise UnavailableError(self._problem)


async def test_a_needed_part_that_fails_makes_it_unready() -> None:
    health = Health({"kafka": Part("Kafka does not answer").check}, {"postgres": Part().check})

    findings = await health.findings()

    assert not is_ready(findings)
    assert findings["kafka"].problem == "Kafka does not answer"


async def test_a_useful_part_that_fails_is_shown_and_no_more() -> None:
    health = Health({"kafka": Part().check}, {"postgres": Part("gone").check})

    findings = await health.findings()

    assert is_ready(findings)
    assert not findings["postgres"].ok


async def test_parts_are_asked_once_however_often_it_is_asked() -> None:
    part = Part()
    health = Health({"kafka": part.check}, {})

    for _ in range(10):
        await health.findings()

    assert part.asked == 1


@pytest.mark.integration
async def test_a_running_service_is_alive_and_ready_without_a_token(
    ingest: RunningIngest,
) -> None:
    del ingest.client.headers["authorization"]

    alive = await ingest.client.get("/livez")
    ready = await ingest.client.get("/readyz?verbose")

    assert (alive.status_code, ready.status_code) == (200, 200)
    assert sorted(ready.json()["checks"]) == ["kafka", "payment-intake", "postgres"]
