"""Reading an index directory: one committed state of all its parts."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from guantong.errors import NotFoundError, StateError
from guantong.matching.store import tables, vectors
from guantong.matching.store.lexical import LexicalReader
from guantong.matching.store.protocol import (
    FIELD_WEIGHTS,
    NO_HITS,
    Candidates,
    Hits,
    IndexInfo,
    Side,
    checked_vector,
)
from guantong.matching.store.side import SideView
from guantong.matching.store.tables import storage_errors

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import TracebackType

    from guantong.matching.store.protocol import Vector

ATTEMPTS = 20
VIEW_MEMORY = 268_435_456


class IndexReader:
    """A snapshot of an index directory; :meth:`refresh` moves it to the last commit.

    Questions may be asked from several threads, as long as none of them refreshes meanwhile.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, watch: sqlite3.Connection
    ) -> None:
        self.path = path
        self._connection = connection
        self._watch = watch
        self._asking = Lock()
        self._sides: dict[Side, SideView] = {}
        self._load()

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, settings: Mapping[str, str] | None = None
    ) -> Self:
        """Open the last committed state.

        Raises StateError where there is no usable index, ConfigurationError where ``settings``
        are not those it was made with.
        """
        directory = Path(path)
        if not (directory / tables.DATABASE).exists():
            raise StateError("store.not_an_index", path=str(directory))
        with storage_errors(directory):
            connection = tables.connect(directory)
            watch = tables.connect(directory)
            try:
                tables.check(directory, connection)
                tables.check_settings(directory, tables.read_settings(connection), settings)
                connection.execute(f"PRAGMA mmap_size = {VIEW_MEMORY}")
                return cls(directory, connection, watch)
            except BaseException:
                connection.close()
                watch.close()
                raise

    def _load(self) -> None:
        """Take all parts from one commit.

        The lexical part is opened after SQLite's snapshot is taken. It may be one commit ahead,
        which only adds rows that the snapshot does not know; were it two ahead, it would lack
        rows, hence the second look at the version.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._connection.execute("BEGIN")
            state = tables.read_state(self._connection)
            try:
                sides = {side: self._view(side, state) for side in Side}
            except FileNotFoundError as error:
                if state["version"] == self._last_version() or attempt == ATTEMPTS:
                    reason = f"{error} is missing"
                    raise StateError("store.damaged", path=str(self.path), reason=reason) from error
            else:
                if state["version"] == self._last_version():
                    break
            self._connection.execute("ROLLBACK")
        else:
            raise StateError("store.busy", path=str(self.path))
        for view in sides.values():
            view.check(self.path)
        self._state, self._sides = state, sides

    def _view(self, side: Side, state: Mapping[str, int]) -> SideView:
        before = self._sides.get(side)
        if before is not None and before.lexical is not None:
            lexical: LexicalReader | None = before.lexical.refreshed()
        else:
            lexical = LexicalReader.open(self.path / f"lexical-{side.value}")
        generation = tables.read_generations(self._connection).get(side)
        graph = None
        if generation is not None:
            same = before is not None and before.generation == generation
            graph = before.graph if before is not None and same else None
            graph = graph or vectors.view(self.path, generation, state["dimensions"])
        return SideView(
            self._connection,
            side,
            asking=self._asking,
            state=state,
            lexical=lexical,
            graph=graph,
            generation=generation,
        )

    def _last_version(self) -> int:
        (version,) = self._watch.execute(
            "SELECT value FROM state WHERE name = 'version'"
        ).fetchone()
        return int(version)

    @property
    def version(self) -> int:
        """The number of commits up to the snapshot."""
        return self._state["version"]

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._state["dimensions"]

    @property
    def settings(self) -> Mapping[str, str]:
        """What the index was made with."""
        return tables.read_settings(self._connection)

    def count(self, side: Side) -> int:
        """Return how many entries one side has."""
        return sum(self._sides[side].kinds.values())

    def info(self) -> IndexInfo:
        """Return what the index is and holds."""
        return IndexInfo(
            format=tables.FORMAT,
            version=self.version,
            dimensions=self.dimensions,
            settings=self.settings,
            kinds={side: dict(view.kinds) for side, view in self._sides.items()},
            size=self._size(),
            unfolded={side: view.unfolded for side, view in self._sides.items()},
        )

    def _size(self) -> int:
        size = 0
        for file in self.path.rglob("*"):
            # A writer may be merging: a file that was listed may be gone.
            with suppress(FileNotFoundError):
                size += file.stat().st_size
        return size

    def lexical(
        self,
        tokens: Iterable[tuple[str, float]],
        *,
        side: Side,
        limit: int,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        kinds: Collection[str] | None = None,
    ) -> Hits:
        """Return the rows with the highest sum of weight x BM25 over tokens and fields."""
        return self._sides[side].search(tokens, limit, fields, kinds)

    def nearest(
        self, vector: Vector, *, side: Side, limit: int, kinds: Collection[str] | None = None
    ) -> Hits:
        """Return the rows with the highest cosine similarity; none for an all zero vector."""
        checked = checked_vector(vector, self.dimensions)
        if checked is None or limit < 1:
            return NO_HITS
        return self._sides[side].nearest(checked, limit, kinds)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        # One connection answers one thread at a time: rows of two queries may mix otherwise.
        with self._asking, storage_errors(self.path):
            return self._connection.execute(query, values).fetchall()

    def fetch(self, rows: Iterable[int]) -> Candidates:
        """Return what ranking needs of those rows that are there."""
        found = self._rows(
            "SELECT row, id, kind, vector, terms, valid_until, disclosure, organisation"
            " FROM entry WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
            tables.json_list(map(int, rows)),
        )
        columns = list(zip(*found, strict=True)) if found else [()] * 8
        nothing = bytes(self.dimensions)
        joined = b"".join([vector or nothing for vector in columns[3]])
        return Candidates(
            rows=np.array(columns[0], np.int64),
            ids=columns[1],
            kinds=columns[2],
            vectors=np.frombuffer(joined, np.int8).reshape(len(found), self.dimensions),
            terms=columns[4],
            valid_until=[date.fromisoformat(day) if day else None for day in columns[5]],
            disclosures=columns[6],
            organisations=columns[7],
        )

    def document_frequency(self, tokens: Collection[str], side: Side) -> dict[str, int]:
        """Return for each token in how many entries the field that has it most often has it."""
        lexical = self._sides[side].lexical
        return {token: lexical.document_frequency(token) if lexical else 0 for token in tokens}

    def row(self, side: Side, id: str) -> int:
        """Return the row of an entry; raise :class:`NotFoundError` where there is none."""
        found = self._rows("SELECT row FROM entry WHERE side = ? AND id = ?", side.value, id)
        if not found:
            raise NotFoundError("store.no_such_id", side=side.value, id=id)
        return int(found[0][0])

    def record(self, side: Side, id: str) -> bytes:
        """Return a stored record; raise :class:`NotFoundError` where there is none."""
        records = self.records(side, [id])
        if not records:
            raise NotFoundError("store.no_such_id", side=side.value, id=id)
        return records[id]

    def records(self, side: Side, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored records of those ids that are there."""
        return dict(
            self._rows(
                "SELECT id, record FROM entry JOIN record USING (row)"
                " WHERE side = ? AND id IN (SELECT value FROM json_each(?))",
                side.value,
                tables.json_list(ids),
            )
        )

    def ids(self, side: Side) -> list[str]:
        """Return all ids of one side in the order they were added."""
        found = self._rows("SELECT id FROM entry WHERE side = ? ORDER BY row", side.value)
        return [id for (id,) in found]

    def each(self, side: Side) -> Iterator[tuple[str, bytes]]:
        """Yield every id with its record in the order they were added."""
        row = 0
        while found := self._rows(
            "SELECT row, id, record FROM entry JOIN record USING (row)"
            " WHERE row > ? AND side = ? ORDER BY row LIMIT 1000",
            row,
            side.value,
        ):
            for _, id, record in found:
                yield id, record
            row = found[-1][0]

    def refresh(self) -> bool:
        """Move to the last commit; return whether there was a newer one."""
        with storage_errors(self.path):
            if self._last_version() == self.version:
                return False
            # None is open where the last try found the writer too busy.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._load()
        return True

    def close(self) -> None:
        """Let go of the snapshot."""
        self._sides.clear()
        self._connection.close()
        self._watch.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
