"""One side of a snapshot: its words, its meanings and which of them are dead."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from guantong.errors import StateError
from guantong.matching.store import tables, vectors
from guantong.matching.store.protocol import NO_HITS, TIE_MARGIN, Hits, best

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    import numpy.typing as npt
    from usearch.index import Index

    from guantong.matching.store.lexical import LexicalReader
    from guantong.matching.store.protocol import Rows, Side, Vector
    from guantong.matching.store.vectors import Generation

SCANNED_KINDS = 20_000
SCANNED_SHARE = 0.1
"""Kinds of up to so many entries, or of such a share of all, are compared one by one: to find 100
of a kind that is a tenth of all, the graph would have to give its 1,000 nearest."""

CACHED_KINDS = 8


class SideView:
    """One side of a snapshot; what costs time is loaded when it is first asked for."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        side: Side,
        *,
        asking: Lock,
        state: Mapping[str, int],
        lexical: LexicalReader | None,
        graph: Index | None,
        generation: Generation | None,
    ) -> None:
        self._connection = connection
        self._asking = asking
        self._side = side
        self._next_row = state["next_row"]
        self._dimensions = state["dimensions"]
        self._dropping = Lock()
        self._of_kinds: dict[frozenset[str], tuple[Rows, npt.NDArray[np.int8]]] = {}
        self.lexical = lexical
        self.graph = graph
        self.generation = generation
        self.kinds: dict[str, int] = dict(
            connection.execute(
                "SELECT kind, entries FROM tally WHERE side = ? ORDER BY kind", (side.value,)
            )
        )
        self.unfolded = state[f"tail_{side}"]

    @cached_property
    def _dead_in_lexical(self) -> frozenset[int]:
        rows = self._tombstones("SELECT row FROM tombstone WHERE in_lexical AND side = ?")
        return frozenset(rows)

    @cached_property
    def _dead_in_graph(self) -> Rows:
        rows = self._tombstones("SELECT row FROM tombstone WHERE in_graph AND side = ?")
        return np.array(rows, np.int64)

    def _tombstones(self, query: str) -> list[int]:
        return [row for (row,) in self._rows(query, self._side.value)]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        # One connection answers one thread at a time: rows of two queries may mix otherwise.
        with self._asking:
            return self._connection.execute(query, values).fetchall()

    @cached_property
    def _tail(self) -> tuple[Rows, npt.NDArray[np.int8]]:
        covered = self.generation.covered if self.generation else 0
        with self._asking:
            chunks = list(
                vectors.read_vectors(self._connection, self._side, covered, self._dimensions)
            )
        return _joined(chunks, self._dimensions)

    def check(self, path: Path) -> None:
        """Refuse a lexical part that lacks documents."""
        documents = self.lexical.documents if self.lexical else 0
        if documents < sum(self.kinds.values()):
            reason = f"lexical-{self._side.value}: {documents} < {sum(self.kinds.values())}"
            raise StateError("store.damaged", path=str(path), reason=reason)

    def wanted_kinds(self, kinds: Collection[str] | None) -> frozenset[str] | None:
        """Return which kinds to filter by, ``None`` where all that are here are wanted."""
        if kinds is None or not self.kinds.keys() - set(kinds):
            return None
        return frozenset(kinds).intersection(self.kinds)

    def search(
        self,
        tokens: Iterable[tuple[str, float]],
        limit: int,
        fields: Mapping[str, float],
        kinds: Collection[str] | None,
    ) -> Hits:
        """Return the best rows by words."""
        wanted = self.wanted_kinds(kinds)
        if self.lexical is None or (wanted is not None and not wanted):
            return NO_HITS
        return self.lexical.search(
            tokens,
            limit=limit,
            fields=fields,
            kinds=wanted,
            dead=self._dead_in_lexical,
            below=self._next_row,
        )

    def nearest(self, vector: Vector, limit: int, kinds: Collection[str] | None) -> Hits:
        """Return the best rows by meaning."""
        wanted = self.wanted_kinds(kinds)
        if wanted is None:
            return self._nearest_of_all(vector, limit)
        having = sum(self.kinds[kind] for kind in wanted)
        total = sum(self.kinds.values())
        if having <= max(SCANNED_KINDS, SCANNED_SHARE * total):
            return vectors.search_exactly(*self._vectors_of(wanted), vector, limit)
        return self._nearest_filtered(vector, limit, wanted, total / having)

    def _nearest_of_all(self, vector: Vector, limit: int) -> Hits:
        newest = vectors.search_exactly(*self._tail, vector, limit)
        if self.graph is None:
            return newest
        older = vectors.search_graph(self.graph, vector, limit, self._dead_in_graph)
        rows = np.concatenate([older.rows, newest.rows])
        return best(rows, np.concatenate([older.scores, newest.scores]), limit)

    def _nearest_filtered(
        self, vector: Vector, limit: int, kinds: frozenset[str], rarity: float
    ) -> Hits:
        total = sum(self.kinds.values())
        asked = int(1.3 * rarity * limit) + TIE_MARGIN
        while True:
            hits = self._nearest_of_all(vector, asked)
            rows = self._rows(
                "SELECT row FROM entry WHERE row IN (SELECT value FROM json_each(?))"
                " AND kind IN (SELECT value FROM json_each(?))",
                tables.json_list(hits.rows.tolist()),
                tables.json_list(kinds),
            )
            kept = np.isin(hits.rows, [row for (row,) in rows])
            if np.count_nonzero(kept) >= limit or asked >= total:
                return Hits(hits.rows[kept][:limit], hits.scores[kept][:limit])
            asked *= 4

    def _vectors_of(self, kinds: frozenset[str]) -> tuple[Rows, npt.NDArray[np.int8]]:
        found = self._of_kinds.get(kinds)
        if found is None:
            pairs = self._rows(
                "SELECT row, vector FROM entry WHERE side = ?"
                " AND kind IN (SELECT value FROM json_each(?)) AND vector IS NOT NULL ORDER BY row",
                self._side.value,
                tables.json_list(kinds),
            )
            found = vectors.stacked(pairs, self._dimensions)
            # Several threads may ask: two of them must not drop one entry twice.
            with self._dropping:
                while len(self._of_kinds) >= CACHED_KINDS:
                    del self._of_kinds[next(iter(self._of_kinds))]
                self._of_kinds[kinds] = found
        return found


def _joined(
    chunks: list[tuple[Rows, npt.NDArray[np.int8]]], dimensions: int
) -> tuple[Rows, npt.NDArray[np.int8]]:
    if not chunks:
        return vectors.stacked([], dimensions)
    return (
        np.concatenate([rows for rows, _ in chunks]),
        np.concatenate([matrix for _, matrix in chunks]),
    )
