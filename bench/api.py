"""The report API under load, each answer authenticated and durably audited: `make bench-api`.

A ledger of ten million legs over three years, five clinics, two currencies, a million patients and
a million open receivables is made once and used again; the audit relay and log run meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final

import asyncpg
import typer
import uvloop
from deploy.local.stack import Addresses
from rich.console import Console

from bench import bare_sql
from bench.alone import BESIDE, PROMISED, requests_of
from bench.api_services import Running, Services
from bench.calm import until_calm
from bench.http_load import Outcome, Request, closed_loop, endless, open_loop
from bench.ledger.load import CLINICS, YEARS, Size, load
from bench.ledger.log import stand_behind
from bench.processes import listening_at, spent_by_parts
from bench.questions import MIX, Questions
from bench.results import Bar, keep
from bench.stack import lasting_stack
from careledger import clock
from careledger.postgres import SCHEMA

SECRET: Final = "only-for-this-benchmark-and-nothing-else"  # noqa: S105 - of generated data
CONNECTIONS: Final = 50
SESSIONS: Final = 10
WARM_UP_SECONDS: Final = 3.0
ALONE_SECONDS: Final = 2.0
SETTLED_SECONDS: Final = 2.0
"""A count of records that stands still for so long is whole."""
LARGE_ROWS: Final = 100_000
P95_MS: Final = {kind: 50 if kind == "revenue" else 100 for kind in MIX}

# Sequential scans since the statistics began, of every table that is large.
_SCANS: Final = """
SELECT s.relname, s.seq_scan FROM pg_stat_user_tables AS s JOIN pg_class AS c ON c.oid = s.relid
WHERE c.reltuples > $1 AND s.relname NOT LIKE 'audit%'
"""
_RECORDS: Final = """
SELECT (SELECT count(*) FROM audit_outbox)
    + (SELECT count(*) FROM audit_log WHERE service = 'report-api')
"""

console = Console()


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the benchmark is run."""

    size: Size
    seconds: float
    rate: float
    workers: int


def main(
    legs: Annotated[int, typer.Option(min=100_000, help="Ledger legs")] = 10_000_000,
    seconds: Annotated[float, typer.Option(min=2, help="Of each measurement, s")] = 20,
    rate: Annotated[float, typer.Option(min=1, help="Of the open loop, requests/s")] = 200,
    workers: Annotated[int, typer.Option(min=1, help="Processes of report-api")] = 2,
) -> None:
    """Measure, print and keep the figures."""
    wanted = Wanted(Size(legs), seconds, rate, workers)
    with lasting_stack() as addresses:
        uvloop.run(_measure(addresses, wanted))


