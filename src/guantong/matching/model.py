"""The ranking model: named features, one additive line for each, calibrated levels, precedents."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guantong.errors import ConfigurationError
from guantong.matching.facts import FACT_FEATURES
from guantong.matching.features import TEXT_FEATURES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

FORMAT = 1
FEATURES = (*TEXT_FEATURES, *FACT_FEATURES)
"""Every feature a model may weigh, in the order of the columns of a feature matrix."""

RUNGS = (2, 3, 4)
"""A model says of each pair how far it reaches level 2, level 3 and level 4."""

SHIPPED = Path(__file__).parent / "data" / "default_model.json"
_STEEPEST = 60
_MARGIN = 0.1
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """What one feature adds to each rung: a line with bends, worth nothing at ``neutral``.

    Of each rung's ``slopes`` the first holds everywhere, the next is added beyond each bend.
    """

    neutral: float
    slopes: tuple[tuple[float, ...], ...]
    bends: tuple[float, ...] = ()

    def worth(self, values: npt.NDArray[np.floating[Any]]) -> Scores:
        """Return what each value adds, shape ``(values, 3)``."""
        bends, slopes, neutral = _arrays(self)
        worth: Scores = (_steps(np.asarray(values, np.float64), bends) - neutral) @ slopes
        return worth


@lru_cache(maxsize=256)
def _arrays(line: Line) -> tuple[Scores, Scores, Scores]:
    """Return bends, slopes and the steps of the neutral value as arrays: asked for all the time."""
    bends = np.array(line.bends)
    return bends, np.array(line.slopes).T, _steps(np.array([line.neutral]), bends)


def _steps(values: Scores, bends: Scores) -> Scores:
    steps = np.empty((len(values), len(bends) + 1))
    steps[:, 0] = values
    np.maximum(values[:, None] - bends, 0, out=steps[:, 1:])
    return steps


@dataclass(frozen=True, slots=True)
class Calibration:
    """P(level ≥ 2, 3, 4), each ``1 / (1 + exp(-slope (rung - at)))`` of its own rung.

    Where the three would cross, the higher level is no likelier than the lower.
    """

    at: tuple[float, ...]
    slopes: tuple[float, ...]

    def probabilities(self, rungs: Scores) -> Scores:
        """Return the probability of levels 1 to 4, shape ``(pairs, 4)``."""
        steep = np.array(self.slopes) * (rungs - np.array(self.at))
        reached = 1 / (1 + np.exp(-np.clip(steep, -_STEEPEST, _STEEPEST)))
        reached = np.minimum.accumulate(reached, axis=1)
        ends = np.ones((len(rungs), 1)), np.zeros((len(rungs), 1))
        padded = np.hstack([ends[0], reached, ends[1]])
        shares: Scores = padded[:, :-1] - padded[:, 1:]
        return shares

    def levels(self, rungs: Scores) -> npt.NDArray[np.int_]:
        """Return the level with the least expected absolute error: the median."""
        below = np.cumsum(self.probabilities(rungs), axis=1)[:, :-1]
        levels: npt.NDArray[np.int_] = 1 + (below < 0.5).sum(axis=1)
        return levels


@dataclass(frozen=True, slots=True)
class Precedent:
    """A judged pair that the model remembers: how it moves each rung of pairs like it."""

    need_id: str
    need_title: str
    offer_id: str
    offer_title: str
    level: int
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingModel:
    """An additive model: each rung is ``base + Σ lines + precedents``.

    The score is the mean of the three rungs, :func:`bounded`, so it says which share of the way
    from level 1 to level 4 a pair is expected to go.
    """

    name: str
    base: tuple[float, ...]
    lines: Mapping[str, Line]
    calibration: Calibration
    precedents: tuple[Precedent, ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)

    def contributions(
        self, features: npt.NDArray[np.floating[Any]], *, only: Collection[str] = FEATURES
    ) -> Scores:
        """Return what each feature adds to each rung, shape ``(pairs, len(FEATURES), 3)``."""
        out = np.zeros((*features.shape, len(RUNGS)))
        for at, name in enumerate(FEATURES):
            if name in self.lines and name in only:
                out[:, at] = self.lines[name].worth(features[:, at])
        return out


def bounded(raw: Scores) -> Scores:
    """Return scores between 0 and 1: as they are from 0.1 to 0.9, bent outside without ties.

    Cutting them off would make all distant pairs equal, and then chance would order them.
    """
    low = _MARGIN * np.exp(np.minimum(raw - _MARGIN, 0) / _MARGIN)
    high = 1 - _MARGIN * np.exp(np.minimum(1 - _MARGIN - raw, 0) / _MARGIN)
    scores: Scores = np.where(raw < _MARGIN, low, np.where(raw > 1 - _MARGIN, high, raw))
    return scores


def load_model(path: Path | str | None = None) -> RankingModel:
    """Return the model in a file, the shipped one without ``path``."""
    return shipped_model() if path is None else _parsed(Path(path))


@cache
def shipped_model() -> RankingModel:
    """Return the default model, which saw no judgement."""
    return _parsed(SHIPPED)


def save_model(model: RankingModel, path: Path | str) -> None:
    """Write a model as readable JSON; raises :class:`ConfigurationError`."""
    text = json.dumps(_object(model), ensure_ascii=False, indent=1) + "\n"
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError("model.unwritable", file=str(path), reason=reason) from error


def _object(model: RankingModel) -> dict[str, Any]:
    lines = {
        name: {"neutral": line.neutral, "bends": line.bends, "slopes": line.slopes}
        for name, line in model.lines.items()
    }
    return {
        "format": FORMAT,
        "name": model.name,
        "training": dict(model.training),
        "base": model.base,
        "features": lines,
        "levels": {"at": model.calibration.at, "slopes": model.calibration.slopes},
        "precedents": {
            "needs": {each.need_id: each.need_title for each in model.precedents},
            "pairs": [
                [each.need_id, each.offer_id, each.level, each.weights, each.offer_title]
                for each in model.precedents
            ],
        },
    }


def _parsed(path: Path) -> RankingModel:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError("model.unreadable", file=str(path), reason=reason) from error
    except ValueError as error:
        raise ConfigurationError("model.not_a_model", file=str(path), reason="JSON") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ConfigurationError("model.not_a_model", file=str(path), reason="format")
    try:
        model = _model(value)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ConfigurationError("model.not_a_model", file=str(path), reason=reason) from error
    _check(model, path)
    return model


def _model(value: Mapping[str, Any]) -> RankingModel:
    lines = {
        str(name): Line(
            _number(line["neutral"]),
            tuple(_numbers(slopes) for slopes in line["slopes"]),
            _numbers(line["bends"]),
        )
        for name, line in value["features"].items()
    }
    remembered = value["precedents"]
    return RankingModel(
        name=str(value["name"]),
        base=_numbers(value["base"]),
        lines=lines,
        calibration=Calibration(
            _numbers(value["levels"]["at"]), _numbers(value["levels"]["slopes"])
        ),
        precedents=tuple(_precedent(pair, remembered["needs"]) for pair in remembered["pairs"]),
        training=dict(value["training"]),
    )


def _numbers(values: Sequence[Any]) -> tuple[float, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(map(_number, values))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _precedent(pair: Sequence[Any], needs: Mapping[str, str]) -> Precedent:
    need_id, offer_id, level, weights, title = pair
    texts = (need_id, needs[need_id], offer_id, title)
    if level not in (1, *RUNGS) or not all(isinstance(text, str) for text in texts):
        raise ValueError(pair)
    return Precedent(*texts, level, _numbers(weights))


def _check(model: RankingModel, path: Path) -> None:
    """Refuse a model whose parts do not fit together."""
    for name in model.lines:
        if name not in FEATURES:
            raise ConfigurationError(
                "model.unknown_feature", file=str(path), name=name, known=", ".join(FEATURES)
            )
    for name, fits in (
        ("base", len(model.base) == len(RUNGS)),
        ("features", all(_fits(line) for line in model.lines.values())),
        ("levels", len(model.calibration.at) == len(model.calibration.slopes) == len(RUNGS)),
        ("levels", min(model.calibration.slopes, default=0) > 0),
        ("precedents", all(len(each.weights) == len(RUNGS) for each in model.precedents)),
    ):
        if not fits:
            raise ConfigurationError("model.not_a_model", file=str(path), reason=name)


def _fits(line: Line) -> bool:
    return len(line.slopes) == len(RUNGS) and all(
        len(slopes) == len(line.bends) + 1 for slopes in line.slopes
    )
