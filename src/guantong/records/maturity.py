"""Technology readiness: the level somebody assessed, or one derived from the word for the stage."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from guantong.records.codecs import NO_VALUE, text_of
from guantong.records.columns import Composite
from guantong.records.model import Maturity
from guantong.records.problems import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guantong.messages import Language
    from guantong.records.columns import CellContext

_LEVEL = re.compile(r"(?:TRL|技术成熟度|成熟度|第)?[\s:：-]*([1-9])(?:\.0)?\s*级?", re.IGNORECASE)
_DERIVED = re.compile(r"\s*[(（](?:推定|derived)[)）]$", re.IGNORECASE)
_AFFIXES = re.compile(
    r"^(?:已完成|已经|目前|处于|正在|完成|已|通过)|(?:阶段|水平|状态|完成|stage|phase)$"
)


@cache
def stage_levels() -> dict[str, int]:
    """Return the derived level of each known word for a stage."""
    source = files("guantong.records").joinpath("data/maturity_words.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["word"]: int(row["level"]) for row in rows}


def level_of_stage(stage: str) -> int | None:
    """Return the level that a word such as 小试 or ``pilot`` stands for, ``None`` if unknown."""
    word = unicodedata.normalize("NFKC", stage).strip().lower().replace("-", " ")
    known = stage_levels()
    while word not in known:
        shorter = _AFFIXES.sub("", word).strip()
        if shorter == word:
            stated = _LEVEL.fullmatch(word)
            return int(stated[1]) if stated else None
        word = shorter
    return known[word]


@dataclass(frozen=True, slots=True)
class LevelCodec:
    """A TRL from 1 to 9; ``6（推定）`` was derived from a word."""

    def parse(self, cell: object, context: CellContext) -> tuple[int, bool] | None:
        """Return the level and whether it was derived."""
        text = text_of(cell)
        if text.lower() in NO_VALUE:
            return None
        derived = _DERIVED.search(text)
        found = _LEVEL.fullmatch(text[: derived.start()] if derived else text)
        if found is None:
            raise CellError("cell.not_a_level")
        return int(found[1]), derived is not None

    def cell(self, value: tuple[int, bool] | None, lang: Language) -> object:
        """Return the level, marked where it was derived."""
        if value is None:
            return ""
        level, derived = value
        mark = "（推定）" if lang == "zh" else " (derived)"
        return f"{level}{mark}" if derived else level

    def json(self, value: tuple[int, bool] | None) -> object:
        """Return the level, as text with its mark where it was derived."""
        return None if value is None else self.cell(value, "en")


@dataclass(frozen=True, slots=True)
class TrlCodec:
    """A TRL from 1 to 9 by itself."""

    def parse(self, cell: object, context: CellContext) -> int | None:
        """Return the level."""
        found = LevelCodec().parse(cell, context)
        return None if found is None else found[0]

    def cell(self, value: int | None, lang: Language) -> int | None:
        """Return the level."""
        return value

    def json(self, value: int | None) -> int | None:
        """Return the level."""
        return value


def _build(parts: Mapping[str, Any]) -> Maturity | None:
    stage, evidence = parts.get("stage") or "", parts.get("evidence") or ""
    if parts.get("level"):
        level, derived = parts["level"]
        return Maturity(level=level, stage=stage, evidence=evidence, derived=derived)
    if stage.lower() in NO_VALUE and not evidence:
        return None
    level = level_of_stage(stage)
    if level is None:
        raise CellError("cell.unknown_stage", pieces=("stage", "evidence"))
    return Maturity(level=level, stage=stage, evidence=evidence, derived=True)


def _take(maturity: Maturity, piece: str) -> object:
    if piece == "level":
        return maturity.level, maturity.derived
    return maturity.stage if piece == "stage" else maturity.evidence


MATURITY = Composite(_build, _take)
