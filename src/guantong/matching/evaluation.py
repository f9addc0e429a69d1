"""How good scores are: ranking, separation and levels, with bootstrap intervals by need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from guantong.matching.pairs import PairScore

DEPTH = 10
RELEVANT = 3
"""From this level on (较强) an offer counts as found, for recall, rank and AUC."""

_LEAST_JUDGED = 5
_ROUNDS = 400
_SEED = 20260101
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A broker's word on one pair: level 1 (无) to 4 (强)."""

    need_id: str
    offer_id: str
    level: int

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise InputError(
                "judged.level", need=self.need_id, offer=self.offer_id, value=self.level
            )


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its 95 % interval; ``needs`` says over how many needs (or pairs' needs)."""

    value: float
    low: float
    high: float
    needs: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All measures by name, and how many judged pairs had no score.

    ``ndcg`` (gain 2^level - 1, at 10; needs with five judged offers and one of level 3 or more),
    ``recall`` (share of the offers of level 3 or more among the first 10), ``mrr`` (1 / rank of
    the first of them), ``spearman`` and ``auc`` over all pairs, ``contest`` = 1 / (1 + mean
    absolute error of the levels), where levels were given.
    """

    measures: Mapping[str, Measure]
    pairs: int
    missing: int


@dataclass(frozen=True, eq=False)
class _Need:
    """The judged offers of one need; what is measured need by need is measured once."""

    levels: npt.NDArray[np.int_]
    scores: Array
    given: Array

    @cached_property
    def relevant(self) -> npt.NDArray[np.bool_]:
        """Say of each offer, best score first, whether it is relevant."""
        return self.levels[np.argsort(-self.scores, kind="stable")] >= RELEVANT

    @cached_property
    def ndcg(self) -> float:
        return ndcg(self.levels, self.scores)

    @cached_property
    def recall(self) -> float:
        return float(self.relevant[:DEPTH].sum() / self.relevant.sum())

    @cached_property
    def inverse_rank(self) -> float:
        return 1 / (1 + int(np.argmax(self.relevant)))


def evaluate(
    judged: Iterable[Judgement], scored: Iterable[PairScore], *, rounds: int = _ROUNDS
) -> Evaluation:
    """Compare scores with judgements; a judged pair without a score counts as last.

    Intervals come from drawing needs with replacement, ``rounds`` times, always alike.
    """
    pairs = sorted(judged)
    if not pairs:
        raise InputError("judged.empty")
    by_pair = {(each.need_id, each.offer_id): each for each in scored}
    found = [by_pair.get((each.need_id, each.offer_id)) for each in pairs]
    worst = min((each.score for each in found if each is not None), default=0.0) - 1
    scores = np.array([each.score if each is not None else worst for each in found])
    levels = np.array([each.level for each in pairs])
    given = np.array([float(each.level) if each is not None else 1.0 for each in found])
    needs = _by_need([each.need_id for each in pairs], levels, scores, given)
    measured = dict(_MEASURES)
    if not any(each is not None and each.level for each in found):
        del measured["contest"]
    return Evaluation(
        measures={name: _measured(function, needs, rounds) for name, function in measured.items()},
        pairs=len(pairs),
        missing=sum(each is None for each in found),
    )


def _by_need(
    ids: Sequence[str], levels: npt.NDArray[np.int_], scores: Array, given: Array
) -> list[_Need]:
    # Pairs are sorted by need, so a need's pairs stand together.
    _, starts = np.unique(np.array(ids), return_index=True)
    return [
        _Need(*parts)
        for parts in zip(
            *(np.split(column, np.sort(starts)[1:]) for column in (levels, scores, given)),
            strict=True,
        )
    ]


def ndcg(levels: npt.NDArray[np.int_], scores: Array, depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain with gain 2^level - 1."""
    gains = 2.0**levels - 1
    discounts = 1 / np.log2(np.arange(2, depth + 2))
    order = np.argsort(-scores, kind="stable")[:depth]
    ideal = np.sort(gains)[::-1][:depth]
    return float(
        (gains[order] * discounts[: len(order)]).sum() / (ideal * discounts[: len(ideal)]).sum()
    )


def ranks(values: Array) -> Array:
    """Return the rank of each value from 1, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    shared: Array = ((ends - counts + 1 + ends) / 2)[inverse]
    return shared


def _measured(
    function: Callable[[Sequence[_Need]], float], needs: list[_Need], rounds: int
) -> Measure:
    usable = [need for need in needs if function is not _ndcg or _counts(need)]
    usable = [need for need in usable if function not in (_recall, _mrr) or _has_relevant(need)]
    value = function(usable) if usable else float("nan")
    random = np.random.default_rng(_SEED)
    drawn = [
        function([usable[at] for at in random.integers(0, len(usable), len(usable))])
        for _ in range(rounds if len(usable) > 1 else 0)
    ]
    defined = [each for each in drawn if np.isfinite(each)]
    low, high = np.quantile(defined, [0.025, 0.975]) if defined else (value, value)
    return Measure(value, float(low), float(high), len(usable))


def _counts(need: _Need) -> bool:
    return len(need.levels) >= _LEAST_JUDGED and _has_relevant(need)


def _has_relevant(need: _Need) -> bool:
    return bool(need.relevant.any())


def _ndcg(needs: Sequence[_Need]) -> float:
    return float(np.mean([need.ndcg for need in needs]))


def _recall(needs: Sequence[_Need]) -> float:
    return float(np.mean([need.recall for need in needs]))


def _mrr(needs: Sequence[_Need]) -> float:
    return float(np.mean([need.inverse_rank for need in needs]))


def _spearman(needs: Sequence[_Need]) -> float:
    scores = ranks(np.concatenate([need.scores for need in needs]))
    levels = ranks(np.concatenate([need.levels for need in needs]).astype(np.float64))
    if scores.std() == 0 or levels.std() == 0:
        return float("nan")
    return float(np.corrcoef(scores, levels)[0, 1])


def _auc(needs: Sequence[_Need]) -> float:
    relevant = np.concatenate([need.levels for need in needs]) >= RELEVANT
    positive, negative = int(relevant.sum()), int((~relevant).sum())
    if not positive or not negative:
        return float("nan")
    above = ranks(np.concatenate([need.scores for need in needs]))[relevant].sum()
    return float((above - positive * (positive + 1) / 2) / (positive * negative))


def _contest(needs: Sequence[_Need]) -> float:
    errors = np.concatenate([np.abs(need.given - need.levels) for need in needs])
    return float(1 / (1 + errors.mean()))


_MEASURES: Mapping[str, Callable[[Sequence[_Need]], float]] = {
    "ndcg": _ndcg,
    "recall": _recall,
    "mrr": _mrr,
    "spearman": _spearman,
    "auc": _auc,
    "contest": _contest,
}
