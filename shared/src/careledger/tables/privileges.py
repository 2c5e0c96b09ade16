"""What each service may do in the database, derived from the declared tables and nothing else.

A service may read and change its own tables, add rows where it is an inserter, read where it is a
reader. Of a table with a clinic column, readers see the rows of the clinics their transaction has
named (`careledger.reports.clinics`); who named none sees nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from careledger.database_roles import SERVICES, DatabaseService, role_of
from careledger.tables.catalog import FUNCTIONS, SEQUENCES, TABLES, VIEWS
from careledger.tables.declaration import SCHEMA, Table

Privilege = Literal["SELECT", "INSERT", "UPDATE", "DELETE"]

CLINIC_COLUMN: Final = "clinic_no"
POLICY: Final = "clinics_in_scope"
SCOPE_SETTING: Final = "careledger.clinics"

# The sub-select is computed once a statement and can be looked up by index: the rows of the scope
# are found by the keys that begin with the clinic. An unset or emptied setting is NULL: no row.
_IN_SCOPE: Final = (
    f"{CLINIC_COLUMN} = ANY ((SELECT nullif(current_setting('{SCOPE_SETTING}', true), '')"
    "::integer[])::integer[])"
)

MAKE_ROLES: Final = tuple(
    f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role_of(service)}') THEN
        CREATE ROLE {role_of(service)} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- Another database of the same server made it at this moment.
END $$
"""
    for service in SERVICES
)
"""Roles belong to the server, so a second database finds them there."""


@dataclass(frozen=True, slots=True)
class RowSecurity:
    """How a table stands: its owner, whether rows are filtered, and the names of its policies."""

    owner: str
    is_enabled: bool
    policies: frozenset[str]


READ_ROW_SECURITY: Final = """
SELECT c.relname, pg_get_userbyid(c.relowner) AS owner, c.relrowsecurity,
    array(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid) AS policies
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'reporting' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
"""Gives the arguments of `RowSecurity` by table."""


def privileges_of(table: type[Table], service: DatabaseService) -> frozenset[Privilege]:
    """Return what a service may do with a table."""
    if service == table.writer:
        if table.append_only:
            removing: tuple[Privilege, ...] = ("DELETE",) if table.removable else ()
            return frozenset({"SELECT", "INSERT", *removing})
        return frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
    granted: set[Privilege] = set()
    if service in table.readers:
        granted.add("SELECT")
    if service in table.inserters:
        granted.add("INSERT")
    return frozenset(granted)


def readers_of_views() -> dict[str, tuple[DatabaseService, ...]]:
    """Return who may read each view; its tables are read in the reader's own name."""
    return {view.name: view.readers for view in VIEWS}


def scoped_tables() -> list[type[Table]]:
    """Return the tables whose rows are shown to readers by clinic only.

    They belong to their writer: row-level security leaves the owner alone, so what it writes is
    not looked at a second time, and COPY works.
    """
    return [table for table in TABLES if table.scoped and CLINIC_COLUMN in table.model_fields]


def grants() -> Iterator[str]:
    """Say anew what every service may do; what is not said is taken away."""
    roles = ", ".join(role_of(service) for service in SERVICES)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {roles}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {SCHEMA} FROM PUBLIC, {roles}"
    yield f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC, {roles}"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {roles}"
    yield f"GRANT SELECT ON {SCHEMA}.alembic_version TO {roles}"
    for table in TABLES:
        for service in SERVICES:
            if allowed := privileges_of(table, service):
                what = ", ".join(sorted(allowed))
                yield f"GRANT {what} ON {SCHEMA}.{table.__tablename__} TO {role_of(service)}"
    for view, readers in readers_of_views().items():
        for service in readers:
            yield f"GRANT SELECT ON {SCHEMA}.{view} TO {role_of(service)}"
    for sequence, service in SEQUENCES.items():
        yield f"GRANT USAGE ON SEQUENCE {SCHEMA}.{sequence} TO {role_of(service)}"
    for function, service in FUNCTIONS.items():
        yield f"REVOKE ALL ON FUNCTION {SCHEMA}.{function} FROM PUBLIC, {roles}"
        yield f"GRANT EXECUTE ON FUNCTION {SCHEMA}.{function} TO {role_of(service)}"


def row_security(present: Mapping[str, RowSecurity]) -> Iterator[str]:
    """Say what is missing of ownership, row-level security and policies; often nothing.

    Args:
        present: every table of the schema as it stands, by name.
    """
    for table in scoped_tables():
        found = present[str(table.__tablename__)]
        name = f"{SCHEMA}.{table.__tablename__}"
        owner = role_of(cast("DatabaseService", table.writer))
        if found.owner != owner:
            yield from _handed_over(name, owner)
        if not found.is_enabled:
            yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        for policy in sorted(found.policies - {POLICY}):
            yield f'DROP POLICY "{policy}" ON {name}'
        if POLICY not in found.policies and table.readers:
            readers = ", ".join(map(role_of, table.readers))
            yield f"CREATE POLICY {POLICY} ON {name} FOR SELECT TO {readers} USING ({_IN_SCOPE})"


def _handed_over(name: str, owner: str) -> Iterable[str]:
    """Only a member can give a table away, and only to a role that may create tables there."""
    return (
        (
            f"DO $$ BEGIN IF NOT pg_has_role('{owner}', 'MEMBER') THEN"
            f" GRANT {owner} TO CURRENT_USER; END IF; END $$"
        ),
        f"GRANT CREATE ON SCHEMA {SCHEMA} TO {owner}",
        f"ALTER TABLE {name} OWNER TO {owner}",
        f"REVOKE CREATE ON SCHEMA {SCHEMA} FROM {owner}",
    )
