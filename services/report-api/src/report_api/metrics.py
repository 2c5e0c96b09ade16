"""What Prometheus may know of requests: how many, how long, how they ended; no path, no account."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

REQUESTS: Final = Histogram(
    "careledger_http_request_seconds",
    "Time from a request's arrival to the end of its answer, by route template.",
    ("method", "route", "status"),
    buckets=_BUCKETS,
)
KEPT_ANSWERS: Final = Counter(
    "careledger_kept_answers_total", "Answers given from memory, or as 304, without computing."
)
DISAGREEMENTS: Final = Counter(
    "careledger_figures_disagreements_total",
    "Answers refused because two figures that must be equal are not.",
)
FOLLOWERS: Final = Gauge(
    "careledger_live_followers",
    "Live streams open now.",
    multiprocess_mode="livesum",
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer; live streams are counted when they end."""
    REQUESTS.labels(method, route, str(status)).observe(seconds)
