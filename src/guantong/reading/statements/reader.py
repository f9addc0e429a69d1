"""Read a document into statements: passes over its passages, then quotes from the original."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.reading.documents.model import Document
from guantong.reading.statements.achievements import read_achievements
from guantong.reading.statements.draft import Draft, Setting
from guantong.reading.statements.events import read_events
from guantong.reading.statements.indicators import read_indicators
from guantong.reading.statements.model import EventFacts, ReleaseFacts, Statement, StatementKind
from guantong.reading.statements.passages import Passage, passages, plain_passages
from guantong.reading.statements.prose import Prose
from guantong.reading.statements.releases import read_releases
from guantong.reading.statements.setting import setting_of
from guantong.reading.statements.standing import lead_of
from guantong.reading.statements.supports import Carried, read_supports
from guantong.reading.statements.times import Section, section_of_heading, section_of_opening

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator

_POINT = re.compile(r"^(?:[一二三四五六七八九十]{1,3}(?:是|要)|第[一二三四五六七八九十]，)")

ALL_KINDS: frozenset[StatementKind] = frozenset(StatementKind)


def read_statements(
    document: Document | str,
    *,
    reference_date: datetime.date | None = None,
    kinds: Collection[StatementKind | str] | None = None,
) -> list[Statement]:
    """Return what a document promises, supports, announces and counts, in order of its text.

    ``reference_date`` says when the document was written, where it does not say so itself; years
    such as 去年 and whether a date is still to come depend on it. ``kinds`` limits what is kept.
    """
    wanted = ALL_KINDS if kinds is None else frozenset(StatementKind(kind) for kind in kinds)
    if isinstance(document, str):
        text, lines, head = document, plain_passages(document), None
    else:
        text, lines, head = document.text, passages(document), document.head
    setting = setting_of(lines, head, reference_date)
    carried = Carried()
    found = [
        _statement(draft, line, text)
        for line, local in _settings(lines, setting)
        for draft in _drafts(line, local, carried)
        if draft.kind in wanted
    ]
    return _distinct(sorted(found, key=lambda record: (record.span.start, record.span.end)))


def _distinct(found: list[Statement]) -> list[Statement]:
    """Keep one record of each event and release of a document: a dated one, else the first."""
    kept: list[Statement] = []
    names: dict[tuple[StatementKind, str], int] = {}
    for record in found:
        facts = record.facts
        if not isinstance(facts, EventFacts | ReleaseFacts):
            kept.append(record)
            continue
        key = (record.kind, re.sub(r"\W", "", facts.name))
        same = next((other for other in names if _same(other, key)), None)
        if same is None:
            names[key] = len(kept)
            kept.append(record)
        elif isinstance(facts, EventFacts) and _better(record, kept[names[same]]):
            kept[names[same]] = record
    return sorted(kept, key=lambda record: (record.span.start, record.span.end))


def _same(one: tuple[StatementKind, str], other: tuple[StatementKind, str]) -> bool:
    if one[0] is not other[0]:
        return False
    shorter, longer = sorted((one[1], other[1]), key=len)
    if one[0] is StatementKind.EVENT:
        return shorter in longer
    return shorter == longer


def _better(record: Statement, other: Statement) -> bool:
    return record.confidence > other.confidence


def _settings(lines: tuple[Passage, ...], setting: Setting) -> Iterator[tuple[Passage, Setting]]:
    """Walk through the passages and keep track of what the section speaks of."""
    stack: dict[int, Section] = {0: _whole(setting)}
    opened: Section | None = None
    lead = setting
    for line in lines:
        if line.heading:
            level = max(line.level, 1)
            outer = stack[max(key for key in stack if key < level)]
            if setting.kind == "report":
                outer = opened or stack[max(stack)]
            stack = {key: value for key, value in stack.items() if key < level}
            stack[level] = section_of_heading(line.text, setting.year, outer)
            opened = None if level == 1 else opened
            continue
        current = opened or stack[max(stack)]
        section = (
            section_of_opening(line.text, setting.year, current)
            if setting.kind == "report"
            else current
        )
        if section != current:
            opened = section
        local = replace(setting, target=section.target, time=section.time)
        if section.target is None and _POINT.match(line.text):
            yield line, replace(local, target=lead.target, time=lead.time)
            continue
        lead = lead_of(line.text, local)
        yield line, local


def _whole(setting: Setting) -> Section:
    if setting.kind in ("measures", "plan"):
        return Section(True, None)
    return Section(None, None)


def _drafts(line: Passage, setting: Setting, carried: Carried) -> Iterator[Draft]:
    prose = Prose(line.text)
    supports = read_supports(line.text, setting, carried)
    yield from supports
    achievements = read_achievements(line.text, setting)
    yield from achievements
    taken = [(draft.start, draft.end) for draft in achievements]
    for draft in read_releases(line.text, setting):
        if not any(low < draft.end and draft.start < high for low, high in taken):
            yield draft
    yield from read_events(line.text, setting)
    masked = [
        (draft.start, draft.end)
        for draft in (*supports, *achievements)
        if draft.rule != "achievement.done"
    ]
    yield from read_indicators(prose, setting, masked)


def _statement(draft: Draft, line: Passage, text: str) -> Statement:
    span = line.original(draft.start, draft.end)
    return Statement(
        kind=draft.kind,
        quote=span.of(text),
        span=span,
        facts=draft.facts,
        confidence=draft.confidence,
        rule=draft.rule,
        block=line.number,
        trail=draft.trail or (draft.rule,),
    )
