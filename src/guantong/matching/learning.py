"""Learning from judged pairs: bent lines for the features and weights for the precedents.

Both come out of one regularised linear system (kernel ridge regression): the kernel of two pairs
is the inner product of their bent features plus their likeness as precedents
(:mod:`guantong.matching.precedents`). The model stays additive, and a judgement's weight says how
far it moves the score of pairs like it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guantong.errors import InputError
from guantong.matching.evaluation import Evaluation, Judgement, evaluate
from guantong.matching.model import (
    FEATURES,
    RUNGS,
    Calibration,
    Line,
    Precedent,
    RankingModel,
    shipped_model,
)
from guantong.matching.pairs import PairScore, PairScorer
from guantong.matching.precedents import (
    need_likeness,
    offer_likeness,
    pair_likeness,
    title_vectors,
)
from guantong.records.kinds import search_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from guantong.matching.encoders.protocol import Vectors
    from guantong.matching.forms import TextReader
    from guantong.records import Need, Offer, Record

FOLDS = 5
LEAST_JUDGED = 40
MOST_JUDGED = 12_000
"""The linear system grows with the square of the judged pairs: these take about 1 GB."""

_BENDS = (-0.5, 0.5, 1.5)
_FEATURE_SHARE = 0.02
_SMOOTHNESS = 0.7
_SEED = 20260101
# A logistic function outside these places or steepnesses says nothing about rungs from 0 to 1.
_PLACES = (-1.0, 2.0)
_STEEPNESS = (-3.0, 5.0)
# Rows of the linear system that are made at a time, so that no second one is held on the way.
_BLOCK = 500
Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Learned:
    """A model with how well it did on judgements that it had not seen.

    ``by_pairs``: folds over pairs, so other judgements on the same need are known; ``by_need``:
    folds over needs, as for a need never seen before. ``left_out`` judged pairs were beyond
    :data:`MOST_JUDGED`.
    """

    model: RankingModel
    by_pairs: Evaluation
    by_need: Evaluation
    pairs: int
    needs: int
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """The judged pairs as numbers, one row for each."""

    pairs: Sequence[Judgement]
    features: Array
    need_places: Places
    need_titles: Sequence[str]
    offer_titles: Sequence[str]
    need_vectors: Vectors
    offer_vectors: Vectors

    @property
    def levels(self) -> npt.NDArray[np.int_]:
        return np.array([each.level for each in self.pairs])

    @property
    def targets(self) -> Array:
        """Return 1 where a pair reaches a rung, shape ``(pairs, 3)``."""
        return (self.levels[:, None] >= np.array(RUNGS)).astype(np.float64)

    def precedents(self, weights: Array) -> tuple[Precedent, ...]:
        """Return the pairs as a model remembers them, each with its weights."""
        rows = zip(self.pairs, self.need_places, self.offer_titles, weights, strict=True)
        return tuple(
            Precedent(
                each.need_id,
                self.need_titles[place],
                each.offer_id,
                title,
                each.level,
                tuple(round(float(value), 5) for value in weight),
            )
            for each, place, title, weight in rows
        )

    def kernel(self, bent: Array) -> npt.NDArray[np.float32]:
        """Return the kernel of all pairs, shape ``(pairs, pairs)``, out of their bent features."""
        places, size = self.need_places, len(self.pairs)
        near = need_likeness(self.need_vectors, self.need_vectors)
        columns = bent.astype(np.float32)
        kernel = np.empty((size, size), np.float32)
        for start in range(0, size, _BLOCK):
            rows = slice(start, start + _BLOCK)
            kernel[rows] = np.float32(_FEATURE_SHARE) * (columns[rows] @ columns.T)
            kernel[rows] += pair_likeness(
                places[rows, None] == places[None, :],
                near[np.ix_(places[rows], places)],
                offer_likeness(self.offer_vectors[rows], self.offer_vectors),
            )
        return kernel


def learn(
    needs: Mapping[str, Need],
    offers: Mapping[str, Offer],
    judged: Sequence[Judgement],
    *,
    reader: TextReader,
    name: str = "learned",
    today: date | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Learned:
    """Fit a model on judged pairs and measure it on folds it did not see.

    Of judgements on one pair the last counts. Raises :class:`InputError` for too few judgements,
    for judgements of one level only and for those on records that are not there. ``today`` is
    written into the training summary; ``progress`` gets a stage, done and total.
    """
    _check_known(needs, offers, judged)
    kept = _kept(judged)
    say = progress or (lambda stage, done, total: None)
    data = _numbers(needs, offers, kept, reader, say)
    basis = _Basis.of(data.features)
    bent = basis.bent(data.features)
    kernel = data.kernel(bent)
    by_pairs = _cross_validated(kernel, data, _pair_folds(len(kept)), say, "pairs")
    by_need = _cross_validated(kernel, data, _need_folds(data.need_places), say, "needs")
    seen_need, new_need = by_pairs.evaluation(data), by_need.evaluation(data)
    mean = data.targets.mean(axis=0)
    weights = _solved(kernel, data.targets - mean)
    lines, base = basis.lines(_FEATURE_SHARE * (bent.T @ weights))
    # What all judged pairs have alike teaches nothing: its shipped line stays, worth 0 to them.
    still = {name: line for name, line in shipped_model().lines.items() if name not in lines}
    model = RankingModel(
        name=name,
        base=tuple(round(float(each), 6) for each in mean + base - _worth(still, data.features)),
        lines={**still, **lines},
        calibration=calibrated(
            np.concatenate([by_pairs.rungs, by_need.rungs]), np.tile(data.targets, (2, 1))
        ),
        precedents=data.precedents(weights),
        training=_summary(data, (seen_need, new_need), today),
    )
    return Learned(
        model=model,
        by_pairs=seen_need,
        by_need=new_need,
        pairs=len(kept),
        needs=len(data.need_titles),
        left_out=len({(each.need_id, each.offer_id) for each in judged}) - len(kept),
    )


def _check_known(
    needs: Mapping[str, Need], offers: Mapping[str, Offer], judged: Sequence[Judgement]
) -> None:
    for each in judged:
        if each.need_id not in needs:
            raise InputError("learn.unknown_need", id=each.need_id)
        if each.offer_id not in offers:
            raise InputError("learn.unknown_offer", id=each.offer_id)


def _kept(judged: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements to learn from in a fixed order, one for each pair."""
    pairs = {(each.need_id, each.offer_id): each for each in judged}
    ordered = sorted(pairs.values())
    if len(ordered) < LEAST_JUDGED:
        raise InputError("learn.too_few", found=len(ordered), least=LEAST_JUDGED)
    if len({each.level for each in ordered}) < 2:
        raise InputError("learn.one_level", level=ordered[0].level)
    if len({each.need_id for each in ordered}) < FOLDS:
        raise InputError("learn.too_few_needs", least=FOLDS)
    if len(ordered) > MOST_JUDGED:
        chosen = np.random.default_rng(_SEED).permutation(len(ordered))[:MOST_JUDGED]
        ordered = [ordered[at] for at in sorted(chosen.tolist())]
    return ordered


