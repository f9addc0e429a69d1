"""Plain text and Markdown: every line is a piece, offsets are those of the decoded file."""

from __future__ import annotations

import re

from guantong.errors import InputError
from guantong.reading.documents.drafts import Draft, Piece, Source
from guantong.reading.documents.encoding import decode
from guantong.reading.documents.model import BlockKind
from guantong.text.spans import Span

_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|[\r\n\v\x1c-\x1e\x85\u2028\u2029]")
_JUMP = r"[（(](?:上接|下转|紧接|转)第?\s*[\dA-Za-z一二三四五六七八九十]+\s*版[^（）()]{0,12}[）)]"
_JUMP_AT_EDGE = re.compile(rf"^{_JUMP}|{_JUMP}$")
_TABLE_ROW = re.compile(r"^\|.*\|$")
_TABLE_RULE = re.compile(r"^\|[\s:|-]+\|$")
_CELL = re.compile(r"[^|]+")


class PlainReader:
    """Reads plain text and Markdown."""

    def read(self, source: Source) -> Draft:
        """Return every line as a piece; form feeds part pages."""
        text, _ = decode(source.data, source.name)
        if len(text) > source.limits.characters:
            raise InputError("documents.too_long", file=source.name, limit=source.limits.characters)
        return draft_of_text(text)


def draft_of_text(text: str) -> Draft:
    """Return the draft of a text that is already decoded."""
    pieces: list[Piece] = []
    pages = [0]
    last_end = 0
    for match in _LINE.finditer(text):
        if match.group().isspace():
            continue
        between = text[last_end : match.start()]
        pages += [last_end + found.end() for found in re.finditer("\f", between)]
        gap = max(0, len(_BREAKS.findall(between)) - 1)
        _add_line(pieces, match, gap, len(pages))
        last_end = match.end()
    ends = [*pages[1:], len(text)]
    return Draft(
        text=text,
        pieces=_with_tables(pieces),
        pages=tuple(Span(start, end) for start, end in zip(pages, ends, strict=True)),
    )


def _add_line(pieces: list[Piece], match: re.Match[str], gap: int, page: int) -> None:
    raw = match.group()
    stripped = raw.strip()
    start = match.start() + raw.index(stripped[0])
    indented = start - match.start() >= 2
    for offset, part in _split_jumps(stripped):
        begin = start + offset
        pieces.append(
            Piece(start=begin, end=begin + len(part), text=part, page=page, indented=indented)
        )
        pieces[-1].gap, gap = gap, 0


def _split_jumps(line: str) -> list[tuple[int, str]]:
    """Part jump lines such as （下转第3版） from the text that they stand against."""
    found = _JUMP_AT_EDGE.search(line) if "版" in line else None
    if found is None or found.group() == line:
        return [(0, line)]
    cut = found.end() if found.start() == 0 else found.start()
    head, tail = line[:cut].rstrip(), line[cut:]
    shift = len(tail) - len(tail.lstrip())
    return [(0, head), *_shifted(_split_jumps(tail.strip()), cut + shift)]


def _shifted(parts: list[tuple[int, str]], by: int) -> list[tuple[int, str]]:
    return [(offset + by, part) for offset, part in parts]


def _with_tables(pieces: list[Piece]) -> list[Piece]:
    """Put the rows of a Markdown table together into one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        if not _TABLE_ROW.match(piece.text):
            joined.append(piece)
            continue
        row = tuple(
            Span(piece.start + cell.start(), piece.start + cell.end())
            for cell in _CELL.finditer(piece.text)
        )
        rows = () if _TABLE_RULE.match(piece.text) else (row,)
        last = joined[-1] if joined else None
        if last is not None and last.kind is BlockKind.TABLE and piece.gap == 0:
            last.cells += rows
            last.end = piece.end
            last.text += "\n" + piece.text
        else:
            piece.kind, piece.cells = BlockKind.TABLE, rows
            joined.append(piece)
    return joined
