"""The ranking model: named features, one additive line for each, calibrated levels, precedents."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
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

LEVELS = (1, 2, 3, 4)
SHIPPED = Path(__file__).parent / "data" / "default_model.json"
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """What one feature adds to the score: a line with bends, worth nothing at ``neutral``.

    ``slopes[0]`` holds everywhere, ``slopes[i]`` is added beyond ``bends[i - 1]``.
    """

    neutral: float
    slopes: tuple[float, ...]
    bends: tuple[float, ...] = ()

    def worth(self, values: npt.NDArray[np.floating[Any]]) -> Scores:
        """Return the contribution of each value."""
        return self._height(np.asarray(values, np.float64)) - float(
            self._height(np.array(self.neutral))
        )

    def _height(self, values: Scores) -> Scores:
        height: Scores = self.slopes[0] * values
        for slope, bend in zip(self.slopes[1:], self.bends, strict=True):
            height = height + slope * np.maximum(values - bend, 0)
        return height


@dataclass(frozen=True, slots=True)
class Calibration:
    """P(level ≥ 2, 3, 4) as logistic functions of the score: ``1 / (1 + exp(-slope (s - at)))``.

    The slopes are equal, so that the three can never cross.
    """

    at: tuple[float, float, float]
    slope: float

    def probabilities(self, scores: Scores) -> Scores:
        """Return the probability of levels 1 to 4 for each score, shape ``(scores, 4)``."""
        reached = 1 / (
            1 + np.exp(np.clip(-self.slope * (scores[:, None] - np.array(self.at)), -60, 60))
        )
        padded = np.hstack([np.ones((len(scores), 1)), reached, np.zeros((len(scores), 1))])
        shares: Scores = padded[:, :-1] - padded[:, 1:]
        return shares

    def levels(self, scores: Scores) -> npt.NDArray[np.int_]:
        """Return the level with the least expected absolute error: the median."""
        below = np.cumsum(self.probabilities(scores), axis=1)[:, :-1]
        levels: npt.NDArray[np.int_] = 1 + (below < 0.5).sum(axis=1)
        return levels


@dataclass(frozen=True, slots=True)
class Precedent:
    """A judged pair that the model remembers: how much it moves the score of pairs like it."""

    need_id: str
    need_title: str
    offer_id: str
    offer_title: str
    level: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingModel:
    """An additive model: ``score = base + Σ lines + precedents``, kept within 0 and 1."""

    name: str
    base: float
    lines: Mapping[str, Line]
    calibration: Calibration
    precedents: tuple[Precedent, ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)

    def contributions(
        self, features: npt.NDArray[np.floating[Any]], *, only: Collection[str] = FEATURES
    ) -> Scores:
        """Return what each feature adds, same shape as ``features`` ``(pairs, len(FEATURES))``."""
        out = np.zeros(features.shape)
        for at, name in enumerate(FEATURES):
            if name in self.lines and name in only:
                out[:, at] = self.lines[name].worth(features[:, at])
        return out


def load_model(path: Path | str | None = None) -> RankingModel:
    """Return the model in a file, the shipped one without ``path``."""
    return shipped_model() if path is None else _parsed(Path(path))


@cache
def shipped_model() -> RankingModel:
    """Return the default model, which saw no judgement."""
    return _parsed(SHIPPED)


def save_model(model: RankingModel, path: Path | str) -> None:
    """Write a model as readable JSON."""
    Path(path).write_text(
        json.dumps(_object(model), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _object(model: RankingModel) -> dict[str, Any]:
    lines = {
        name: {"neutral": line.neutral, "slopes": list(line.slopes), "bends": list(line.bends)}
        for name, line in model.lines.items()
    }
    needs = {each.need_id: each.need_title for each in model.precedents}
    return {
        "format": FORMAT,
        "name": model.name,
        "training": dict(model.training),
        "base": model.base,
        "features": lines,
        "levels": {"at": list(model.calibration.at), "slope": model.calibration.slope},
        "precedents": {
            "needs": needs,
            "pairs": [
                [each.need_id, each.offer_id, each.level, each.weight, each.offer_title]
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
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ConfigurationError("model.not_a_model", file=str(path), reason=reason) from error
    _check(model, path)
    return model


def _model(value: Mapping[str, Any]) -> RankingModel:
    lines = {
        str(name): Line(
            float(line["neutral"]),
            tuple(map(float, line["slopes"])),
            tuple(map(float, line.get("bends", ()))),
        )
        for name, line in value["features"].items()
    }
    first, second, third = map(float, value["levels"]["at"])
    remembered = value.get("precedents") or {"needs": {}, "pairs": []}
    return RankingModel(
        name=str(value["name"]),
        base=float(value["base"]),
        lines=lines,
        calibration=Calibration((first, second, third), float(value["levels"]["slope"])),
        precedents=tuple(_precedent(pair, remembered["needs"]) for pair in remembered["pairs"]),
        training=dict(value.get("training", {})),
    )


def _precedent(pair: Sequence[Any], needs: Mapping[str, str]) -> Precedent:
    need_id, offer_id, level, weight, title = pair
    return Precedent(need_id, needs[need_id], offer_id, title, int(level), float(weight))


def _check(model: RankingModel, path: Path) -> None:
    for name, line in model.lines.items():
        if name not in FEATURES:
            raise ConfigurationError(
                "model.unknown_feature", file=str(path), name=name, known=", ".join(FEATURES)
            )
        if len(line.slopes) != len(line.bends) + 1:
            raise ConfigurationError("model.not_a_model", file=str(path), reason=name)
    numbers = [model.base, model.calibration.slope, *model.calibration.at]
    numbers += [number for line in model.lines.values() for number in line.slopes]
    ordered = list(model.calibration.at) == sorted(model.calibration.at)
    if not all(map(math.isfinite, numbers)) or model.calibration.slope <= 0 or not ordered:
        raise ConfigurationError("model.not_a_model", file=str(path), reason="levels")
