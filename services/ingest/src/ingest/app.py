"""Puts ingest together: the only place that knows every part of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from careledger.alerts import Alerts
from careledger.control import control_token
from ingest.consumers import IntakeInlet
from ingest.extraction.starting import Extractions
from ingest.framing import RequestFrame
from ingest.health import Health
from ingest.parts import opened
from ingest.reception import Reception
from ingest.replays import Replays
from ingest.routes import control, events
from ingest.run_term import remove_for_ever
from ingest.schedule import Schedule
from ingest.settings import IngestSettings
from ingest.signatures import WebhookSignatures
from ingest.source_keys import SourceKeys
from ingest.tokens import SourceTokens, parse_tokens, parse_webhook_secrets


def create_app(settings: IngestSettings) -> FastAPI:
    """Return the application; it connects when it is started."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with opened(settings) as parts, AsyncExitStack() as closing:
            inlet = IntakeInlet(settings.kafka, settings.kafka_topic_prefix, parts)
            tokens = SourceTokens(parse_tokens(settings.ingest_tokens.get_secret_value()))
            signatures = WebhookSignatures(
                parse_webhook_secrets(settings.webhook_secrets.get_secret_value())
            )
            keys = SourceKeys(parts.pool, settings.secret.get_secret_value(), tokens, signatures)
            await keys.read()
            reading = asyncio.create_task(keys.run())
            closing.callback(reading.cancel)
            app.state.reception = Reception(
                parts.intake,
                parts.audit,
                tokens,
                signatures,
                body_bytes_max=settings.ingest_body_bytes_max,
            )
            app.state.health = Health(
                needed={"kafka": parts.publisher.check, "payment-intake": inlet.check},
                useful={"postgres": parts.clinics.check},
            )
            app.state.control_token = control_token(settings.secret.get_secret_value())
            app.state.extractions = Extractions(parts, settings)
            app.state.replays = Replays(parts, settings)
            closing.push_async_callback(app.state.extractions.close)
            if settings.extraction_mapping is not None and settings.extraction_schedule:
                schedule = Schedule(
                    app.state.extractions,
                    Alerts(settings.alert_urls.get_secret_value()),
                    settings.extraction_schedule,
                    settings.default_time_zone,
                )
                turning = asyncio.create_task(schedule.run())
                closing.callback(turning.cancel)
            removing = asyncio.create_task(
                remove_for_ever(parts.pool, parts.audit, settings.retention_run_months)
            )
            closing.callback(removing.cancel)
            flushing = asyncio.create_task(parts.audit.run())
            closing.callback(flushing.cancel)
            await inlet.start()
            closing.push_async_callback(inlet.stop)
            yield

    make = partial(FastAPI, docs_url=None, openapi_url=None)
    if settings.ingest_docs:
        # Its page loads nothing from other hosts.
        make = FastAPIOffline
    app = make(
        title="Careledger ingest",
        description="Facts come in; personal identifiers go no further.",
        version=version("careledger-ingest"),
        lifespan=lifespan,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.receive_timeout_seconds = settings.ingest_receive_timeout_seconds
    app.add_middleware(RequestFrame, requires_tls=settings.require_tls)
    app.include_router(events.router)
    app.include_router(control.router)
    events.add_problem_answers(app)
    return app
