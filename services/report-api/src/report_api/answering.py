"""Answers a report in its edition: written once, and kept if it may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from careledger.reports.answers import Meta
from careledger.reports.clinics import Clinic
from careledger.reports.provenance import Freshness
from report_api.access import RULE, Rule, Visit
from report_api.editions import Known, etag_of
from report_api.kept import KeptAnswer, KeptAnswers, QuestionKey

JSON: Final = "application/json"
_FIRST_MEMBER: Final = b'"data_through":'
_MEMBER_AFTER: Final = b',"definitions":'


class Answer(NamedTuple):
    """A request, whose it is, and the clinics it may see: what an answer is given to."""

    request: Request
    visit: Visit
    clinics: Sequence[Clinic]

    def plain(self, body: bytes | str, meta: Meta, *, shared: bool = False) -> Response:
        """Return an answer with the name of its edition."""
        known = Known(meta.watermark, meta.horizon)
        etag = etag_of(self.request, self.visit.caller, self.clinics, known, shared=shared)
        return Response(body, media_type=JSON, headers={"ETag": etag})

    def kept(self, body: bytes, meta: Meta) -> Response:
        """Return an answer without patients, and keep it for whoever asks the same."""
        response = self.plain(body, meta, shared=True)
        parts, rule = _around_freshness(body, meta), _rule_of(self.request)
        if parts is None or rule is None:
            return response
        kept: KeptAnswers = self.request.app.state.kept
        head, tail = parts
        kept.keep(
            question_of(self.request),
            KeptAnswer(
                head=head,
                tail=tail,
                watermark=meta.watermark,
                etag=response.headers["etag"],
                permission=rule.permission,
                action=rule.action,
                route=self.request.scope.get("route"),
                clinic_ids=self.visit.clinic_ids,
                noted=dict(self.visit.noted),
            ),
        )
        return response


def question_of(request: Request) -> QuestionKey:
    """Return a question as it was sent."""
    return QuestionKey(request.scope["path"], request.scope["query_string"])


def _around_freshness(body: bytes, meta: Meta) -> tuple[bytes, bytes] | None:
    """Split an answer around what says how fresh it is; None if it does not stand there."""
    start = body.find(_FIRST_MEMBER)
    fresh = Freshness(
        meta.data_through,
        meta.stale,
        list(meta.stale_reasons),
        meta.answered_at,
        meta.reconciliation,
    )
    end = start + len(fresh.as_json())
    if start < 0 or body[start:end] != fresh.as_json():
        return None
    return (body[:start], body[end:]) if body.startswith(_MEMBER_AFTER, end) else None


def _rule_of(request: Request) -> Rule | None:
    return request.scope.get(RULE)
