"""What the claims of an identity provider say a user is: role, clinics, name and account."""

from typing import Any

import pytest

from report_api.identity.federation import Policy, parse_roles
from report_api.permissions import Role


def policy_of(**changed: Any) -> Policy:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "issuer": "https://login.example.org",
        "audience": "careledger",
        "algorithms": ("RS256",),
        "leeway_seconds": 30,
        "role_claim": "roles",
        "roles": {role.value: role for role in Role},
        "clinics_claim": "clinics",
        "name_claim": "preferred_username",
    }
    return Policy(**fields | changed)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"roles": ["auditor"]}, "auditor"),
        ({"roles": "staff"}, "staff"),
        ({"roles": ["offline_access", "collections"]}, "collections"),
        ({"roles": ["auditor", "admin"]}, "admin"),
        ({"roles": ["root"]}, "none"),
        ({"roles": {"admin": True}}, "none"),
        ({"roles": None}, "none"),
        ({}, "none"),
    ],
    ids=str,
)
def test_the_role_is_the_first_that_a_token_names(claims: dict[str, Any], role: str) -> None:
    assert policy_of().user_of({"sub": "s", **claims}).role == role


@pytest.mark.parametrize(
    ("claims", "clinic_ids"),
    [
        ({"clinics": ["north"]}, ["north"]),
        ({"clinics": "north south"}, ["north", "south"]),
        ({"clinics": "*"}, None),
        ({"clinics": []}, []),
        ({}, []),
        ({"clinics": True}, []),
    ],
    ids=str,
)
def test_whose_clinics_are_not_told_sees_none(
    claims: dict[str, Any], clinic_ids: list[str] | None
) -> None:
    seen = policy_of().user_of({"sub": "s", **claims}).clinic_ids

    assert (None if seen is None else sorted(seen)) == clinic_ids


def test_a_claim_may_lie_further_in() -> None:
    nested = {"sub": "s", "realm_access": {"roles": ["careledger-staff"]}}
    policy = policy_of(role_claim="realm_access.roles", roles=parse_roles("careledger-staff:staff"))

    assert policy.user_of(nested).role == "staff"


def test_the_same_subject_of_another_issuer_is_somebody_else() -> None:
    here = policy_of().user_of({"sub": "s"})
    there = policy_of(issuer="https://elsewhere.example").user_of({"sub": "s"})

    assert here.user_id != there.user_id


@pytest.mark.parametrize("name", ["Ada Lovelace", "ada\n", "", None, "é", ["ada"]])
def test_a_name_that_could_forge_a_line_is_not_used(name: object) -> None:
    user = policy_of().user_of({"sub": "s", "preferred_username": name})

    assert user.name == user.user_id
