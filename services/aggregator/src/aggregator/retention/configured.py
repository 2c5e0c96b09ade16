"""The terms an installation is set to."""

from __future__ import annotations

from aggregator.retention.terms import Terms
from aggregator.settings import RetentionTerms


def terms_of(settings: RetentionTerms) -> Terms:
    """Return the terms that settings name."""
    return Terms(
        settings.retention_report_months,
        settings.retention_totals_months,
        settings.retention_audit_months,
        settings.retention_run_months,
    )
