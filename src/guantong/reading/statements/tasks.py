"""Tasks (任务) of work plans: what is to be done, by whom, by when, and where it is enumerated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft, Setting
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.model import StatementKind, TaskFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.reading.statements.passages import Passage

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CHAPTER = re.compile(r"^([一二三四五六七八九十]+)、")
_SECTION = re.compile(r"^（([一二三四五六七八九十]+)）")
_ARTICLE = re.compile(r"^第([一二三四五六七八九十百]+)条")
_ITEM = re.compile(r"^(\d{1,3})[.、．](?!\d)")
_POINT = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是|要)|首先，|其次，|第[一二三四五六七八九十]，)"
)
_POINT_NUMBER = re.compile(r"^([一二三四五六七八九十]{1,3})(?:是|要)")
_DEADLINE = re.compile(
    r"(?:力争|确保|争取)?(?:到|在|于|至)?(?:(?P<year>20\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?)?)(?:年?底|末|中)?(?:以?前|之前|，|完成|建成|实现|达到)"
)
_THIS_YEAR = re.compile(r"(?:今年|年内|年底前|全年|本年度)")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Where in the numbering a passage stands: chapter, section and item as written."""

    chapter: str = ""
    section: str = ""
    item: str = ""

    def after(self, line: Passage) -> Enumeration:
        """Return the place after reading one more passage."""
        text = line.text
        if found := _CHAPTER.match(text):
            return Enumeration(chapter=found[1])
        if found := _SECTION.match(text):
            return Enumeration(self.chapter, f"（{found[1]}）")
        if found := _ARTICLE.match(text):
            return Enumeration(self.chapter, "", f"第{found[1]}条")
        if found := _ITEM.match(text):
            return Enumeration(self.chapter, self.section, f"{found[1]}.")
        return self

    def shown(self, point: str = "") -> str | None:
        """Return the position as ``三（一）2.`` or nothing where nothing is numbered."""
        return f"{self.chapter}{self.section}{self.item}{point}" or None


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('tasks', 'verbs')})")


@cache
def _responsible() -> re.Pattern[str]:
    return re.compile(
        rf"[（(]?(?:{pattern('tasks', 'responsible')})(?:及配合单位)?[：:]\s?"
        r"(?P<who>[^）)。；\n]+)[）)]?"
    )


@cache
def _charged() -> re.Pattern[str]:
    bodies = pattern("tasks", "bodies")
    return re.compile(rf"(?:^|，)由(?P<who>[^，。；]{{2,30}}?(?:{bodies}))(?:牵头|负责|会同)")


def read_tasks(text: str, setting: Setting, steps: Enumeration) -> list[Draft]:
    """Return the tasks of one passage: only plans, measures and forward sections have any."""
    if setting.target is not True or setting.kind == "measures":
        return []
    found: list[Draft] = []
    parent_bodies, note = _bodies(text)
    point = ""
    for start, end in _sentences(text):
        body = _body(text, start, end)
        number = _POINT_NUMBER.match(text[start:end])
        point = number[1] if number else point
        if body >= end or not _asks(text, body, end):
            continue
        if note is not None and note[0] <= start:
            continue
        stop = note[0] if note is not None and start < note[0] < end else end
        found.append(_task(text, (start, body, stop), parent_bodies, setting, steps.shown(point)))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start] in " ”":
            start += 1
        if end - start >= 6:
            yield start, end


def _body(text: str, start: int, end: int) -> int:
    """Return where the item's own words begin, behind its number."""
    for shape in (_CHAPTER, _SECTION, _ARTICLE, _ITEM, _POINT):
        found = shape.match(text[start:end])
        if found:
            start += found.end()
    while start < end and text[start] == " ":
        start += 1
    return start


_BY_WHEN = re.compile(
    r"(?:力争|确保)?(?:到|在|于)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"[底末]?(?:以?前)?，?"
)


def _asks(text: str, start: int, end: int) -> bool:
    """An imperative opens with a verb; a reported one follows 要 or 将."""
    if re.search(r"指出|认为|表示|强调|说，|目标是|要求是", text[start : start + 24]):
        return False
    dated = _BY_WHEN.match(text, start, end)
    head = text[dated.end() if dated else start : min(end, start + 40)]
    opening = _verbs().match(head)
    if opening is not None:
        return end - start - opening.end() >= 4
    if _charged().match(head):
        return True
    return re.match(r"(?:[^，。]{2,12}?)?(?:要|应当?|须|将)(?!求)", head) is not None and bool(
        _verbs().search(head)
    )


def _bodies(text: str) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Return who is responsible for the passage's tasks and where the note stands."""
    found = _responsible().search(text)
    if found is None:
        return (), None
    who = re.split(r"[、，,；;和]|及", found["who"])
    return tuple(name.strip() for name in who if name.strip()), found.span()


def _task(
    text: str,
    place: tuple[int, int, int],
    bodies: tuple[str, ...],
    setting: Setting,
    position: str | None,
) -> Draft:
    _, body, end = place
    stop = end
    while stop > body and text[stop - 1] in "。；！？ （(":
        stop -= 1
    wording = text[body:stop]
    charged = _charged().search(wording)
    named = (charged["who"],) if charged else bodies
    confidence = 0.85 if named else 0.75
    facts = TaskFacts(
        text=wording, responsible=named, deadline=_deadline(wording, setting), position=position
    )
    rule = "task.charged" if named else "task.imperative"
    return Draft(
        kind=StatementKind.TASK, start=body, end=stop, facts=facts, confidence=confidence, rule=rule
    )


def _deadline(text: str, setting: Setting) -> str | None:
    found = _DEADLINE.search(text)
    if found:
        rest = (f"{int(found[name]):02d}" for name in ("month", "day") if found[name])
        parts = [found["year"], *rest]
        return "-".join(parts)
    if _THIS_YEAR.search(text) and setting.year is not None:
        return str(setting.year)
    return setting.time if setting.time and len(setting.time) == len("2026") else None