def _numbers(
    needs: Mapping[str, Need],
    offers: Mapping[str, Offer],
    judged: list[Judgement],
    reader: TextReader,
    say: Callable[[str, int, int], None],
) -> _Judged:
    scorer = PairScorer(reader, shipped_model())
    features: list[npt.NDArray[np.float32]] = []
    for need_id, group in groupby(judged, key=lambda each: each.need_id):
        wanted = [offers[each.offer_id] for each in group]
        features.append(scorer.scores(needs[need_id], wanted, scorer.texts(wanted)).features)
        say("features", sum(map(len, features)), len(judged))
    ids, places = np.unique([each.need_id for each in judged], return_inverse=True)
    need_titles = [_title(needs[str(id)]) for id in ids]
    offer_titles = [_title(offers[each.offer_id]) for each in judged]
    return _Judged(
        pairs=judged,
        features=np.vstack(features).astype(np.float64),
        need_places=places.astype(np.intp),
        need_titles=need_titles,
        offer_titles=offer_titles,
        need_vectors=title_vectors(reader.table, need_titles),
        offer_vectors=title_vectors(reader.table, offer_titles),
    )


def _title(record: Record) -> str:
    """Return the title as it is compared, a title in English included."""
    return " ".join(search_parts(record).title.split("\n"))


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """The bent lines of the features that differ between the judged pairs."""

    columns: Places
    means: Array
    spreads: Array

    @classmethod
    def of(cls, features: Array) -> _Basis:
        spreads = features.std(axis=0)
        columns = np.flatnonzero(spreads > 1e-6)
        return cls(columns, features.mean(axis=0)[columns], spreads[columns])

    def bent(self, features: Array) -> Array:
        """Return the standardised features and what exceeds each bend, side by side."""
        scaled = (features[:, self.columns] - self.means) / self.spreads
        return np.hstack([scaled, *(np.maximum(scaled - bend, 0) for bend in _BENDS)])

    def lines(self, weights: Array) -> tuple[dict[str, Line], Array]:
        """Return the lines in the features' own units, and what goes into each rung's base."""
        steps = weights.reshape(len(_BENDS) + 1, len(self.columns), len(RUNGS))
        lines: dict[str, Line] = {}
        for at, column in enumerate(self.columns):
            mean, spread = float(self.means[at]), float(self.spreads[at])
            slopes = (steps[:, at] / spread).T.round(6)
            lines[FEATURES[column]] = Line(
                neutral=round(mean, 6),
                slopes=tuple(tuple(map(float, each)) for each in slopes),
                bends=tuple(round(mean + bend * spread, 6) for bend in _BENDS),
            )
        # At the mean a standardised feature is 0, but what exceeds a lower bend is not.
        beyond = np.maximum(-np.array(_BENDS), 0)
        return lines, np.einsum("b,bcr->r", beyond, steps[1:])