async def _measure(addresses: Addresses, wanted: Wanted) -> None:
    url, load_seconds = await load(addresses.postgres, wanted.size, SECRET, console)
    here = Addresses(url, addresses.kafka, addresses.redis)
    connection = await asyncpg.connect(
        url, server_settings={"search_path": SCHEMA, "timezone": "UTC"}
    )
    await stand_behind(connection, addresses.kafka, wanted.size)
    services = Services(here, SECRET, prefix=f"{wanted.size.database}.", workers=wanted.workers)
    figures: dict[str, Any] = {"load_seconds": round(load_seconds, 1)}
    services.make_user()
    with services.aggregator() as aggregator:
        watch = Watch(
            connection,
            {
                "postgres": listening_at(url),
                "kafka": listening_at(here.kafka),
                "valkey": listening_at(here.redis),
                "aggregator": aggregator,
            },
        )
        await until_calm(connection)
        figures["bare_sql_per_second"] = await bare_sql.measure(
            url, clinics=len(CLINICS), days=YEARS * 365, connections=CONNECTIONS, seconds=10
        )
        with services.report_api(keeps_answers=False) as running:
            questions = await _questions(running, wanted)
            figures["computed"] = await _closed(
                running, questions.year_of_one_clinic, wanted, watch
            )
            figures["open_loop_computed"] = await _open(running, questions, wanted, watch)
            figures["alone"] = await _alone(running, questions)
        with services.report_api(keeps_answers=True) as running:
            questions = await _questions(running, wanted)
            figures["open_loop"] = await _open(running, questions, wanted, watch)
            figures["kept"] = await _closed(running, questions.the_same_years, wanted, watch)
    await connection.close()
    _finish(figures, wanted)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched while a load runs: the database, and who spends the processors."""

    connection: asyncpg.Connection
    parts: dict[str, int | None]


async def _questions(running: Running, wanted: Wanted) -> Questions:
    tokens = [await running.sign_in() for _ in range(SESSIONS)]
    last_day = clock.now().date() - timedelta(days=1)
    return Questions(tokens, wanted.size, last_day)


async def _closed(
    running: Running,
    ask: Callable[[int], Request],
    wanted: Wanted,
    watch: Watch,
) -> dict[str, Any]:
    requests = endless(ask)

    async def run(seconds: float) -> Outcome:
        return await closed_loop(
            running.host, running.port, requests, connections=CONNECTIONS, seconds=seconds
        )

    await run(WARM_UP_SECONDS)
    return await _watched(running, run(wanted.seconds), watch)


async def _open(
    running: Running, questions: Questions, wanted: Wanted, watch: Watch
) -> dict[str, Any]:
    requests = endless(questions.mixed)
    loaded = (running.host, running.port, requests)
    await open_loop(*loaded, rate=wanted.rate / 4, seconds=WARM_UP_SECONDS)
    outcome = open_loop(*loaded, rate=wanted.rate, seconds=wanted.seconds)
    return await _watched(running, outcome, watch)


async def _alone(running: Running, questions: Questions) -> dict[str, Any]:
    """Ask every kind of question by itself, one request after another."""
    found: dict[str, Any] = {}
    for kind in (*PROMISED, *BESIDE):
        loaded = (running.host, running.port, requests_of(kind, questions))
        await closed_loop(*loaded, connections=1, seconds=ALONE_SECONDS / 4)
        outcome = await closed_loop(*loaded, connections=1, seconds=ALONE_SECONDS)
        found[kind] = {
            "answers": outcome.answers,
            "other_than_200": outcome.answers - outcome.statuses[200],
            "p50_ms": outcome.percentile_ms(0.5),
            "p95_ms": outcome.percentile_ms(0.95),
        }
    return found


async def _watched(
    running: Running,
    load_of: Coroutine[None, None, Outcome],
    watch: Watch,
) -> dict[str, Any]:
    """Run a load; count its records, the sequential scans it made and what it cost."""
    connection = watch.connection
    parts = {"report_api": running.pid, **watch.parts}
    scans = await _scans(connection)
    records = await _records(connection)
    before, asking = spent_by_parts(parts), time.process_time()
    outcome: Outcome = await load_of
    asking = time.process_time() - asking
    seconds = {
        name: (spent - before[name]).seconds for name, spent in spent_by_parts(parts).items()
    }
    recorded = await _records(connection) - records
    later = await _scans(connection)
    made = {name: count - scans.get(name, 0) for name, count in later.items()}
    return {
        "requests_per_second": round(outcome.per_second, 1),
        "answers": outcome.answers,
        "other_than_200": outcome.answers - outcome.statuses[200],
        "lost": outcome.lost,
        "audit_records": recorded,
        "p50_ms": outcome.percentile_ms(0.5),
        "p95_ms": outcome.percentile_ms(0.95),
        "p99_ms": outcome.percentile_ms(0.99),
        "p95_ms_of": {kind: outcome.percentile_ms(0.95, kind) for kind in outcome.latencies},
        "processor_ms_per_answer": {
            name: round(spent / outcome.answers * 1_000, 2)
            for name, spent in {**seconds, "benchmark": asking}.items()
        },
        "sequential_scans": {name: count for name, count in made.items() if count},
    }


async def _records(connection: asyncpg.Connection) -> int:
    """Count the records of requests once none is on its way from the outbox to the log."""
    seen, found = -1, 0
    while found != seen:
        seen = found
        await asyncio.sleep(SETTLED_SECONDS)
        found = await connection.fetchval(_RECORDS)
    return found


async def _scans(connection: asyncpg.Connection) -> dict[str, int]:
    await connection.execute("SELECT pg_stat_clear_snapshot()")
    rows = await connection.fetch(_SCANS, float(LARGE_ROWS))
    return {row["relname"]: row["seq_scan"] for row in rows}


def _finish(figures: dict[str, Any], wanted: Wanted) -> None:
    computed, kept, mixed = figures["computed"], figures["kept"], figures["open_loop"]
    nothing_kept = figures["open_loop_computed"]
    figures["ratio_to_bare_sql"] = round(
        computed["requests_per_second"] / figures["bare_sql_per_second"], 3
    )
    loads = (computed, kept, mixed, nothing_kept)
    bars = [
        Bar("computed.requests_per_second", computed["requests_per_second"], 400),
        Bar("kept.requests_per_second", kept["requests_per_second"], 1_000),
        Bar("open_loop.p95_ms", mixed["p95_ms"], 50, at_least=False),
        Bar("open_loop.p99_ms", mixed["p99_ms"], 150, at_least=False),
        Bar("open_loop_computed.p95_ms", nothing_kept["p95_ms"], 50, at_least=False),
        Bar("open_loop_computed.p99_ms", nothing_kept["p99_ms"], 150, at_least=False),
        *(
            Bar(f"open_loop.p95_ms_of.{kind}", mixed["p95_ms_of"].get(kind, 0), bar, at_least=False)
            for kind, bar in P95_MS.items()
        ),
        *(
            Bar(f"alone.p95_ms_of.{kind}", figures["alone"][kind]["p95_ms"], 100, at_least=False)
            for kind in PROMISED
        ),
        Bar(
            "alone.not_answered",
            sum(one["other_than_200"] for one in figures["alone"].values()),
            0,
            at_least=False,
        ),
        Bar("not_answered", sum(o["other_than_200"] + o["lost"] for o in loads), 0, at_least=False),
        Bar(
            "answers_without_record",
            sum(o["answers"] - o["audit_records"] for o in loads),
            0,
            at_least=False,
        ),
        Bar("sequential_scans", sum(len(o["sequential_scans"]) for o in loads), 0, at_least=False),
    ]
    size = wanted.size
    dataset = {
        "legs": size.legs,
        "invoices": size.invoices,
        "patients": size.patients,
        "clinics": len(CLINICS),
        "years": YEARS,
        "connections": CONNECTIONS,
        "open_loop_requests_per_second": wanted.rate,
        "seconds": wanted.seconds,
        "report_api_workers": wanted.workers,
        "mix": MIX,
    }
    path = keep("bench-api", dataset, figures, bars)
    console.print_json(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    typer.run(main)
