"""An index that lives in memory: plain Python and numpy, for tests and small one-off matches."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from guantong.errors import LockedError, NotFoundError, StateError
from guantong.matching.store.lexical import spaced
from guantong.matching.store.memory_side import MemorySide, stacked
from guantong.matching.store.protocol import (
    FIELD_WEIGHTS,
    NO_HITS,
    Candidates,
    Entry,
    Hits,
    IndexInfo,
    Side,
    best,
    checked,
    checked_vector,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import TracebackType

    from guantong.matching.store.protocol import Vector

NAME = "memory"


@dataclass(frozen=True)
class _State:
    """One committed state, never changed."""

    version: int
    next_row: int
    sides: Mapping[Side, MemorySide]


@dataclass
class MemoryStore:
    """An index of a process's own; :meth:`writer` and :meth:`reader` open it."""

    dimensions: int
    settings: Mapping[str, str] = field(default_factory=dict)
    writing: bool = False

    def __post_init__(self) -> None:
        self.state = _State(0, 1, {side: MemorySide({}, self.dimensions) for side in Side})

    def writer(self) -> MemoryWriter:
        """Open for writing; raise LockedError while another writer is open."""
        if self.writing:
            raise LockedError("store.locked", path=NAME, pid=os.getpid())
        self.writing = True
        return MemoryWriter(self)

    def reader(self) -> MemoryReader:
        """Open what was last committed."""
        return MemoryReader(self)