def _worth(lines: Mapping[str, Line], features: Array) -> Array:
    """Return what some lines add to each rung at the mean of their features."""
    means = features.mean(axis=0)
    worth: Array = sum(
        (line.worth(means[[FEATURES.index(name)]])[0] for name, line in lines.items()),
        start=np.zeros(len(RUNGS)),
    )
    return worth


@dataclass(frozen=True, slots=True, eq=False)
class _Unseen:
    """Rungs and levels that pairs got from models which had not seen them."""

    rungs: Array
    levels: npt.NDArray[np.int_]

    def evaluation(self, data: _Judged) -> Evaluation:
        rows = zip(data.pairs, self.rungs.mean(axis=1), self.levels, strict=True)
        return evaluate(
            data.pairs,
            [
                PairScore(pair.need_id, pair.offer_id, float(score), int(level))
                for pair, score, level in rows
            ],
        )


def _cross_validated(
    kernel: npt.NDArray[np.float32],
    data: _Judged,
    folds: list[Places],
    say: Callable[[str, int, int], None],
    stage: str,
) -> _Unseen:
    targets = data.targets
    rungs = np.zeros(targets.shape)
    everything = np.arange(len(targets))
    for done, unseen in enumerate(folds, 1):
        seen = np.setdiff1d(everything, unseen)
        mean = targets[seen].mean(axis=0)
        weights = _solved(kernel[np.ix_(seen, seen)], targets[seen] - mean)
        rungs[unseen] = mean + kernel[np.ix_(unseen, seen)] @ weights
        say(stage, done, len(folds))
    levels = np.zeros(len(targets), np.int_)
    for unseen in folds:
        others = np.setdiff1d(everything, unseen)
        levels[unseen] = calibrated(rungs[others], targets[others]).levels(rungs[unseen])
    return _Unseen(rungs, levels)


def _pair_folds(pairs: int) -> list[Places]:
    order = np.random.default_rng(_SEED).permutation(pairs)
    return [np.sort(fold) for fold in np.array_split(order, FOLDS)]


def _need_folds(need_places: Places) -> list[Places]:
    order = np.random.default_rng(_SEED).permutation(int(need_places.max()) + 1)
    return [np.flatnonzero(np.isin(need_places, fold)) for fold in np.array_split(order, FOLDS)]


def _solved(kernel: npt.NDArray[np.float32], targets: Array) -> Array:
    """Return the weights of kernel ridge regression: (K + λ I)⁻¹ targets; uses up ``kernel``."""
    from scipy.linalg import cho_factor, cho_solve

    kernel[np.diag_indices_from(kernel)] += np.float32(_SMOOTHNESS)
    # Being symmetric it is its own transpose, which LAPACK can factor where it lies.
    factor = cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    weights: Array = cho_solve(factor, targets.astype(np.float32), check_finite=False)
    return weights.astype(np.float64)


def calibrated(rungs: Array, targets: Array) -> Calibration:
    """Fit the probability of reaching each rung to its value (Platt 1999).

    ``rungs`` and ``targets`` have the shape ``(pairs, 3)``. Platt's smoothed targets keep a rung
    that was always or never reached from becoming certain.
    """
    fitted = [_platt(rungs[:, at], targets[:, at]) for at in range(len(RUNGS))]
    return Calibration(
        tuple(round(at, 6) for at, _ in fitted), tuple(round(slope, 6) for _, slope in fitted)
    )


def _platt(values: Array, reached: Array) -> tuple[float, float]:
    """Return the place and the slope of one logistic function."""
    from scipy.optimize import minimize

    positive, negative = reached.sum(), (1 - reached).sum()
    wanted = np.where(reached > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def unpacked(parameters: Array) -> tuple[float, float]:
        return float(np.clip(parameters[0], *_PLACES)), float(
            np.exp(np.clip(parameters[1], *_STEEPNESS))
        )

    def loss(parameters: Array) -> float:
        at, slope = unpacked(parameters)
        steep = slope * (values - at)
        return float((np.logaddexp(0, steep) - wanted * steep).mean())

    start = np.array([0.5, 1.5])
    return unpacked(minimize(loss, start, method="Nelder-Mead", options={"maxiter": 2000}).x)


def _summary(
    data: _Judged, evaluations: tuple[Evaluation, Evaluation], today: date | None
) -> dict[str, Any]:
    counts = {str(level): int((data.levels == level).sum()) for level in (1, 2, 3, 4)}
    summary: dict[str, Any] = {
        "judged_pairs": len(data.pairs),
        "needs": len(data.need_titles),
        "levels": counts,
        "folds": FOLDS,
    }
    if today is not None:
        summary["date"] = today.isoformat()
    for name, evaluation in zip(("by_pairs", "by_need"), evaluations, strict=True):
        summary[name] = {
            measure: [round(each.value, 4), round(each.low, 4), round(each.high, 4)]
            for measure, each in _finite(evaluation)
        }
    return summary


def _finite(evaluation: Evaluation) -> Iterator[tuple[str, Any]]:
    return ((name, each) for name, each in evaluation.measures.items() if np.isfinite(each.value))
