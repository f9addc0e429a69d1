"""One side of an index in memory: BM25 and cosine over everything, in numpy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.store.lexical import spaced
from guantong.matching.store.protocol import FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from guantong.matching.store.protocol import Entry, Rows, Vector

K1 = 1.2
B = 0.75
"""The constants of BM25 that tantivy uses."""


@dataclass(frozen=True, eq=False)
class MemoryField:
    """One field of one side: where each token stands and how often, and how long each text is."""

    postings: dict[str, tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]]
    norms: npt.NDArray[np.float64]
    entries: int

    @classmethod
    def of(cls, texts: list[str]) -> MemoryField:
        """Count the tokens of each text."""
        places: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        lengths = np.zeros(len(texts))
        for place, text in enumerate(texts):
            tokens = text.split()
            lengths[place] = len(tokens)
            for token, count in Counter(tokens).items():
                places.setdefault(token, []).append(place)
                counts.setdefault(token, []).append(count)
        mean = lengths.mean() if lengths.any() else 1.0
        postings = {
            token: (np.array(where, np.intp), np.array(counts[token], np.float64))
            for token, where in places.items()
        }
        return cls(postings, K1 * (1 - B + B * lengths / mean), len(texts))

    def frequency(self, token: str) -> int:
        """Return how many texts have the token."""
        return len(self.postings[token][0]) if token in self.postings else 0

    def add_scores(self, token: str, weight: float, scores: npt.NDArray[np.float64]) -> None:
        """Add the weighted BM25 of a token to the scores of all texts."""
        if token not in self.postings:
            return
        places, counts = self.postings[token]
        inverse = np.log1p((self.entries - len(places) + 0.5) / (len(places) + 0.5))
        scores[places] += weight * inverse * (1 + K1) * counts / (counts + self.norms[places])


@dataclass(frozen=True, eq=False)
class MemorySide:
    """The entries of one side, by row."""

    entries: dict[int, Entry]
    dimensions: int

    @cached_property
    def rows(self) -> Rows:
        """All rows, ascending."""
        return np.array(sorted(self.entries), np.int64)

    @cached_property
    def kinds(self) -> npt.NDArray[np.str_]:
        """The kind of each row."""
        return np.array([self.entries[row].kind for row in self.rows.tolist()], np.str_)

    @cached_property
    def fields(self) -> dict[str, MemoryField]:
        """The searched fields by name."""
        texts = [spaced(self.entries[row]) for row in self.rows.tolist()]
        columns = zip(*texts, strict=True) if texts else ((),) * len(FIELDS)
        pairs = zip(FIELDS, columns, strict=True)
        return {name: MemoryField.of(list(column)) for name, column in pairs}

    @cached_property
    def directions(self) -> npt.NDArray[np.float32]:
        """Vectors of length one; all zero where there is none."""
        matrix = stacked([self.entries[row].vector for row in self.rows.tolist()], self.dimensions)
        lengths = np.linalg.norm(matrix.astype(np.float32), axis=1, keepdims=True)
        directions = np.zeros(matrix.shape, np.float32)
        np.divide(matrix, lengths, out=directions, where=lengths > 0)
        return directions

    def of_kinds(self, kinds: Collection[str] | None) -> npt.NDArray[np.bool_]:
        """Say of each row whether it is of one of the kinds; ``None`` means all."""
        if kinds is None:
            return np.ones(len(self.rows), np.bool_)
        return np.isin(self.kinds, sorted(kinds))


def stacked(found: list[Vector | None], dimensions: int) -> npt.NDArray[np.int8]:
    """Return one matrix of all vectors; a missing one is all zero."""
    nothing = np.zeros(dimensions, np.int8)
    matrix = [nothing if vector is None else vector for vector in found]
    return np.array(matrix, np.int8).reshape(len(found), dimensions)
