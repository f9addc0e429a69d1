"""Draws what the vectors learn from: two views of the same paper, and texts a teacher compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Bag = sparse.csr_matrix

# How often each pair of views is drawn: what is asked, then what is to be found.
VIEWS = {
    "title → abstract": 1.0,
    "title → English abstract": 2.0,
    "abstract → English abstract": 1.5,
    "sentence → rest": 1.5,
    "English sentence → rest": 0.7,
    "key words → paper": 1.0,
    "key words → English abstract": 0.7,
    "sentence → English abstract": 0.7,
}
# Share of each sort of text in a batch the second teacher compares.
COMPARED = {"title": 0.2, "document": 0.2, "sentence": 0.3, "abstract_en": 0.1, "word": 0.2}
# A word of the query that the answer has too is left out this often, so that meaning must do.
GAP = 0.4


@dataclass(frozen=True, slots=True)
class Views:
    """Row ``i`` of ``asked`` belongs to row ``i`` of ``found``."""

    asked: Bag
    found: Bag


@dataclass(frozen=True, slots=True)
class Compared:
    """Texts with the second teacher's vectors (centred, length 1) and their language."""

    texts: Bag
    vectors: np.ndarray
    english: np.ndarray


class Sampler:
    """Draws batches from the bags of ``vocabulary.py`` and the vectors of ``teachers.py``."""

    def __init__(self, bags: Mapping[str, Any], held_out: np.ndarray, seed: int) -> None:
        self._bags = bags
        self._draw = np.random.default_rng(seed)
        papers = bags["title"].shape[0]
        self._all = np.arange(papers)
        self._linked = np.setdiff1d(np.arange(bags["both"]), held_out)
        self._sentences = _Sentences(bags["sentence"], bags["sentence_of"], papers)
        self._sentences_en = _Sentences(bags["sentence_en"], bags["sentence_en_of"], papers)
        self._keyed = np.flatnonzero(np.diff(bags["keywords"].indptr) >= 2)
        weights = np.array(list(VIEWS.values()))
        self._chances = weights / weights.sum()

    def views(self, size: int) -> Views:
        """Draw one sort of views and a batch of papers for it."""
        sort = list(VIEWS)[self._draw.choice(len(VIEWS), p=self._chances)]
        asked, found = self._drawn(sort, size)
        if "English abstract" not in sort:
            asked = self._without_shared_words(asked, found)
        told = (np.diff(asked.indptr) > 0) & (np.diff(found.indptr) > 0)
        return Views(asked[told], found[told])

    def _drawn(self, sort: str, size: int) -> tuple[Bag, Bag]:
        bags = self._bags
        match sort:
            case "title → abstract":
                rows = self._rows(self._all, size)
                return bags["title"][rows], bags["abstract"][rows]
            case "title → English abstract":
                rows = self._rows(self._linked, size)
                return bags["title"][rows], bags["abstract_en"][rows]
            case "abstract → English abstract":
                rows = self._rows(self._linked, size)
                return bags["abstract"][rows], bags["abstract_en"][rows]
            case "sentence → rest":
                rows = self._rows(self._sentences.several, size)
                one = self._sentences.one_of(rows, self._draw)
                return one, _minus(bags["abstract"][rows] + bags["title"][rows], one)
            case "English sentence → rest":
                rows = self._rows(self._sentences_en.several, size)
                one = self._sentences_en.one_of(rows, self._draw)
                return one, _minus(bags["abstract_en"][rows], one)
            case "key words → paper":
                rows = self._rows(self._keyed, size)
                return bags["keywords"][rows], bags["abstract"][rows] + bags["title"][rows]
            case "key words → English abstract":
                rows = self._rows(np.intersect1d(self._keyed, self._linked), size)
                return bags["keywords"][rows], bags["abstract_en"][rows]
            case _:
                linked = np.intersect1d(self._linked, self._sentences.several)
                rows = self._rows(linked, size)
                return self._sentences.one_of(rows, self._draw), bags["abstract_en"][rows]

    def _rows(self, among: np.ndarray, size: int) -> np.ndarray:
        return self._draw.choice(among, min(size, len(among)), replace=False)

    def _without_shared_words(self, asked: Bag, found: Bag) -> Bag:
        width = asked.shape[1]
        cells = asked.tocoo()
        owner = np.repeat(np.arange(found.shape[0], dtype=np.int64), np.diff(found.indptr))
        shared = np.isin(
            cells.row.astype(np.int64) * width + cells.col, owner * width + found.indices
        )
        kept = ~(shared & (self._draw.random(len(shared)) < GAP))
        return sparse.csr_matrix(
            (cells.data[kept], (cells.row[kept], cells.col[kept])), shape=asked.shape
        )


class _Sentences:
    """The sentences of all papers, and which papers have at least three."""

    def __init__(self, bag: Bag, owner: np.ndarray, papers: int) -> None:
        self._bag = bag
        self._first = np.searchsorted(owner, np.arange(papers))
        self._count = np.bincount(owner, minlength=papers)
        self.several = np.flatnonzero(self._count >= 3)

    def one_of(self, papers: np.ndarray, draw: np.random.Generator) -> Bag:
        return self._bag[self._first[papers] + draw.integers(self._count[papers])]


class Comparisons:
    """Texts of all sorts with the vectors the second teacher gave them."""

    def __init__(
        self, bags: Mapping[str, Any], work: Path, latin: np.ndarray, chances: np.ndarray, seed: int
    ) -> None:
        self._draw = np.random.default_rng(seed)
        width = bags["title"].shape[1]
        texts = {
            "title": bags["title"],
            "document": bags["title"] + bags["abstract"],
            "sentence": bags["sentence"],
            "abstract_en": bags["abstract_en"],
            "word": sparse.identity(width, np.float32, "csr"),
        }
        self._pools: dict[str, Compared] = {}
        for sort in COMPARED:
            with np.load(work / f"near_{sort}.npz") as kept:
                rows, vectors = kept["rows"], centred(kept["vectors"])
            english = latin[rows] if sort == "word" else np.full(len(rows), sort == "abstract_en")
            self._pools[sort] = Compared(texts[sort][rows], vectors, english)
        # Frequent words first, but every word has its turn.
        words = np.minimum(1, 0.05 + 6000 * chances[: len(self._pools["word"].vectors)])
        self._word_chances = words / words.sum()

    def batch(self, size: int) -> Compared:
        """Draw texts of every sort."""
        parts = []
        for sort, share in COMPARED.items():
            pool = self._pools[sort]
            among = len(pool.vectors)
            chances = self._word_chances if sort == "word" else None
            rows = self._draw.choice(among, int(size * share), replace=False, p=chances)
            parts.append(Compared(pool.texts[rows], pool.vectors[rows], pool.english[rows]))
        texts = sparse.vstack([part.texts for part in parts], "csr")
        told = np.diff(texts.indptr) > 0
        return Compared(
            texts[told],
            np.concatenate([part.vectors for part in parts])[told],
            np.concatenate([part.english for part in parts])[told],
        )


def centred(vectors: np.ndarray) -> np.ndarray:
    """Take the common direction out and scale rows to length 1."""
    rows = vectors.astype(np.float32)
    rows = rows - rows.mean(axis=0)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _minus(whole: Bag, part: Bag) -> Bag:
    """Take the words of a part out of a whole."""
    rest = (whole - part).tocsr()
    rest.data[rest.data < 1e-6] = 0
    rest.eliminate_zeros()
    return rest
