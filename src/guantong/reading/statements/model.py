"""What was read out of a document: one record with its quote, its place and the rule behind it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guantong.text.spans import Span


class StatementKind(StrEnum):
    """The kinds of statement (记录) that are read."""

    INDICATOR = "indicator"
    SUPPORT = "support"
    ACHIEVEMENT = "achievement"
    RELEASE = "release"
    EVENT = "event"
    TASK = "task"
    MENTION = "mention"


class Change(StrEnum):
    """Whether a figure is a level or a movement."""

    LEVEL = "level"
    GROWTH = "growth"
    DECREASE = "decrease"


class Modality(StrEnum):
    """Whether a figure was reached or is aimed at."""

    ACTUAL = "actual"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """A quantity that somebody reached or aims at (指标)."""

    indicator: str
    value: Decimal
    unit: str
    comparator: str
    change: Change
    modality: Modality
    time: str | None
    place: str | None
    value_max: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportFacts:
    """Money or another benefit that a policy promises (扶持); amounts in 元."""

    beneficiary: str | None
    instrument: str
    rate: Decimal | None
    base: str | None
    amount: Decimal | None
    cap: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementFacts:
    """A research result with its name (科技成果)."""

    name: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """Something named that was issued, opened, signed, founded or launched (发布)."""

    object: str
    name: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """A meeting or ceremony that took place (会议活动)."""

    name: str
    date: str | None
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """An action that somebody is to take (任务): who, by when, and where in the enumeration."""

    text: str
    responsible: tuple[str, ...]
    deadline: str | None
    position: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionFacts:
    """Somebody or something named (提及): organisation, place, programme, policy or product."""

    category: str
    name: str
    organisation: str | None


Facts = (
    IndicatorFacts
    | SupportFacts
    | AchievementFacts
    | ReleaseFacts
    | EventFacts
    | TaskFacts
    | MentionFacts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One record (记录) read out of a document.

    ``quote`` is ``text[span.start:span.end]`` of the original; ``confidence`` lies in 0..1 and is
    roughly the share of such records that are right; ``rule`` is the rule that decided, ``trail``
    all rules that took part, in order; ``block`` the number of the block in the document.
    """

    kind: StatementKind
    quote: str
    span: Span
    facts: Facts
    confidence: float
    rule: str
    block: int
    trail: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the record as plain values: kind, quote, its facts, then where it was found."""
        record: dict[str, object] = {"kind": self.kind.value, "quote": self.quote}
        for field in fields(self.facts):
            value = getattr(self.facts, field.name)
            if field.name == "value_max" and value is None:
                continue
            record[field.name] = _plain(value)
        record["start"] = self.span.start
        record["end"] = self.span.end
        record["confidence"] = self.confidence
        record["rule"] = self.rule
        record["block"] = self.block
        return record


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return value
