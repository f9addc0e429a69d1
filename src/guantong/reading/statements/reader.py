"""Read a document into statements: passes over its passages, then quotes from the original."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from guantong.reading.statements.achievements import read_achievements
from guantong.reading.statements.events import read_events
from guantong.reading.statements.indicators import read_indicators
from guantong.reading.statements.known import KnownNames
from guantong.reading.statements.mentions import read_mentions
from guantong.reading.statements.model import (
    EventFacts,
    ReleaseFacts,
    Statement,
    StatementKind,
)
from guantong.reading.statements.passages import Passage, passages, plain_passages
from guantong.reading.statements.places import Places
from guantong.reading.statements.prose import Prose
from guantong.reading.statements.releases import read_releases
from guantong.reading.statements.setting import setting_of
from guantong.reading.statements.standing import lead_of
from guantong.reading.statements.supports import Carried, read_supports
from guantong.reading.statements.tasks import Enumeration, read_tasks
from guantong.reading.statements.times import Section, section_of_heading, section_of_opening

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Sequence

    from guantong.reading.documents.model import Document, Head
    from guantong.reading.statements.draft import Draft, Setting

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
    such as 去年 and whether a date is still to come depend on it. ``kinds`` limits what is kept;
    an unknown kind raises ``ValueError``.
    """
    wanted = ALL_KINDS if kinds is None else frozenset(StatementKind(kind) for kind in kinds)
    if isinstance(document, str):
        text, lines = document, plain_passages(document)
    else:
        text, lines = document.text, passages(document)
    found: list[Statement] = []
    for _, group in groupby(lines, key=lambda line: line.source.article):
        article = tuple(group)
        head = _head(document, article[0].source.article)
        setting = setting_of(article, head, reference_date)
        found.extend(_article(text, article, setting, wanted))
    return _distinct(sorted(found, key=_position))


def _head(document: Document | str, article: int) -> Head | None:
    """Return the head of one article, its date filled in from the page where it has none."""
    if isinstance(document, str):
        return None
    own = next((each.head for each in document.articles if each.number == article), document.head)
    if own.date is None and own.published is None:
        return replace(own, date=document.head.date, published=document.head.published)
    return own


def _article(
    text: str, lines: Sequence[Passage], setting: Setting, wanted: frozenset[StatementKind]
) -> Iterator[Statement]:
    carried, steps = Carried(), Enumeration()
    place: str | None = setting.place
    for line, local in _settings(lines, setting):
        steps = steps.after(line)
        places = Places(line.text, local, place)
        place = places.last or place
        for draft in _drafts(line, local, carried, steps, places, wanted):
            if draft.kind in wanted:
                yield _statement(draft, line, text)


def _position(record: Statement) -> tuple[int, int]:
    return record.span.start, record.span.end


def _distinct(found: list[Statement]) -> list[Statement]:
    """Keep one record of each event and release of a document: the surest, else the first."""
    kept: list[Statement] = []
    releases: set[str] = set()
    events = KnownNames()
    for record in found:
        facts = record.facts
        if isinstance(facts, ReleaseFacts):
            name = re.sub(r"\W", "", facts.name)
            if name in releases:
                continue
            releases.add(name)
        elif isinstance(facts, EventFacts):
            name = re.sub(r"\W", "", facts.name)
            same = events.like(name)
            if same is not None:
                if record.confidence > kept[same].confidence:
                    kept[same] = record
                continue
            events.add(name, len(kept))
        kept.append(record)
    return sorted(kept, key=_position)


def _settings(lines: Sequence[Passage], setting: Setting) -> Iterator[tuple[Passage, Setting]]:
    """Walk through the passages and keep track of what the section speaks of."""
    if setting.kind == "news":
        yield from _news_settings(lines, setting)
        return
    stack: dict[int, Section] = {0: _whole(setting)}
    opened: Section | None = None
    for line in lines:
        if line.heading:
            level = max(line.level, 1)
            outer = stack[max(key for key in stack if key < level)]
            if setting.kind == "report":
                outer = opened or stack[max(stack)]
            stack = {key: value for key, value in stack.items() if key < level}
            stack[level] = section_of_heading(line.text, setting.year, outer)
            opened = None if level == 1 else opened
            yield line, replace(setting, target=stack[level].target, time=stack[level].time)
            continue
        current = opened or stack[max(stack)]
        section = current
        if setting.kind == "report":
            section = section_of_opening(line.text, setting.year, current)
        if section != current:
            opened = section
        yield line, replace(setting, target=section.target, time=section.time)


def _whole(setting: Setting) -> Section:
    if setting.kind in ("measures", "plan"):
        return Section(True, setting.time)
    return Section(None, None)


def _news_settings(lines: Sequence[Passage], setting: Setting) -> Iterator[tuple[Passage, Setting]]:
    """News has no sections, but points (一是…) that follow a lead share what the lead says."""
    lead = setting
    for line in lines:
        if not line.heading and _POINT.match(line.text):
            yield line, replace(setting, target=lead.target, time=lead.time)
            continue
        lead = setting if line.heading else lead_of(line.text, setting)
        yield line, setting


def _drafts(
    line: Passage,
    setting: Setting,
    carried: Carried,
    steps: Enumeration,
    places: Places,
    wanted: frozenset[StatementKind],
) -> Iterator[Draft]:
    prose = Prose(line.text)
    if StatementKind.MENTION in wanted:
        yield from read_mentions(line.text)
    if line.heading:
        if setting.kind == "news":
            yield from read_indicators(prose, setting, places)
        return
    supports = read_supports(line.text, setting, carried)
    achievements = read_achievements(line.text, setting)
    yield from supports
    yield from achievements
    results = [(draft.start, draft.end) for draft in achievements]
    for draft in read_releases(line.text, setting):
        if not any(low < draft.end and draft.start < high for low, high in results):
            yield draft
    yield from read_events(line.text, setting, places)
    if StatementKind.TASK in wanted:
        yield from read_tasks(line.text, setting, steps)
    names = [draft for draft in achievements if draft.rule != "achievement.done"]
    masked = [(max(draft.start, draft.claims), draft.end) for draft in (*supports, *names)]
    yield from read_indicators(prose, setting, places, masked)


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
