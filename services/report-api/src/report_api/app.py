"""Puts report-api together; the only module that knows every other."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from fastapi import FastAPI

from careledger.audit_chain.checkpoints import keys_of
from careledger.deidentification import name_indexes
from careledger.events.topics import REPORT_UPDATES
from careledger.postgres import open_pool
from careledger.settings import load
from careledger.storage import open_store
from careledger.telemetry import configure_logging
from report_api import refusals
from report_api.access import Gate
from report_api.consumers import UpdatesInlet
from report_api.cursors import Cursors
from report_api.declared import declared_routes
from report_api.direct import AnswerDirectly, DirectRoutes
from report_api.draining import told_to_stop
from report_api.identity.federation import Policy, parse_roles
from report_api.identity.issuer import IssuerTokens
from report_api.identity.issuer_keys import IssuerKeys
from report_api.identity.passwords import PasswordDesk
from report_api.identity.tokens import Tokens
from report_api.kept import KeptAnswers
from report_api.links import Links
from report_api.live import Live
from report_api.middleware import RequestEnvelope
from report_api.openapi import document
from report_api.queue import ExportBell
from report_api.rate_limits import RateLimits
from report_api.readiness import Readiness, redis_client
from report_api.repeats import AnswerRepeats, Repeats
from report_api.routes import (
    account,
    audit,
    auth,
    clinics,
    dashboard,
    definitions,
    documents,
    etl,
    explain,
    export_events,
    exports,
    files,
    health,
    indicators,
    outstanding,
    patients,
    quarantine,
    revenue,
    suppressed,
    updates,
)
from report_api.run_control import RunControl
from report_api.schedule import run_by_the_clock
from report_api.settings import SERVICE, ReportApiSettings
from report_api.signin import SignIn
from report_api.unattributed import UnattributedRequests

_OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
_SESSION: Final = {
    "lock_timeout": "3000",
    "idle_in_transaction_session_timeout": "30000",
    # To start a second process for an answer takes longer than most answers, and others ask too.
    "max_parallel_workers_per_gather": "0",
}


def from_environment() -> FastAPI:
    """Build the application from the environment, as each server process does."""
    settings = load(ReportApiSettings)
    configure_logging(SERVICE, settings.log_level)
    app = create_app(settings)
    # An answer makes thousands of objects and hardly a cycle; looking for cycles at the default
    # rate, in all that was loaded, took a sixth of the time of an answer.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 50)
    return app


def create_app(settings: ReportApiSettings) -> FastAPI:
    """Build the application.

    Raises:
        RuntimeError: if a route says neither who may use it nor that anybody may.
    """
    unattributed = UnattributedRequests()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with _running(app, settings, unattributed):
            yield

    app = FastAPI(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"logs": False},
    )
    app.add_middleware(AnswerDirectly)
    app.add_middleware(AnswerRepeats)
    app.add_middleware(
        RequestEnvelope, unattributed=unattributed, requires_tls=settings.require_tls
    )
    refusals.register(app)
    for noun in (
        auth,
        account,
        revenue,
        suppressed,
        updates,
        indicators,
        explain,
        patients,
        outstanding,
        definitions,
        export_events,
        exports,
        etl,
        quarantine,
        files,
        clinics,
        audit,
        health,
    ):
        app.include_router(noun.router)
    app.include_router(documents.problems)
    app.include_router(dashboard.door)
    app.include_router(dashboard.files)
    app.include_router(dashboard.router)
    if settings.report_api_docs:
        app.include_router(documents.documents)
    app.openapi = document(app)
    app.state.settings = settings
    app.state.store = open_store(settings)
    app.state.unattributed = unattributed
    declared_routes(app)
    app.state.direct_routes = DirectRoutes(app)
    return app


@asynccontextmanager
async def _running(
    app: FastAPI, settings: ReportApiSettings, unattributed: UnattributedRequests
) -> AsyncGenerator[None]:
    secret = settings.secret.get_secret_value()
    redis_url, lasts = settings.redis_url.get_secret_value(), timedelta(hours=settings.export_hours)
    pool = await open_pool(
        settings.database_url.get_secret_value(),
        service=SERVICE,
        size_max=settings.report_api_pool_size,
        statement_timeout_ms=settings.report_api_statement_timeout_ms,
        session_settings=_SESSION,
        forgets_nothing=True,
    )
    tokens = Tokens(secret, access_seconds=settings.access_token_seconds)
    passwords, bell, redis = PasswordDesk(), ExportBell(redis_url), redis_client(redis_url)
    limits, issuer = _limits(settings), _issuer(settings)
    gate = Gate(pool, tokens, limits, issuer)
    kept = KeptAnswers(settings.report_api_kept_mib * 2**20)
    repeats = Repeats(gate, kept)
    live = Live(
        followers_max=settings.report_api_followers,
        per_account=settings.report_api_followers_per_account,
    )
    topic = settings.kafka_topic_prefix + REPORT_UPDATES.name
    inlet = UpdatesInlet(settings.kafka, topic, live)
    app.state.gate = gate
    app.state.kept = kept
    app.state.repeats = repeats
    app.state.names = name_indexes(secret, settings.name_keys)
    app.state.cursors = Cursors(secret)
    app.state.audit_keys = keys_of(secret, None, settings.audit_public_keys_file)
    app.state.links = Links(secret, lasts=timedelta(seconds=settings.export_link_seconds))
    app.state.bell = bell
    app.state.run_control = run_control = RunControl(settings.ingest_url, secret)
    app.state.live = live
    app.state.readiness = Readiness(pool, redis, inlet.answers)
    app.state.sign_in = SignIn(
        pool,
        tokens,
        passwords,
        session_lasts=timedelta(seconds=settings.session_seconds),
        idle_lasts=timedelta(seconds=settings.session_idle_seconds),
    )
    running = [
        asyncio.create_task(inlet.run()),
        asyncio.create_task(unattributed.flush_for_ever(pool)),
        asyncio.create_task(run_by_the_clock(pool, bell, app.state.store, kept=lasts)),
    ]
    try:
        with told_to_stop(live.end):
            yield
    finally:
        live.end()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await repeats.close()
        await unattributed.try_to_flush(pool)
        passwords.close()
        bell.close()
        await redis.aclose()
        await limits.close()
        await run_control.close()
        if issuer is not None:
            await issuer.close()
        await pool.close()


def _limits(settings: ReportApiSettings) -> RateLimits:
    return RateLimits(
        settings.redis_url.get_secret_value(),
        per_account=settings.report_api_requests_per_minute,
        per_clinic=settings.report_api_clinic_requests_per_minute,
        per_address=settings.report_api_anonymous_per_minute,
    )


def _issuer(settings: ReportApiSettings) -> IssuerTokens | None:
    if settings.oidc_issuer is None:
        return None
    policy = Policy(
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        algorithms=tuple(settings.oidc_algorithms.split(",")),
        leeway_seconds=settings.oidc_leeway_seconds,
        role_claim=settings.oidc_role_claim,
        roles=parse_roles(settings.oidc_roles),
        clinics_claim=settings.oidc_clinics_claim,
        name_claim=settings.oidc_name_claim,
    )
    return IssuerTokens(policy, IssuerKeys(policy.issuer))
