"""The privileges a migrated database grants, read from its catalogs."""

from __future__ import annotations

from typing import Final

from careledger.database_roles import SERVICES, role_of
from careledger.postgres import Connection

EVERY_PRIVILEGE: Final = (
    *("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"),
)

_GRANTED: Final = """
SELECT c.relname AS relation, role, privilege
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN unnest($1::text[]) AS r (role)
CROSS JOIN unnest($2::text[]) AS p (privilege)
WHERE n.nspname = 'reporting' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND has_table_privilege(role, c.oid, privilege)
"""


async def granted(connection: Connection) -> set[tuple[str, str, str]]:
    """Return who may do what with every relation and partition: relation, role, privilege."""
    roles = [role_of(service) for service in SERVICES]
    rows = await connection.fetch(_GRANTED, roles, list(EVERY_PRIVILEGE))
    return {(row["relation"], row["role"], row["privilege"]) for row in rows}
