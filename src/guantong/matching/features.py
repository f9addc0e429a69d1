"""How near two texts are, in four numbers from 0 to 1: meaning, characters, and cover both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guantong.matching.packing import GRAMS, ranges

if TYPE_CHECKING:
    from guantong.matching.forms import TextForm
    from guantong.matching.packing import OfferTexts
    from guantong.matching.rarity import Rarity
    from guantong.matching.word_table import Codes, Weights, WordTable

TEXT_FEATURES = ("meaning", "characters", "need_covered", "offer_covered")
"""The text features in the order of the columns of :class:`ComparedTexts`."""

QUICK = TEXT_FEATURES[:2]
"""Those that cost next to nothing: :meth:`TextComparison.quick`."""

MOST_WORDS = 64
"""How many of a need's words, the weightiest, are compared one by one."""

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ComparedTexts:
    """The text features of some offers and the nearness of their words to the need's.

    ``features`` has the shape ``(offers, 4)``; ``near`` has a row for each of the ``distinct``
    words of all offers and a column for each of the need's ``words``, whose ``weights`` sum to 1.
    """

    features: Matrix
    words: Codes
    weights: Weights
    distinct: Codes
    places: npt.NDArray[np.intp]
    near: Matrix
    ends: npt.NDArray[np.intp]

    def take(self, chosen: npt.NDArray[np.intp]) -> ComparedTexts:
        """Return what was found of the offers at the places ``chosen``, in that order."""
        counts = np.diff(self.ends, prepend=0)[chosen]
        starts = self.ends[chosen] - counts
        return replace(
            self,
            features=self.features[chosen],
            places=self.places[ranges(starts, counts)],
            ends=np.cumsum(counts),
        )

    def nearest_words(self, at: int) -> tuple[Codes, Weights]:
        """Return the word of one offer nearest to each of the need's words, and its cosine."""
        places = self.places[self.ends[at - 1] if at else 0 : self.ends[at]]
        if not len(places) or not len(self.words):
            return np.zeros(len(self.words), np.uint32), np.zeros(len(self.words), np.float32)
        near = self.near[places]
        best = near.argmax(axis=0)
        return self.distinct[places[best]], near[best, np.arange(len(best))]


class TextComparison:
    """Compares a need's text with those of many offers at once.

    - *meaning*: cosine of the two text vectors;
    - *characters*: cosine over character grams, each weighted by its rarity;
    - *need_covered*: how much of the need's words the offer's words come near to, the rarer the
      weightier, nearness being the cosine of two word vectors (late interaction);
    - *offer_covered*: the same the other way round.
    """

    def __init__(self, table: WordTable, rarity: Rarity) -> None:
        self.table = table
        self.rarity = rarity

    def compared(
        self, need: TextForm, offers: OfferTexts, quick: Matrix | None = None
    ) -> ComparedTexts:
        """Compare word by word; ``quick`` spares what :meth:`quick` has found already."""
        found = self.quick(need, offers) if quick is None else quick
        words, weights = self.need_words(need)
        distinct, places = np.unique(offers.words, return_inverse=True)
        near = self.table.unit_vectors(distinct) @ self.table.unit_vectors(words).T
        np.clip(near, 0, 1, out=near)
        covers = self._covers(near * near, places, weights, offers)
        return ComparedTexts(
            features=np.hstack([found, covers]).clip(0, 1).astype(np.float32),
            words=words,
            weights=weights,
            distinct=distinct,
            places=places,
            near=near,
            ends=np.cumsum(offers.word_counts),
        )

    def quick(self, need: TextForm, offers: OfferTexts) -> Matrix:
        """Return the two features that cost little, shape ``(offers, 2)``: meaning, characters."""
        columns = (offers.vectors @ need.vector, self._characters(need, offers))
        return np.column_stack(columns).clip(0, 1).astype(np.float32)

    def need_words(self, need: TextForm) -> tuple[Codes, Weights]:
        """Return the words of a need that are compared, with their weights, which sum to 1."""
        words, weights = need.words, need.word_counts * self.rarity.words[need.words]
        if len(weights) > MOST_WORDS:
            kept = np.sort(np.argsort(-weights, kind="stable")[:MOST_WORDS])
            words, weights = words[kept], weights[kept]
        return words, weights / max(float(weights.sum()), 1e-9)

    def _characters(self, need: TextForm, offers: OfferTexts) -> Weights:
        rarity = self.rarity.grams
        wanted = np.zeros(GRAMS, np.float32)
        wanted[need.grams] = need.gram_counts * rarity[need.grams]
        found = rarity[offers.grams]
        shared = _sum_each(wanted[offers.grams] * found, offers.gram_counts)
        lengths = np.sqrt(_sum_each(found * found, offers.gram_counts)) * np.linalg.norm(wanted)
        return _share(shared, lengths)

    def _covers(
        self,
        squared: Matrix,
        places: npt.NDArray[np.intp],
        weights: Weights,
        offers: OfferTexts,
    ) -> Matrix:
        """Return both covers, shape ``(offers, 2)``."""
        if not squared.size:
            return np.zeros((len(offers), 2), np.float32)
        nearest = _max_each(squared[places], offers.word_counts)
        rarity = self.rarity.words[offers.words]
        covered = _sum_each(squared.max(axis=1)[places] * rarity, offers.word_counts)
        total = _sum_each(rarity, offers.word_counts)
        return np.column_stack([nearest @ weights, _share(covered, total)])


def _share(parts: Weights, wholes: Weights) -> Weights:
    """Return parts / wholes, 0 where a whole is 0."""
    shares: Weights = np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
    return shares


def _sum_each(values: Weights, counts: npt.NDArray[np.intp]) -> Weights:
    """Return the sum of the first ``counts[0]`` values, of the next ``counts[1]``, …"""
    out = np.zeros(len(counts), np.float32)
    filled = np.flatnonzero(counts)
    if len(filled):
        out[filled] = np.add.reduceat(values, (np.cumsum(counts) - counts)[filled])
    return out


def _max_each(rows: Matrix, counts: npt.NDArray[np.intp]) -> Matrix:
    """Return the column-wise maximum of the first ``counts[0]`` rows, of the next …"""
    out = np.zeros((len(counts), rows.shape[1]), np.float32)
    filled = np.flatnonzero(counts)
    if len(filled):
        starts = (np.cumsum(counts) - counts)[filled]
        out[filled] = np.maximum.reduceat(rows, starts, axis=0)
    return out
