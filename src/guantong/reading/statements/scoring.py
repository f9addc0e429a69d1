"""Compare what was read with gold records: precision, recall and F1 for each kind."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Record = Mapping[str, Any]

SCORED_KINDS = ("indicator", "support", "achievement", "release", "event")
STRICT = "indicator strict"
_SHARED_NAME = 0.6
_SHARED_QUOTE = 6
_INDICATOR_FIELDS = ("unit", "change", "modality")
_SUPPORT_FIELDS = ("rate", "amount", "cap")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind: right ones, those read and those in the gold records."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the records read that are right; 0 where none was read."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold records that were read; 0 where there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )


def score(gold: Sequence[Record], out: Sequence[Record]) -> dict[str, Score]:
    """Compare the records of one document; each gold record counts once.

    An indicator is right with the same value, unit, change and modality and an overlapping quote;
    strictly right when comparator and time agree too and the names share 60 % of their characters.
    A support needs the same rate, amount and cap and an overlapping quote; the other kinds a name
    that shares 60 % of its characters.
    """
    result = {kind: _matched(gold, out, kind, strict=False) for kind in SCORED_KINDS}
    result[STRICT] = _matched(gold, out, "indicator", strict=True)
    return result


def score_folders(gold_folder: Path, out_folder: Path) -> dict[str, Score]:
    """Compare each ``NAME.gold.jsonl`` of one folder with ``NAME.jsonl`` of the other.

    A missing output counts as empty. Raises ``NotFoundError`` where the first folder has no gold
    files and ``InputError`` for a line that is no record.
    """
    files = sorted(gold_folder.glob("*.gold.jsonl"))
    if not files:
        raise NotFoundError("statements.no_gold", folder=str(gold_folder))
    total = {kind: Score(0, 0, 0) for kind in (*SCORED_KINDS, STRICT)}
    for file in files:
        out = out_folder / file.name.replace(".gold.jsonl", ".jsonl")
        scores = score(load_records(file), load_records(out) if out.exists() else [])
        total = {kind: total[kind] + scores[kind] for kind in total}
    return total


def load_records(file: Path) -> list[dict[str, Any]]:
    """Read a JSON Lines file of records; empty lines are skipped."""
    records = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError("statements.bad_line", file=file.name, line=number) from error
        if not isinstance(record, dict) or "kind" not in record:
            raise InputError("statements.bad_line", file=file.name, line=number)
        records.append(record)
    return records


def _matched(gold: Iterable[Record], out: Iterable[Record], kind: str, *, strict: bool) -> Score:
    wanted = [record for record in gold if record["kind"] == kind]
    read = [record for record in out if record["kind"] == kind]
    free = list(range(len(read)))
    right = 0
    for record in wanted:
        found = next((place for place in free if same(record, read[place], strict=strict)), None)
        if found is not None:
            free.remove(found)
            right += 1
    return Score(right, len(read), len(wanted))


def same(gold: Record, out: Record, *, strict: bool = False) -> bool:
    """Tell whether a record that was read says what the gold record of its kind says."""
    if gold["kind"] == "indicator":
        return _same_indicator(gold, out) and (not strict or _same_details(gold, out))
    if gold["kind"] == "support":
        figures = all(_near(gold[name], out.get(name)) for name in _SUPPORT_FIELDS)
        return figures and _overlap(gold["quote"], out.get("quote", ""))
    return _shared(gold["name"], out.get("name")) >= _SHARED_NAME


def _same_indicator(gold: Record, out: Record) -> bool:
    return (
        _near(gold["value"], out.get("value"))
        and all(gold[name] == out.get(name) for name in _INDICATOR_FIELDS)
        and _overlap(gold["quote"], out.get("quote", ""))
    )


def _same_details(gold: Record, out: Record) -> bool:
    return (
        gold["comparator"] == out.get("comparator")
        and (gold["time"] or None) == (out.get("time") or None)
        and _shared(gold["indicator"], out.get("indicator")) >= _SHARED_NAME
    )


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


def _overlap(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    last = max(1, len(one) - _SHARED_QUOTE + 1)
    return any(one[start : start + _SHARED_QUOTE] in other for start in range(last))


def _shared(one: str | None, other: str | None) -> float:
    """Return the share of characters that two names have in common (Dice)."""
    first = Counter(re.sub(r"\W", "", one or ""))
    second = Counter(re.sub(r"\W", "", other or ""))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0
