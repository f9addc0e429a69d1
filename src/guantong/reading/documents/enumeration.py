"""The marks by which official texts number their parts: 第一章, 一、, （一）, 1., 一是, ①."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# From the outside in: 一、（一）1.（1） by GB/T 9704-2012 (7.3.3), 编章节条 by 《立法法》.
RANKS = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "comma": 3,
    "article": 4,
    "bracket": 5,
    "point": 6,
    "point_bracket": 7,
    "half_bracket": 8,
    "circle": 9,
    "is": 10,
    "must": 10,
    "ordinal": 10,
    "dash": 11,
    "note": 12,
}
_CN = "一二三四五六七八九十百零〇"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CIRCLES = {chr(0x2460 + n): n + 1 for n in range(20)}
_BODY = rf"""
    第(?P<part>[{_CN}\d]+)编(?=\s|$|[^，。、的])
  | 第(?P<chapter>[{_CN}\d]+)章(?=\s|$|[^，。、的])
  | 第(?P<section>[{_CN}\d]+)节(?=\s|$|[^，。、的课目])
  | 第(?P<article>[{_CN}\d]+)条(?:之[{_CN}])?(?=\s|$|[^，。、款规的至和及措意建])
  | (?P<comma>[{_CN}]{{1,3}})(?:、|[.．](?=[^\d]))(?![{_CN}]+(?:、|产业))
  | [（(]\s*(?P<bracket>[{_CN}]{{1,3}})\s*[）)]、?
  | (?P<point>\d{{1,3}})(?:[.．](?!\d)|、)(?!\d+[、.．])
  | [（(]\s*(?P<point_bracket>\d{{1,3}})\s*[）)]
  | (?P<half_bracket>\d{{1,2}})[）)]
  | (?P<circle>[①-⑳])
  | (?P<is>[{_CN}]{{1,3}})是(?=[^否非])
  | (?P<must>[{_CN}]{{1,3}})要(?=[^素点求])
  | 第(?P<ordinal>[{_CN}]{{1,3}})[，、,]
  | (?P<dash>——|――|--)(?=[^—―\s\d]|[^—―]\S)
  | ［(?P<note>\d{{1,3}})］
"""
_AT_START = re.compile(_BODY, re.VERBOSE)
_FIRST_CHARS = frozenset("第（(—―-［0123456789" + _CN) | frozenset(_CIRCLES)
_INLINE = {
    "is": re.compile(rf"(?:^|(?<=[。；：，！？”;:,、\s]))([{_CN}]{{1,3}})是(?=[^否非])"),
    "must": re.compile(rf"(?:^|(?<=[。；：，！？”;:,、\s]))([{_CN}]{{1,3}})要(?=[^素点求])"),
    "ordinal": re.compile(rf"(?:^|(?<=[。；：！？”;:\s]))第([{_CN}]{{1,3}})[，、,]"),
    "bracket": re.compile(rf"(?:^|(?<=[。；：，、;:,\s]))[（(]([{_CN}]{{1,3}})[）)]"),
    "point_bracket": re.compile(r"(?:^|(?<=[。；：，、;:,\s]))[（(](\d{1,2})[）)]"),
    "point": re.compile(r"(?:^|(?<=[。；：;:\s]))(\d{1,2})[.．](?!\d)"),
    "circle": re.compile(r"([①-⑳])"),
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark of enumeration: its style, number (1-based, 0 for dashes) and stretch of the text."""

    style: str
    number: int
    start: int
    end: int


def marker(text: str) -> Marker | None:
    """Return the mark that ``text`` opens with."""
    if text[:1] not in _FIRST_CHARS:
        return None
    found = _AT_START.match(text)
    if found is None or found.lastgroup is None:
        return None
    style = found.lastgroup
    number = 0 if style == "dash" else value_of(found[style])
    return Marker(style, number, 0, found.end()) if number or style == "dash" else None


def inline_markers(text: str) -> tuple[Marker, ...]:
    """Return the marks inside a paragraph that count 1, 2, 3 … and reach at least 2.

    Only a full sequence counts, so that 一是 in 这一是非 is not taken for a mark.
    """
    found: list[Marker] = []
    for style, pattern in _INLINE.items():
        found += _sequence(
            Marker(style, value_of(match[1]), match.start(), match.end())
            for match in pattern.finditer(text)
        )
    return tuple(sorted(found, key=lambda mark: mark.start))


def _sequence(markers: Iterable[Marker]) -> list[Marker]:
    runs: list[list[Marker]] = []
    for mark in markers:
        if mark.number == 1:
            runs.append([mark])
        elif runs and mark.number == runs[-1][-1].number + 1:
            runs[-1].append(mark)
    return [mark for run in runs if len(run) > 1 for mark in run]


def value_of(numeral: str) -> int:
    """Return the number that 十二, 12 or ⑫ stands for; 0 where it is none."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if numeral in _CIRCLES:
        return _CIRCLES[numeral]
    total, digit = 0, 0
    for char in numeral:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit
