"""What matters in a document on one page: targets, supports, releases, tasks, with their source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guantong.reading.names import indicator_name, unit_key
from guantong.reading.statements import (
    AchievementFacts,
    IndicatorFacts,
    Modality,
    Statement,
    StatementKind,
    SupportFacts,
    TaskFacts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guantong.reading.sources import Reading, Source


class Part(StrEnum):
    """The parts of a digest, in their order."""

    TARGETS = "targets"
    REACHED = "reached"
    SUPPORTS = "supports"
    ACHIEVEMENTS = "achievements"
    RELEASES = "releases"
    EVENTS = "events"
    TASKS = "tasks"


PAGE = 48
"""How many lines a digest has at most, so that it fits on a page."""
ROOM = {
    Part.TARGETS: 10,
    Part.REACHED: 6,
    Part.SUPPORTS: 8,
    Part.ACHIEVEMENTS: 6,
    Part.RELEASES: 6,
    Part.EVENTS: 3,
    Part.TASKS: 9,
}
"""How many lines each part may have where others need theirs."""
_GROWING = (Part.SUPPORTS, Part.TARGETS, Part.TASKS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the record that it tells, and where that stands."""

    statement: Statement
    source: Source


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a digest; ``left_out`` counts the records for which there was no room."""

    part: Part
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What matters in one document; parts of which the document says nothing are left out."""

    reading: Reading
    sections: tuple[Section, ...]


def digest(reading: Reading) -> Digest:
    """Choose what matters in a document: headline figures, dated tasks, whatever is surest."""
    members = {part: _distinct(_members(reading, part)) for part in Part}
    room = _rooms({part: len(records) for part, records in members.items()})
    sections = []
    for part, records in members.items():
        if not records:
            continue
        chosen = _chosen(part, records, room[part])
        lines = tuple(Line(record, reading.source(record)) for record in chosen)
        sections.append(Section(part, lines, len(records) - len(chosen)))
    return Digest(reading, tuple(sections))


def _rooms(counts: Mapping[Part, int]) -> dict[Part, int]:
    """Return the lines of each part; what some do not need goes to those that grow."""
    room = {part: min(count, ROOM[part]) for part, count in counts.items()}
    for part in _GROWING:
        free = max(PAGE - sum(room.values()), 0)
        room[part] += min(free, counts[part] - room[part])
    return room


_KIND_OF = {
    Part.SUPPORTS: StatementKind.SUPPORT,
    Part.ACHIEVEMENTS: StatementKind.ACHIEVEMENT,
    Part.RELEASES: StatementKind.RELEASE,
    Part.EVENTS: StatementKind.EVENT,
    Part.TASKS: StatementKind.TASK,
}


def _members(reading: Reading, part: Part) -> Sequence[Statement]:
    if part in _KIND_OF:
        return reading.of_kind(_KIND_OF[part])
    wanted = Modality.TARGET if part is Part.TARGETS else Modality.ACTUAL
    return [
        each
        for each in reading.of_kind(StatementKind.INDICATOR)
        if isinstance(each.facts, IndicatorFacts) and each.facts.modality is wanted
    ]


def _distinct(records: Iterable[Statement]) -> list[Statement]:
    """Return the records without those that say what an earlier one says."""
    kept: dict[object, Statement] = {}
    for record in records:
        facts = record.facts
        key: object = facts
        if isinstance(facts, IndicatorFacts):
            name = indicator_name(facts.indicator).key
            key = (name, unit_key(facts.unit), facts.value, facts.change, facts.time)
        elif isinstance(facts, TaskFacts):
            key = facts.text
        elif isinstance(facts, AchievementFacts):
            key = facts.name
        kept.setdefault(key, record)
    return list(kept.values())


def _chosen(part: Part, records: Sequence[Statement], room: int) -> list[Statement]:
    """Return the weightiest records in the order of the text, headline figures first."""
    if part is Part.TASKS:
        ranked = _spread(records)
    else:
        ranked = sorted(records, key=lambda record: -_weight(record))
    chosen = sorted(ranked[:room], key=lambda record: record.span.start)
    return sorted(chosen, key=lambda record: not _leads(record))


def _leads(record: Statement) -> bool:
    facts = record.facts
    return isinstance(facts, IndicatorFacts) and indicator_name(facts.indicator).headline


_PROGRAMME = re.compile("[“《]")
_FIGURE = re.compile(r"\d")
_LONG_TASK = 120


def _weight(record: Statement) -> float:
    facts, weight = record.facts, record.confidence
    if isinstance(facts, IndicatorFacts):
        name = indicator_name(facts.indicator)
        weight += 2.0 * name.headline - 1.0 * name.generic + 0.2 * (facts.time is not None)
    elif isinstance(facts, SupportFacts):
        figures = (facts.rate, facts.amount, facts.cap)
        weight += 0.5 * any(each is not None for each in figures) + 0.3 * bool(facts.beneficiary)
    elif isinstance(facts, TaskFacts):
        weight += 1.0 * bool(facts.responsible) + 0.2 * bool(facts.deadline)
        weight -= 0.6 * (len(facts.text) > _LONG_TASK)
        weight += 0.4 * bool(_FIGURE.search(facts.text)) + 0.3 * bool(_PROGRAMME.search(facts.text))
    return weight


def _spread(tasks: Sequence[Statement]) -> list[Statement]:
    """Return tasks so that each numbered section has its weightiest before any has a second."""
    ranked = sorted(tasks, key=lambda record: -_weight(record))
    turns: dict[str, int] = {}
    order: list[tuple[int, Statement]] = []
    for record in ranked:
        section = _section(record)
        turns[section] = turns.get(section, 0) + 1
        order.append((turns[section], record))
    return [record for _, record in sorted(order, key=lambda each: each[0])]


_POINT = re.compile(r"(?<=[）.条])[^）.条]+$")


def _section(record: Statement) -> str:
    """Return the section a task stands in, else its block."""
    position = record.facts.position if isinstance(record.facts, TaskFacts) else None
    return _POINT.sub("", position) if position else f"#{record.block}"
