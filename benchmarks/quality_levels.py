"""Levels 1 to 4 after learning: 1 / (1 + MAE), folds over pairs and folds over needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.frame import Run, Table, not_installed
from benchmarks.judged import Judged, judged
from guantong.matching.evaluation import Evaluation, evaluate
from guantong.matching.index import text_reader
from guantong.matching.learning import learn
from guantong.matching.pairs import PairScore, PairScorer

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDS = 5
_SEED = 20260102
_RIDGE = 10.0


class _Half(NamedTuple):
    """The pairs of some folds: features, needs and levels."""

    features: np.ndarray
    needs: np.ndarray
    levels: np.ndarray


def measure(run: Run) -> list[Table]:
    """Compare ``guantong learn`` with a constant, the need's own mean, and usual regressions."""
    data = judged(run)
    learned = learn(data.needs, data.offers, data.pairs, reader=text_reader())
    features, places = _features(data), _places(data)
    peers: dict[str, Callable[[_Half, _Half], np.ndarray]] = {
        "constant 2": lambda seen, new: np.full(len(new.levels), 2),
        "mean of the need's other pairs": _need_mean,
        "ridge on our features": _ridge,
    }
    notes = [f"{len(data.pairs)} pairs, {FOLDS} folds; every level was given by an unseeing model"]
    trees = run.peer("sklearn.ensemble")
    if trees is None:
        notes.append(not_installed("scikit-learn"))
    else:
        peers["boosted trees on our features"] = _Trees(trees)
    rows = []
    for name, guess in peers.items():
        found = [
            _measured(data, _cross_validated(guess, _Half(features, places, _levels(data)), folds))
            for folds in (_folds(np.arange(len(places))), _folds(places))
        ]
        rows.append((name, *(cell for each in found for cell in _cells(each))))
    ours = (learned.by_pairs, learned.by_need)
    rows.append(("Guantong", *(cell for each in ours for cell in _cells(each))))
    headers = ("who", "by pairs", "95 %", "by need", "95 %")
    return [Table(f"Levels, 1/(1+MAE): {data.name}", headers, rows, tuple(notes))]


def _cells(found: Evaluation) -> tuple[str, str]:
    contest = found.measures["contest"]
    return f"{contest.value:.3f}", f"{contest.low:.3f}-{contest.high:.3f}"


def _measured(data: Judged, levels: np.ndarray) -> Evaluation:
    given = enumerate(zip(data.pairs, levels.tolist(), strict=True))
    # Only levels are compared here; any order will do, but equal scores have no rank correlation.
    return evaluate(
        data.pairs,
        [PairScore(pair.need_id, pair.offer_id, float(at), level) for at, (pair, level) in given],
    )


def _features(data: Judged) -> np.ndarray:
    scorer = PairScorer(text_reader())
    found = [
        scorer.scores(need, offers, scorer.texts(offers)).features
        for need, offers in data.by_need()
    ]
    features = np.vstack(found).astype(np.float64)
    varied: np.ndarray = features[:, features.std(axis=0) > 1e-6]
    return varied


def _places(data: Judged) -> np.ndarray:
    places: np.ndarray
    _, places = np.unique([pair.need_id for pair in data.pairs], return_inverse=True)
    return places


def _levels(data: Judged) -> np.ndarray:
    return np.array([pair.level for pair in data.pairs])


def _folds(groups: np.ndarray) -> list[np.ndarray]:
    """Return the places of each fold; what is of one group is in one fold."""
    order = np.random.default_rng(_SEED).permutation(int(groups.max()) + 1)
    return [np.flatnonzero(np.isin(groups, fold)) for fold in np.array_split(order, FOLDS)]


def _cross_validated(
    guess: Callable[[_Half, _Half], np.ndarray], every: _Half, folds: list[np.ndarray]
) -> np.ndarray:
    levels = np.zeros(len(every.levels), np.int64)
    for unseen in folds:
        seen = np.setdiff1d(np.arange(len(levels)), unseen)
        levels[unseen] = guess(
            _Half(*(column[seen] for column in every)),
            _Half(*(column[unseen] for column in every)),
        )
    return levels


def _need_mean(seen: _Half, new: _Half) -> np.ndarray:
    return _nearest(_means(seen, new.needs))


def _means(seen: _Half, needs: np.ndarray) -> np.ndarray:
    """Return the mean level of each need's known pairs, drawn to the mean of all."""
    size = int(max(seen.needs.max(), needs.max())) + 1
    total = np.bincount(seen.needs, seen.levels, size) + seen.levels.mean()
    means: np.ndarray = (total / (np.bincount(seen.needs, minlength=size) + 1))[needs]
    return means


def _with_mean(seen: _Half, half: _Half) -> np.ndarray:
    """Return the features and what the need's known pairs came to."""
    return np.column_stack([half.features, _means(seen, half.needs)])


def _of_known(seen: _Half) -> np.ndarray:
    """Return the same for the known pairs; the mean of the need is that of other folds.

    A mean without the pair alone would give its level away: the lower the mean, the higher it is.
    """
    means = np.zeros(len(seen.levels))
    for fold in _folds(np.arange(len(means))):
        rest = np.setdiff1d(np.arange(len(means)), fold)
        means[fold] = _means(_Half(*(column[rest] for column in seen)), seen.needs[fold])
    return np.column_stack([seen.features, means])


def _ridge(seen: _Half, new: _Half) -> np.ndarray:
    known, asked = _of_known(seen), _with_mean(seen, new)
    mean, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    known, asked = (known - mean) / spread, (asked - mean) / spread
    middle = seen.levels.mean()
    weights = np.linalg.solve(
        known.T @ known + _RIDGE * np.eye(known.shape[1]), known.T @ (seen.levels - middle)
    )
    return _nearest(middle + asked @ weights)


@dataclass(frozen=True, slots=True)
class _Trees:
    """Boosted trees that minimise the absolute error, as the measure does."""

    package: Any

    def __call__(self, seen: _Half, new: _Half) -> np.ndarray:
        trees = self.package.HistGradientBoostingRegressor(
            loss="absolute_error", max_iter=150, learning_rate=0.06, random_state=_SEED
        )
        trees.fit(_of_known(seen), seen.levels)
        return _nearest(trees.predict(_with_mean(seen, new)))


def _nearest(values: np.ndarray) -> np.ndarray:
    levels: np.ndarray = np.clip(np.rint(values), 1, 4).astype(np.int64)
    return levels
