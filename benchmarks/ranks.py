"""Ranks of the one right row, and what they come to."""

from __future__ import annotations

import numpy as np

DEPTH = 10
_ROUNDS = 2_000
_SEED = 20260101


def ranks_of(scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return the rank of the right column for each row, from 1.

    Among equal scores it stands in the middle: a text that shares no word has not been found.
    """
    own = scores[np.arange(len(targets)), targets][:, None]
    above, equal = (scores > own).sum(axis=1), (scores == own).sum(axis=1)
    ranks: np.ndarray = above + (equal + 1) / 2
    return ranks


def reciprocal(ranks: np.ndarray) -> float:
    """Return MRR@10: the mean of 1 / rank, 0 for what is below the first ten."""
    return float(np.where(ranks <= DEPTH, 1 / ranks, 0).mean())


def recall(ranks: np.ndarray, depth: int = DEPTH) -> float:
    """Return the share of ranks that are among the first ``depth``."""
    return float((ranks <= depth).mean())


def interval(ranks: np.ndarray) -> str:
    """Return the 95 % interval of MRR@10, needs drawn with replacement."""
    draw = np.random.default_rng(_SEED)
    drawn = [reciprocal(draw.choice(ranks, len(ranks))) for _ in range(_ROUNDS)]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return f"{low:.3f}-{high:.3f}"
