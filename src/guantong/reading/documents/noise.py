"""What stands on a page without belonging to its text: navigation, credits, related news."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import marker
from guantong.reading.documents.model import BlockKind

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Piece

_LONGEST = 400
# What a format may call a piece that can still be noise.
_OPEN = frozenset({None, BlockKind.LIST_ITEM})
_PARTS = frozenset({"part", "chapter", "section", "comma", "article"})
_SEPARATORS = re.compile(r"[\s|｜/／>»›·•:：,，、【】\[\]（）()<《》-]+")
_SENTENCE_END = re.compile(r"[。；][”’）)]?$")
_HEADING = re.compile(r"#{1,6}\s")
_LATIN = re.compile(r"[A-Z][A-Z\s&'.,-]{5,}")
_MARKS = re.compile(r"^(?:#{1,6}\s+|[-*+•·]\s+)|\*\*")
_ARROWS = frozenset({">", ">>", "»", "›", "＞"})


@dataclass(frozen=True, slots=True)
class _LineRule:
    name: str
    pattern: re.Pattern[str]
    longest: int
    edge: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: tuple[_LineRule, ...]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    controls: frozenset[str]


@cache
def _rules() -> _Rules:
    text = files("guantong.reading.documents").joinpath("data/noise.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return _Rules(
        lines=tuple(
            _LineRule(
                name=rule["name"],
                pattern=re.compile(rule["pattern"]),
                longest=int(rule["longest"]),
                edge=bool(rule.get("edge", False)),
            )
            for rule in table["line"]
        ),
        sections=tuple(
            (rule["name"], re.compile(rule["pattern"] + r"\s*[：:]?")) for rule in table["section"]
        ),
        controls=frozenset(table["controls"].split()),
    )


def mark_noise(pieces: list[Piece]) -> None:
    """Mark the noise among ``pieces``, each with the rule that found it."""
    rules = _rules()
    _mark_lines(pieces, rules, edge=False)
    prose = [n for n, piece in enumerate(pieces) if not piece.noise and _is_prose(piece.text)]
    if prose:
        _mark_lines(pieces[: prose[0]], rules, edge=True)
        _mark_lines(pieces[prose[-1] + 1 :], rules, edge=True)
    else:
        _mark_lines(pieces, rules, edge=True)
    _mark_sections(pieces, rules)
    _mark_mastheads(pieces)
    _mark_neighbours(pieces)


def _mark_lines(pieces: list[Piece], rules: _Rules, *, edge: bool) -> None:
    for piece in pieces:
        if piece.kind in _OPEN and len(piece.text) <= _LONGEST:
            name = _line_rule(piece.text, rules, edge)
            if name:
                piece.drop(name)


def _line_rule(text: str, rules: _Rules, edge: bool) -> str:
    line = _MARKS.sub("", text)
    if not edge and len(line) <= 60 and not _HEADING.match(text):
        words = _SEPARATORS.split(line)
        if all(word in rules.controls for word in words if word):
            return "controls"
    if marker(line) is not None and "版" not in line:
        return ""
    for rule in rules.lines:
        fits = len(line) <= rule.longest and rule.edge is edge
        if fits and rule.pattern.fullmatch(line) is not None:
            return rule.name
    return ""


def _mark_sections(pieces: list[Piece], rules: _Rules) -> None:
    """Mark lists of links from the line that opens them to the next real text."""
    section, depth = "", 0
    for index, piece in enumerate(pieces):
        line = _MARKS.sub("", piece.text)
        opened = _opens(line, rules)
        if opened:
            section, depth = opened, _depth(piece.text)
            piece.drop(section)
        elif section and _ends_section(pieces, index, depth):
            section = ""
        elif section and not piece.noise:
            piece.drop(section)


def _opens(line: str, rules: _Rules) -> str:
    if len(line) > 16:
        return ""
    return next((name for name, pattern in rules.sections if pattern.fullmatch(line)), "")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip("#"))


def _ends_section(pieces: list[Piece], index: int, depth: int) -> bool:
    piece = pieces[index]
    if _HEADING.match(piece.text):
        return _depth(piece.text) <= max(depth, 2)
    if piece.kind is BlockKind.TABLE:
        return False
    mark = marker(piece.text)
    return _is_prose(piece.text) or (mark is not None and mark.style in _PARTS)


def _is_prose(line: str) -> bool:
    return len(line) >= 36 and _SENTENCE_END.search(line) is not None


def _mark_mastheads(pieces: list[Piece]) -> None:
    """Mark the name of the newspaper above the line with its number and date."""
    for index, piece in enumerate(pieces):
        if piece.rule != "masthead":
            continue
        for above in pieces[max(0, index - 3) : index]:
            if not above.noise and len(above.text) <= 40 and above.kind is None:
                above.drop("masthead")


def _mark_neighbours(pieces: list[Piece]) -> None:
    """Mark short labels between noise and noise, or between noise and the edge of the page."""
    for before, piece in pairwise(pieces):
        if before.noise and before.text in _ARROWS and _is_label(piece):
            piece.drop("breadcrumb")
    last = len(pieces) - 1
    for step in (1, -1):
        for index in range(last + 1)[::step]:
            piece = pieces[index]
            if not _is_label(piece):
                continue
            above = index == 0 or pieces[index - 1].noise
            below = index == last or pieces[index + 1].noise
            if above and below and last > 0 and _near_furniture(pieces, index):
                piece.drop("label")


def _is_label(piece: Piece) -> bool:
    text = piece.text
    if piece.kind is not None or len(text) > 12 or marker(text) is not None:
        return False
    return not _HEADING.match(text) and not re.search(r"[。；，！？!?：:]|\d{4}年", text)


_FURNITURE = frozenset(
    {"controls", "breadcrumb", "share", "label", "related", "channel", "counter"}
)


def _near_furniture(pieces: list[Piece], index: int) -> bool:
    around = pieces[max(0, index - 1) : index] + pieces[index + 1 : index + 2]
    return any(piece.rule in _FURNITURE for piece in around)
