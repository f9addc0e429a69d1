"""Clean text of a block and the way back: every clean character knows where it stood."""

from __future__ import annotations

import re

from guantong.reading.documents.model import BlockKind

# White space, what cannot be seen, and the marks of Markdown.
_TO_MEND = re.compile(
    r"""
    (?P<space>[\s\u3000\u00a0]+)
  | (?P<hidden>[\u200b-\u200f\u2060\ufeff\u00ad]+)
  | (?P<bold>\*\*|__(?=\S)|(?<=\S)__)
  | (?P<image>!\[[^\]\n]*\]\([^)\n]*\))
  | (?P<link>(?<=\])\([^)\s]*\))
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"#{1,6}\s+|>\s*|[-*+•·●■◆▪]\s+")
_LINK_TEXT = re.compile(r"(?<!!)\[([^\]\n]*)\](?=\([^)\s]*\))")
_WORD = re.compile(r"[A-Za-z0-9_.%+/&'’-]")
_UNITS = frozenset("%‰")
_STOPS = frozenset("。！？!?；;：:”")
_KEEP_PARTS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.NOISE})


def clean(
    text: str, start: int, end: int, kind: BlockKind
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the clean text of ``text[start:end]`` and its runs (see ``Block``)."""
    opening = None if kind is BlockKind.TABLE else _OPENING.match(text, start, end)
    begin = opening.end() if opening is not None else start
    if kind is BlockKind.TABLE:
        return text[start:end], ((0, start),)
    cuts = _cuts(text, begin, end, kind)
    if not cuts:
        return text[begin:end], ((0, begin),)
    return _without(text, begin, end, cuts)


def _cuts(text: str, begin: int, end: int, kind: BlockKind) -> list[tuple[int, int, str]]:
    """Return the stretches to replace, each by nothing or by one space."""
    cuts: list[tuple[int, int, str]] = []
    for match in _TO_MEND.finditer(text, begin, end):
        if match.lastgroup != "space":
            cuts.append((match.start(), match.end(), ""))
        elif match.group() != (filler := _filler(text, match.start(), match.end(), kind)):
            cuts.append((match.start(), match.end(), filler))
    if "](" in text[begin:end]:
        for match in _LINK_TEXT.finditer(text, begin, end):
            cuts += [(match.start(), match.start() + 1, ""), (match.end() - 1, match.end(), "")]
    return _apart(sorted(cuts))


def _apart(cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leave out every cut that begins inside the one before."""
    kept: list[tuple[int, int, str]] = []
    for cut in cuts:
        if not kept or cut[0] >= kept[-1][1]:
            kept.append(cut)
    return kept


def _filler(text: str, start: int, end: int, kind: BlockKind) -> str:
    """Tell what stays of a stretch of white space: nothing, or one space."""
    before, after = text[start - 1], text[end] if end < len(text) else ""
    latin = _WORD.match(before) is not None, _WORD.match(after) is not None
    if all(latin):
        broken = "\n" in text[start:end] and not (before.isalpha() and after.isalpha())
        return "" if broken or after in _UNITS else " "
    if kind in _KEEP_PARTS:
        return "" if _lone(text, start, end) else " "
    return " " if before in _STOPS and "\n" not in text[start:end] else ""


def _lone(text: str, start: int, end: int) -> bool:
    """Whether single characters stand apart on both sides, as in 总 则, or a line was broken."""
    if "\n" in text[start:end]:
        return True
    left = start < 2 or text[start - 2].isspace()
    right = end + 1 >= len(text) or text[end + 1].isspace()
    return left and right


def _without(
    text: str, begin: int, end: int, cuts: list[tuple[int, int, str]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    length, position = 0, begin
    for cut_start, cut_end, filler in cuts:
        if cut_start > position:
            runs.append((length, position))
            parts.append(text[position:cut_start])
            length += cut_start - position
        if filler:
            runs.append((length, cut_start))
            parts.append(filler)
            length += 1
        position = cut_end
    if position < end:
        runs.append((length, position))
        parts.append(text[position:end])
    return "".join(parts), tuple(runs)
