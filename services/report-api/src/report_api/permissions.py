"""Who may do what: one table, role by permission; no other module decides."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What can be allowed; a route declares exactly one."""

    ACCOUNT_READ = "account:read"
    """Seeing one's own name, role and clinics; every user may."""
    CATALOG_READ = "catalog:read"
    """Reading what the figures mean; everybody who may read any of them may."""
    REVENUE_READ = "revenue:read"
    REVENUE_SUPPRESSED = "revenue:suppressed"
    """Reading revenue of whole months, with the figures of few patients hidden."""
    HISTORY_READ = "history:read"
    OUTSTANDING_READ = "outstanding:read"
    OUTSTANDING_PATIENTS = "outstanding:patients"
    """Seeing whose receivable it is; without it the list and detail come without patient ids."""
    EXPORTS = "exports"
    """Asking for a document of what one may read anyway."""
    RUNS_READ = "runs:read"
    RUNS_DECIDE = "runs:decide"
    CLINICS_MANAGE = "clinics:manage"
    AUDIT_READ = "audit:read"


class Role(StrEnum):
    """What a built-in user is."""

    ADMIN = "admin"
    FINANCE = "finance"
    STAFF = "staff"
    COLLECTIONS = "collections"
    AUDITOR = "auditor"


_P = Permission

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.ADMIN: frozenset(Permission) - {_P.AUDIT_READ},
    Role.FINANCE: frozenset(
        {
            _P.ACCOUNT_READ,
            _P.CATALOG_READ,
            _P.REVENUE_READ,
            _P.REVENUE_SUPPRESSED,
            _P.HISTORY_READ,
            _P.OUTSTANDING_READ,
            _P.OUTSTANDING_PATIENTS,
            _P.EXPORTS,
            _P.RUNS_READ,
        }
    ),
    Role.STAFF: frozenset(
        {
            _P.ACCOUNT_READ,
            _P.CATALOG_READ,
            _P.HISTORY_READ,
            _P.OUTSTANDING_READ,
            _P.OUTSTANDING_PATIENTS,
            _P.EXPORTS,
        }
    ),
    Role.COLLECTIONS: frozenset(
        {
            _P.ACCOUNT_READ,
            _P.CATALOG_READ,
            _P.HISTORY_READ,
            _P.OUTSTANDING_READ,
            _P.OUTSTANDING_PATIENTS,
            _P.EXPORTS,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            _P.ACCOUNT_READ,
            _P.CATALOG_READ,
            _P.REVENUE_READ,
            _P.REVENUE_SUPPRESSED,
            _P.OUTSTANDING_READ,
            _P.EXPORTS,
            _P.RUNS_READ,
            _P.AUDIT_READ,
        }
    ),
}


class Profile(StrEnum):
    """What a partner system is shown of the patients behind the figures."""

    SUPPRESSED = "suppressed"
    """Sums of months without small cells: no single patient, day or event."""
    PSEUDONYMIZED = "pseudonymized"
    """What its scopes say: patient ids and dates, without direct identifiers."""


SCOPES: Final = frozenset({_P.REVENUE_READ, _P.HISTORY_READ, _P.OUTSTANDING_READ, _P.EXPORTS})
"""What a partner system can be granted."""

SUPPRESSED_SCOPES: Final[dict[Permission, Permission]] = {
    _P.REVENUE_READ: _P.REVENUE_SUPPRESSED,
    _P.EXPORTS: _P.EXPORTS,
}
"""What scopes allow in the profile `suppressed`; the others allow nothing there."""


def permissions_of_role(role: str) -> frozenset[Permission]:
    """Return what a role may do; an unknown role may nothing."""
    try:
        return ROLE_PERMISSIONS[Role(role)]
    except ValueError:
        return frozenset()


def permissions_of_scopes(scopes: frozenset[str], profile: str) -> frozenset[Permission]:
    """Return what a partner's scopes allow in its profile; unknown ones allow nothing.

    A partner that may read receivables may read whose they are, and every partner with a scope
    what the figures mean. Every profile but `pseudonymized` is taken for `suppressed`.
    """
    granted = {scope for scope in SCOPES if scope.value in scopes}
    if profile != Profile.PSEUDONYMIZED:
        granted = {SUPPRESSED_SCOPES[scope] for scope in granted & SUPPRESSED_SCOPES.keys()}
    elif _P.REVENUE_READ in granted:
        granted.add(_P.REVENUE_SUPPRESSED)
    if granted:
        granted.add(_P.CATALOG_READ)
    if _P.OUTSTANDING_READ in granted:
        granted.add(_P.OUTSTANDING_PATIENTS)
    return frozenset(granted)