class MemoryWriter:
    """The one who changes a :class:`MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._closed = False
        self._begin()

    def _begin(self) -> None:
        state = self._store.state
        self._next_row = state.next_row
        self._entries = {side: dict(state.sides[side].entries) for side in Side}
        self._rows = {
            side: {entry.id: row for row, entry in entries.items()}
            for side, entries in self._entries.items()
        }
        self._changed = False

    def _check_open(self) -> None:
        if self._closed:
            raise StateError("store.closed", path=NAME)

    def text_hashes(self, side: Side, ids: Iterable[str]) -> dict[str, str]:
        """Return the text hash of those ids that are there, uncommitted changes included."""
        self._check_open()
        rows, entries = self._rows[side], self._entries[side]
        return {id: entries[rows[id]].text_hash for id in ids if id in rows}

    def add(self, entries: Iterable[Entry]) -> int:
        """Insert or replace entries by side and id; return how many were new or different."""
        self._check_open()
        changed = 0
        for entry in entries:
            spaced(entry)
            changed += self._add(checked(entry, self._store.dimensions))
        return changed

    def _add(self, entry: Entry) -> bool:
        rows, entries = self._rows[entry.side], self._entries[entry.side]
        row = rows.get(entry.id)
        if row is not None:
            stored = entries[row]
            if (stored.text_hash, stored.kind) == (entry.text_hash, entry.kind):
                if stored.record == entry.record:
                    return False
                entries[row] = replace(
                    stored,
                    record=entry.record,
                    valid_until=entry.valid_until,
                    disclosure=entry.disclosure,
                    organisation=entry.organisation,
                )
                self._changed = True
                return True
            del entries[row]
        entries[self._next_row] = entry
        rows[entry.id] = self._next_row
        self._next_row += 1
        self._changed = True
        return True

    def remove(self, side: Side, ids: Iterable[str]) -> int:
        """Remove entries; return how many were there."""
        self._check_open()
        rows = [self._rows[side].pop(id) for id in dict.fromkeys(ids) if id in self._rows[side]]
        for row in rows:
            del self._entries[side][row]
        self._changed = self._changed or bool(rows)
        return len(rows)

    def commit(self) -> None:
        """Make every change so far last; without changes nothing happens."""
        self._check_open()
        if self._changed:
            dimensions = self._store.dimensions
            sides = {side: MemorySide(found, dimensions) for side, found in self._entries.items()}
            self._store.state = _State(self._store.state.version + 1, self._next_row, sides)
            self._begin()

    def rollback(self) -> None:
        """Forget every change since the last commit."""
        self._check_open()
        self._begin()

    def close(self) -> None:
        """Forget what is not committed and let others write."""
        if not self._closed:
            self._closed = True
            self._store.writing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()


class MemoryReader:
    """A snapshot of a :class:`MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._state = store.state

    @property
    def version(self) -> int:
        """The number of commits up to the snapshot."""
        return self._state.version

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._store.dimensions

    @property
    def settings(self) -> Mapping[str, str]:
        """What the index was made with."""
        return self._store.settings

    def count(self, side: Side) -> int:
        """Return how many entries one side has."""
        return len(self._state.sides[side].entries)

    def info(self) -> IndexInfo:
        """Return what the index is and holds."""
        kinds = {
            side: dict(sorted(Counter(found.kinds.tolist()).items()))
            for side, found in self._state.sides.items()
        }
        return IndexInfo(
            format=0,
            version=self.version,
            dimensions=self.dimensions,
            settings=self.settings,
            kinds=kinds,
        )

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
        found = self._state.sides[side]
        scores = np.zeros(len(found.rows))
        for token, weight in tokens:
            for name, field_weight in fields.items():
                if weight > 0 and field_weight > 0:
                    found.fields[name].add_scores(token, weight * field_weight, scores)
        hit = (scores > 0) & found.of_kinds(kinds)
        return best(found.rows[hit], scores[hit].astype(np.float32), limit)

    def nearest(
        self, vector: Vector, *, side: Side, limit: int, kinds: Collection[str] | None = None
    ) -> Hits:
        """Return the rows with the highest cosine similarity; none for an all zero vector."""
        wanted = checked_vector(vector, self.dimensions)
        if wanted is None or limit < 1:
            return NO_HITS
        found = self._state.sides[side]
        direction = wanted.astype(np.float32) / np.linalg.norm(wanted.astype(np.float32))
        hit = found.directions.any(axis=1) & found.of_kinds(kinds)
        return best(found.rows[hit], found.directions[hit] @ direction, limit)

    def fetch(self, rows: Iterable[int]) -> Candidates:
        """Return what ranking needs of those rows that are there."""
        wanted = {int(row) for row in rows}
        entries = {
            row: side.entries[row]
            for side in self._state.sides.values()
            for row in wanted & side.entries.keys()
        }
        order = sorted(entries)
        found = [entries[row] for row in order]
        return Candidates(
            rows=np.array(order, np.int64),
            ids=[entry.id for entry in found],
            kinds=[entry.kind for entry in found],
            vectors=stacked([entry.vector for entry in found], self.dimensions),
            terms=[entry.terms for entry in found],
            valid_until=[entry.valid_until for entry in found],
            disclosures=[entry.disclosure for entry in found],
            organisations=[entry.organisation for entry in found],
        )

    def document_frequency(self, tokens: Collection[str], side: Side) -> dict[str, int]:
        """Return for each token in how many entries the field that has it most often has it."""
        fields = self._state.sides[side].fields.values()
        return {token: max(texts.frequency(token) for texts in fields) for token in tokens}

    @cached_property
    def _by_id(self) -> dict[tuple[Side, str], int]:
        return {
            (side, entry.id): row
            for side, found in self._state.sides.items()
            for row, entry in found.entries.items()
        }

    def row(self, side: Side, id: str) -> int:
        """Return the row of an entry; raise :class:`NotFoundError` where there is none."""
        row = self._by_id.get((side, id))
        if row is None:
            raise NotFoundError("store.no_such_id", side=side.value, id=id)
        return row

    def record(self, side: Side, id: str) -> bytes:
        """Return a stored record; raise :class:`NotFoundError` where there is none."""
        return self._state.sides[side].entries[self.row(side, id)].record

    def records(self, side: Side, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored records of those ids that are there."""
        return {id: self.record(side, id) for id in ids if (side, id) in self._by_id}

    def ids(self, side: Side) -> list[str]:
        """Return all ids of one side in the order they were added."""
        return [id for id, _ in self.each(side)]

    def each(self, side: Side) -> Iterator[tuple[str, bytes]]:
        """Yield every id with its record in the order they were added."""
        for _, entry in sorted(self._state.sides[side].entries.items()):
            yield entry.id, entry.record

    def refresh(self) -> bool:
        """Move to the last commit; return whether there was a newer one."""
        if self._store.state is self._state:
            return False
        self._state = self._store.state
        self.__dict__.pop("_by_id", None)
        return True

    def close(self) -> None:
        """Let go of the snapshot."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
