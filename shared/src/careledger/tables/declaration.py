"""How a table is declared: its name, its one writer, who else may insert rows, and who reads."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from sqlalchemy import TIMESTAMP, MetaData, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import SQLModel

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service

SCHEMA: Final = "reporting"

# SQLModel takes an instance of a type as well, but says it wants the class.
CODE: Final[Any] = Text(collation="C")
"""Ids and codes: compared and sorted byte by byte, in every locale the same."""
TEXT: Final[Any] = Text()
CODES: Final[Any] = ARRAY(Text(collation="C"))
INSTANT: Final[Any] = TIMESTAMP(timezone=True)
JSON: Final[Any] = JSONB()

NOW: Final = {"server_default": text("now()")}
ZERO: Final = {"server_default": text("0")}
NO: Final = {"server_default": text("false")}
GIVEN: Final = {"autoincrement": False}
"""For keys that are numbers: somebody else gives them, no sequence does."""

_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


class Table(SQLModel, registry=registry(metadata=MetaData(schema=SCHEMA))):
    """One table: a class says `writer`, and `named` where its name is not its own plural."""

    writer: ClassVar[Service]
    """The one service that may change and delete rows."""
    inserters: ClassVar[tuple[Service, ...]] = ()
    """Services that may insert rows besides, and do nothing else to them."""
    readers: ClassVar[tuple[DatabaseService, ...]] = ()
    """Services that read it besides its writer."""
    append_only: ClassVar[bool] = False
    """Rows are added and stay as they are: not even the writer may change or remove one."""
    removable: ClassVar[bool] = False
    """Of an append-only table: retention may remove rows all the same, and still change none."""
    scoped: ClassVar[bool] = True
    """Whether readers see, of a table with a clinic column, only the clinics in their scope."""
    named: ClassVar[str] = ""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]  # noqa: N805
        """Return the name of the table: the class name in snake case, in the plural."""
        return cls.named or f"{_WORD_START.sub('_', cls.__name__).lower()}s"
