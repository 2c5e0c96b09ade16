"""The table of roles is the one the product promises."""

import pytest

from report_api.permissions import (
    ROLE_PERMISSIONS,
    SCOPES,
    Permission,
    Role,
    permissions_of_role,
    permissions_of_scopes,
)

PROMISED = {
    "catalog:read": {"admin", "finance", "staff", "collections", "auditor"},
    "account:read": {"admin", "finance", "staff", "collections", "auditor"},
    "revenue:read": {"admin", "finance", "auditor"},
    "revenue:suppressed": {"admin", "finance", "auditor"},
    "history:read": {"admin", "finance", "staff", "collections"},
    "outstanding:read": {"admin", "finance", "staff", "collections", "auditor"},
    "outstanding:patients": {"admin", "finance", "staff", "collections"},
    "exports": {"admin", "finance", "staff", "collections", "auditor"},
    "runs:read": {"admin", "finance", "auditor"},
    "runs:decide": {"admin"},
    "clinics:manage": {"admin"},
    "audit:read": {"auditor"},
}


@pytest.mark.parametrize("permission", list(Permission))
def test_each_permission_belongs_to_the_promised_roles(permission: Permission) -> None:
    granted = {role.value for role, allowed in ROLE_PERMISSIONS.items() if permission in allowed}

    assert granted == PROMISED[permission.value]


def test_every_role_is_in_the_table() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_a_role_nobody_declared_may_nothing() -> None:
    assert permissions_of_role("root") == frozenset()


def test_scopes_give_no_more_than_they_name() -> None:
    asked = frozenset({"revenue:read", "clinics:manage", "*"})

    assert permissions_of_scopes(asked, "pseudonymized") == {
        Permission.CATALOG_READ,
        Permission.REVENUE_READ,
        Permission.REVENUE_SUPPRESSED,
    }


@pytest.mark.parametrize("profile", ["suppressed", "", "unheard-of"])
def test_any_other_profile_gives_sums_without_small_cells(profile: str) -> None:
    asked = frozenset(scope.value for scope in SCOPES)

    assert permissions_of_scopes(asked, profile) == {
        Permission.CATALOG_READ,
        Permission.REVENUE_SUPPRESSED,
        Permission.EXPORTS,
    }
