"""Announced needs (揭榜挂帅, 需求清单): one for each field that the sentence lists."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.documents import BlockKind
from guantong.text.regions import find_regions, full_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guantong.reading.documents import Document
    from guantong.text.spans import Span

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_CLAUSE_MARKS = "，,。；;：:！？（）()"
_NAME_AHEAD = re.compile(
    r"^(?:.*?(?:发布|公布|推出|张榜|发榜|征集|发出|挂出|揭晓)(?:了|出)?|同时|还|并|也|、)"
)
_ITEM = re.compile(r"^(?:.*的)?(?P<name>[^的]{2,20})$")
_LIST_END = re.compile(r"等|[，,。；;！]|共\d")
_COUNT = re.compile(r"^(?:共|合计)?\d+(?:余|多)?[项个条份]")
_QUOTES = str.maketrans("", "", "“”\"'‘’")
_LONGEST_NAME = 40
_SURE, _LISTED = 0.85, 0.8


@dataclass(frozen=True, slots=True)
class AnnouncedNeed:
    """A need that a document announces; ``field`` is the one of its list, empty without one."""

    title: str
    field: str
    region: str
    span: Span
    block: int
    confidence: float


def read_needs(document: Document) -> list[AnnouncedNeed]:
    """Return the needs that a document announces, in the order of its text."""
    found: dict[tuple[str, str], AnnouncedNeed] = {}
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        for sentence in _SENTENCE.finditer(block.clean):
            span = block.original_span(*_trimmed(block.clean, *sentence.span()))
            for need in _in_sentence(sentence[0], span, number, document.head.region):
                found.setdefault((need.title, need.region), need)
    return list(found.values())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in "。；; ":
        end -= 1
    return start, end


def _in_sentence(text: str, span: Span, block: int, region: str) -> Iterator[AnnouncedNeed]:
    words = _words()
    subject = words.wanted.search(text)
    if subject is None or not words.announced.search(text):
        return
    ends = [end for mark in _CLAUSE_MARKS if (end := text.find(mark, subject.end())) >= 0]
    clause_end = min(ends, default=len(text))
    if words.instrument.search(text, subject.start(), clause_end):
        return
    name = _named(text, subject)
    if len(name) == len(subject[0].translate(_QUOTES)) and "揭榜" not in text:
        return
    place = place_in(name) or place_in(text) or region
    fields = _listed(text, subject.end())
    for field in fields:
        title = render("reading.proposal.directions", "zh", direction=field, subject=name)
        yield AnnouncedNeed(title, field, place, span, block, _LISTED)
    if not fields:
        yield AnnouncedNeed(name, "", place, span, block, _SURE)


def _named(text: str, subject: re.Match[str]) -> str:
    """Return the announced thing with the words that belong to its name."""
    start = max(text.rfind(mark, 0, subject.start()) for mark in _CLAUSE_MARKS) + 1
    ahead = text[start : subject.start()]
    while (found := _NAME_AHEAD.match(ahead)) and found.end():
        ahead = ahead[found.end() :]
    ahead = _COUNT.sub("", re.split("[、及和]", ahead)[-1])
    return (ahead[-_LONGEST_NAME:] + subject[0]).translate(_QUOTES).strip()


def _listed(text: str, start: int) -> list[str]:
    about = _words().about.search(text, start)
    if about is None:
        return []
    stop = _LIST_END.search(text, about.end())
    listed = text[about.end() : stop.start() if stop else len(text)]
    parts = re.split(r"、|和(?=[^、]*$)", _without_owner(listed))
    items = [
        found["name"].translate(_QUOTES) for part in parts if (found := _ITEM.match(part.strip()))
    ]
    return items if len(items) > 1 else []


def _without_owner(listed: str) -> str:
    """Take off what comes before the first 的: 我市“1026”产业体系的生物医药、…"""
    before, mark, behind = listed.partition("的")
    return behind if mark and "、" not in before else listed


def place_in(text: str) -> str:
    """Return the full name of the first place that a text names, empty without one."""
    region = next((each.region for each in find_regions(text) if each.region), None)
    return full_name(region) if region else ""


@dataclass(frozen=True, slots=True)
class _Words:
    wanted: re.Pattern[str]
    announced: re.Pattern[str]
    about: re.Pattern[str]
    instrument: re.Pattern[str]


@cache
def _words() -> _Words:
    source = files("guantong.reading").joinpath("data/needs.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(source)
    return _Words(*(_any(raw[key]) for key in ("wanted", "announced", "about", "instrument_only")))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    # Quotation marks may stand inside a name: “揭榜挂帅”需求清单.
    return re.compile("|".join("[”“]?".join(map(re.escape, word)) for word in ordered))
