"""Whatever is asked, the figures in the PDF are those the API answers, and so is the digest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import httpx2
import pytest

from careledger import clock
from support.applied_log import AppliedLog
from support.exports import EXPORTS, render, status
from support.figures_on_paper import (
    agree,
    facts,
    history_rows,
    outstanding_rows,
    revenue_rows,
    shown,
)
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import CLINICS, World
from support.pdf_tables import tables_of
from support.random_questions import Question, random_question
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

REPORTS = "/api/v1/reports"
WORLD = World(patients=3, fact_ids=60)
TELLINGS = 240


@dataclass
class Practice:
    """A practice with a random past, and its users."""

    report_api: RunningReportApi
    log: AppliedLog
    watermarks: Sequence[str]
    users: dict[object, httpx2.AsyncClient] = field(default_factory=dict)

    def question(self, seed: int) -> Question:
        return random_question(
            seed,
            clinics=[self.log.scoped(clinic) for clinic in (*CLINICS, "elsewhere")],
            days=WORLD.days,
            watermarks=self.watermarks,
        )

    async def user(self, question: Question) -> httpx2.AsyncClient:
        who = (question.role, question.clinics)
        if who not in self.users:
            self.users[who] = await self.report_api.user(question.role, clinic_ids=question.clinics)
        return self.users[who]


@pytest.fixture
async def practice(report_api: RunningReportApi) -> Practice:
    log = AppliedLog(report_api.connection, CLINICS)
    await log.start()
    records = to_log(seeded_history(11, TELLINGS, WORLD), clock.now())
    batches = [records[: TELLINGS // 2], records[TELLINGS // 2 :]]
    await log.apply(batches)
    offsets = log.offsets(watermark_after(batches[0]))
    earlier = ",".join(f"{partition}:{offset}" for partition, offset in enumerate(offsets))
    return Practice(report_api, log, [earlier])


@pytest.mark.parametrize(
    "seeds",
    [
        range(12),
        *(pytest.param(range(at, at + 47), marks=pytest.mark.long) for at in range(12, 200, 47)),
    ],
    ids=str,
)
async def test_a_document_shows_exactly_what_the_api_answers(
    practice: Practice, seeds: Sequence[int]
) -> None:
    questions = [practice.question(seed) for seed in seeds]
    found = [(question, await _differences(practice, question)) for question in questions]

    wrong = [(question, differences) for question, differences in found if differences]
    assert wrong == []
    answered = [question for question, differences in found if differences is not None]
    assert len(answered) > 0.8 * len(questions)


async def _differences(practice: Practice, question: Question) -> list[object] | None:
    """Ask on paper and on screen; returns what differs, or None if both refuse to answer."""
    client = await practice.user(question)
    body = {
        "report": question.report,
        "parameters": question.parameters,
        "locale": question.locale,
        "paper": question.paper,
    }
    asked = await client.post(EXPORTS, json=body)
    if asked.status_code != 202:
        on_screen = (await _screen(client, question, {}))[0]
        same = on_screen.status_code == asked.status_code
        return None if same else [asked.text, on_screen.status_code]
    await render(practice.report_api.settings, asked.json()["export_id"])
    export = await status(client, asked.json()["export_id"])
    if export["state"] != "ready":
        return [export["problem"]]
    file = await practice.report_api.anybody.get(export["file"]["href"])
    fixed = {"as_of": export["as_of"], "watermark": export["watermark"]}
    screen = [answer.json() for answer in await _screen(client, question, fixed)]
    tables = tables_of(file.content)
    rows = zip_longest(_rows(question, screen), shown(tables, question.locale), fillvalue=())
    told, meta = facts(tables), screen[0]["meta"]
    said = zip(
        (told["Digest"][:64], told["Watermark"]), (meta["digest"], meta["watermark"]), strict=True
    )
    return [
        *((paper, wanted) for paper, wanted in said if paper != wanted),
        *((e, f) for e, f in rows if not (e and f and agree(e, f))),
    ]


async def _screen(
    client: httpx2.AsyncClient, question: Question, fixed: dict[str, str]
) -> list[httpx2.Response]:
    """Ask the same of the routes the screen asks."""
    asked = {**question.parameters, **fixed}
    if question.report == "revenue":
        return [await client.get(f"{REPORTS}/revenue", params=asked)]
    if question.report == "history":
        path = f"{REPORTS}/patients/{asked.pop('patient_id')}/history"
        return [await client.get(path, params={**asked, "limit": 1_000})]
    summed = {name: told for name, told in asked.items() if name not in {"sort", "order"}}
    return [
        await client.get(f"{REPORTS}/outstanding", params={**asked, "limit": 1_000}),
        await client.get(f"{REPORTS}/outstanding/summary", params=summed),
    ]


def _rows(question: Question, screen: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    match question.report:
        case "revenue":
            return list(revenue_rows(screen[0]))
        case "history":
            return list(history_rows(screen[0]))
        case _:
            return list(outstanding_rows(screen[1], screen[0]["receivables"]))
