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
_MARKDOWN_CELL = re.compile(r"[^|]+")
_TABBED_CELL = re.compile(r"[^\t]+|(?<=\t)(?=\t)")


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
    """Put rows of cells that follow each other together into tables."""
    joined: list[Piece] = []
    for piece in pieces:
        cell = _cell_form(piece.text)
        last = joined[-1] if joined else None
        if cell is None:
            joined.append(piece)
        elif last is not None and piece.gap == 0 and _fits_below(last, piece, cell):
            _add_row(last, piece, cell)
        else:
            joined.append(piece)
    return joined


def _cell_form(text: str) -> re.Pattern[str] | None:
    """Return what a cell looks like in a row of Markdown or of a table parted by tabs."""
    if _TABLE_ROW.match(text):
        return _MARKDOWN_CELL
    return _TABBED_CELL if "\t" in text else None


def _fits_below(above: Piece, piece: Piece, cell: re.Pattern[str]) -> bool:
    columns = len(above.cells[0]) if above.cells else len(_row(above, cell))
    same = _cell_form(above.text.partition("\n")[0]) is cell
    return same and (cell is _MARKDOWN_CELL or columns == len(_row(piece, cell)))


def _add_row(table: Piece, piece: Piece, cell: re.Pattern[str]) -> None:
    if table.kind is None:
        table.kind, table.cells = BlockKind.TABLE, (_row(table, cell),)
    if not _TABLE_RULE.match(piece.text):
        table.cells += (_row(piece, cell),)
    table.text += "\n" + piece.text
    table.end = piece.end


def _row(piece: Piece, cell: re.Pattern[str]) -> tuple[Span, ...]:
    found = cell.finditer(piece.text)
    return tuple(Span(piece.start + one.start(), piece.start + one.end()) for one in found)
