"""What judged pairs say about pairs like them: brokers' decisions as a part of the score.

The likeness of two pairs is ``[same need] (SAME_NEED + O) + ACROSS_NEEDS N O``, where ``O`` falls
off with the distance of the two offers' titles and ``N`` is the cosine of the two needs' titles:
a positive definite kernel, so that its weights come out of one linear system (:mod:`learn`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.matching.encoders.protocol import Vectors
    from guantong.matching.model import Precedent
    from guantong.matching.word_table import WordTable

Likeness = npt.NDArray[np.float32]

NARROWNESS = 0.4
"""How far apart two titles may be (in cosine) until a judgement counts 1/e of what it did."""

SAME_NEED = 0.3
"""What any judgement on the very same need counts, however different the offer."""

ACROSS_NEEDS = 3.0
"""How much judgements on needs with like titles count."""

_LEAST = 1e-3


def title_vectors(table: WordTable, titles: Sequence[str]) -> Vectors:
    """Return the vectors by which precedents are compared, one row for each title."""
    codes = [list(dict.fromkeys(table.codes(table.words(title)))) for title in titles]
    flat = np.array([code for each in codes for code in each], np.uint32)
    return table.sums(flat, [len(each) for each in codes])


def offer_likeness(offers: Vectors, others: Vectors) -> Likeness:
    """Return ``O`` for every pair of offers, shape ``(offers, others)``."""
    likeness: Likeness = np.exp((offers @ others.T - 1) / np.float32(NARROWNESS))
    return likeness


def need_likeness(needs: Vectors, others: Vectors) -> Likeness:
    """Return ``N`` for every pair of needs, shape ``(needs, others)``."""
    # Not cut off at 0: the kernel would no longer be positive definite.
    likeness: Likeness = needs @ others.T
    return likeness


def pair_likeness(same: npt.NDArray[np.bool_], needs: Likeness, offers: Likeness) -> Likeness:
    """Return the likeness of pairs out of that of their needs and offers (arrays of one shape)."""
    same_need = same * (np.float32(SAME_NEED) + offers)
    likeness: Likeness = same_need + np.float32(ACROSS_NEEDS) * needs * offers
    return likeness


class Precedents:
    """The judged pairs of a model, ready to be compared with new ones."""

    def __init__(self, pairs: Sequence[Precedent], table: WordTable) -> None:
        self.pairs = pairs
        self._needs = np.array([each.need_id for each in pairs])
        self._need_titles = title_vectors(table, [each.need_title for each in pairs])
        self._offer_titles = title_vectors(table, [each.offer_title for each in pairs])
        self._weights = np.array([each.weights for each in pairs], np.float32)

    def worth(self, need_id: str, need: Vectors, offers: Vectors) -> npt.NDArray[np.float32]:
        """Return what the precedents add to each rung of each offer, shape ``(offers, 3)``.

        ``need`` is one title vector, ``offers`` has one row for each offer.
        """
        kept, likeness = self._likeness(need_id, need, offers)
        worth: npt.NDArray[np.float32] = likeness @ self._weights[kept]
        return worth

    def strongest(
        self, need_id: str, need: Vectors, offer: Vectors, limit: int
    ) -> list[tuple[Precedent, float]]:
        """Return the judged pairs that move the score of one pair the most, and by how much."""
        kept, likeness = self._likeness(need_id, need, offer[None])
        moves = likeness[0] * self._weights[kept].mean(axis=1)
        # Equal moves may differ in their last digits, by where they stand in the matrix.
        order = np.argsort(-np.abs(moves).round(6), kind="stable")[:limit]
        return [(self.pairs[int(kept[at])], float(moves[at])) for at in order]

    def _likeness(
        self, need_id: str, need: Vectors, offers: Vectors
    ) -> tuple[npt.NDArray[np.intp], Likeness]:
        """Return which precedents count at all, and how like them the pairs are."""
        same = self._needs == need_id
        near = need_likeness(need[None], self._need_titles)[0]
        kept = np.flatnonzero(same | (np.abs(near) > _LEAST))
        offers_near = offer_likeness(offers, self._offer_titles[kept])
        return kept, pair_likeness(same[kept], near[kept], offers_near)
