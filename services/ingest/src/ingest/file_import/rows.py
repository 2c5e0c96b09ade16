"""A file of rows that a mapping explains: each row is told as one of a database would be."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from msgspec import structs

from careledger import clock
from careledger.errors import ConfigurationError
from careledger.events.rejection import EventRejectedError
from careledger.publisher import Outgoing
from ingest.dead_letters import addressed, letter_of_row
from ingest.extraction.digests import Digests
from ingest.extraction.telling import ENTITIES, Teller
from ingest.file_import.contents import Portion, Reject
from ingest.file_keys import FileKeys
from ingest.intake import Intake
from ingest.sources.file_rows import FileRow, ReadRows
from ingest.sources.payloads import SourceProblem
from ingest.sources.practice.mapping import EntityName, Mapping, TableMapping
from ingest.sources.practice.reading import RowReader
from ingest.told_rows import ToldRows


class RowsFile:
    """A file of rows."""

    def __init__(
        self, path: Path, read: ReadRows, mapping: Mapping, name: EntityName | None
    ) -> None:
        """Say what its rows are: a table of a mapping, by default the only one it has.

        Raises:
            ConfigurationError: if the mapping has no such table, or it cannot be a file's.
        """
        self.path: Final = path
        self.mapping: Final = mapping
        found, self.table = _table_of(mapping, name)
        self.name: Final[EntityName] = found
        self._read = read

    def rows(self) -> Iterator[FileRow | SourceProblem]:
        """Yield its rows and problems.

        Raises:
            SourceUnreadableError: if it cannot be such a file.
        """
        return iter(self._read(self.path, self.table.columns()))

    def sample(self, limit: int) -> list[Sequence[Any]]:
        """Return the cells of some of its first rows.

        Raises:
            SourceUnreadableError: if it cannot be such a file.
        """
        found = (row.cells for row in self.rows() if isinstance(row, FileRow))
        return list(islice(found, limit))


class RowsContent:
    """The rows of a file as an import works on them."""

    def __init__(
        self, file: RowsFile, digests: Digests, intake: Intake, letters_topic: str, limit: int
    ) -> None:
        """Judge by an intake, so many rows at a time."""
        self.source: Final = file.mapping.source
        self.entity: Final = ENTITIES[file.name]
        self._file = file
        self._letters_topic = letters_topic
        self._limit = limit
        self._digests = digests
        self._reader = RowReader(file.name, file.mapping, file.table, digests.of_name)
        self._teller = Teller(file.name, file.mapping, file.table, digests, intake, letters_topic)

    async def portions(self, told: ToldRows) -> AsyncGenerator[Portion]:
        """Yield it portion by portion.

        Raises:
            SourceUnreadableError: if the file as a whole cannot be what it should be.
        """
        keys = FileKeys(told.connection)
        await keys.prepare()
        rows = self._file.rows()
        while batch := list(islice(rows, self._limit)):
            yield await self._judged(batch, keys, told)

    async def _judged(self, batch: Sequence[Any], keys: FileKeys, told: ToldRows) -> Portion:
        found = [one for one in batch if isinstance(one, FileRow)]
        names = [self._key(row) for row in found]
        new = await keys.new_among([name for name in names if name is not None])
        # What has no key is left for the teller to refuse, and of equal keys among these the
        # second one.
        told_once = [
            row for row, name in zip(found, names, strict=True) if name is None or name in new
        ]
        chunk = await self._teller.about(
            [row.cells for row in told_once], told, clock.now(), again=True
        )
        rejects = [
            Reject(told_once[place].line, error.reason, error.problem)
            for place, error in chunk.refusals
        ]
        for row, name in zip(found, names, strict=True):
            if name is not None and name not in new:
                reject = Reject(row.line, "row_inconsistent", "two rows have the same key")
                rejects.append(reject)
                chunk.records.append(self._letter(reject, name))
        for one in batch:
            if not isinstance(one, FileRow):
                reject = Reject(one.line, "body_invalid", one.reason)
                rejects.append(reject)
                chunk.records.append(self._letter(reject, None))
        rejects.sort(key=lambda one: one.line)
        return Portion(len(batch), chunk, rejects)

    def _key(self, row: FileRow) -> str | None:
        try:
            return self._reader.key(row.cells)
        except EventRejectedError:
            return None

    def _letter(self, reject: Reject, key: str | None) -> Outgoing:
        content = f"{self._file.path.name}\n{reject.line}\n{reject.problem}\n{key or ''}"
        letter = letter_of_row(
            self.source,
            (self.entity, self._file.name),
            key,
            self._digests.of(content.encode(errors="replace")),
            EventRejectedError(reject.reason, reject.problem),
            line=reject.line,
        )
        return addressed(letter, topic=self._letters_topic)


def _table_of(mapping: Mapping, name: EntityName | None) -> tuple[EntityName, TableMapping]:
    tables = dict(mapping.tables())
    if name is None:
        if len(tables) > 1:
            raise ConfigurationError(f"say which rows these are: --table {' or '.join(tables)}")
        ((name, table),) = tables.items()
    elif name not in tables:
        raise ConfigurationError(f"the mapping has no [{name}], only {', '.join(tables)}")
    else:
        table = tables[name]
    if table.join is not None:
        raise ConfigurationError(f"[{name}] joins another table, which a file cannot")
    if len(table.columns()) == 1:
        raise ConfigurationError(f"[{name}] reads a single column")
    return name, structs.replace(table, table=name)
