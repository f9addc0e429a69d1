"""What a reader of one format hands over: the text, and its pieces with what the format tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from guantong.errors import InputError
from guantong.reading.documents.model import BlockKind, Limits, Remark
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was handed in; ``progress`` is told (pages read, pages in all)."""

    name: str
    data: bytes
    limits: Limits
    path: Path | None = None
    progress: Progress | None = None

    def report(self, done: int, total: int) -> None:
        """Tell whoever waits how far the reading is."""
        if self.progress is not None:
            self.progress(done, total)


@dataclass(slots=True, kw_only=True)
class Piece:
    """A line or paragraph as the format gave it.

    ``kind`` is ``None`` where the format does not tell; ``gap`` counts the blank lines before;
    ``indented`` says that it opens with an indent, as a paragraph of printed Chinese does.
    """

    start: int
    end: int
    text: str
    kind: BlockKind | None = None
    level: int = 0
    page: int = 1
    gap: int = 0
    indented: bool = False
    rule: str = ""
    article: int = 0
    cells: tuple[tuple[Span, ...], ...] = ()

    @property
    def noise(self) -> bool:
        """Whether the piece was found to be noise."""
        return self.kind is BlockKind.NOISE

    def drop(self, rule: str) -> None:
        """Mark the piece as noise found by ``rule``."""
        self.kind = BlockKind.NOISE
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text and pieces in order, before anything is recognised in them.

    ``whole`` says that the format keeps paragraphs whole, so that none is put together.
    """

    text: str
    pieces: list[Piece]
    pages: tuple[Span, ...]
    remarks: tuple[Remark, ...] = ()
    whole: bool = False


class Reader(Protocol):
    """Reads one format; registered by name in the entry-point group ``guantong.readers``."""

    def read(self, source: Source) -> Draft:
        """Return the draft of ``source``; raise ``InputError`` if it cannot be read."""
        ...


@dataclass(slots=True)
class DraftWriter:
    """Builds the text of a draft piece by piece, for formats whose text has to be put together."""

    source: Source
    page: int = 1
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _pieces: list[Piece] = field(default_factory=list)
    _pages: list[int] = field(default_factory=lambda: [0])
    remarks: list[Remark] = field(default_factory=list)

    def add(
        self,
        text: str,
        *,
        kind: BlockKind | None = None,
        level: int = 0,
        rule: str = "",
        page: int | None = None,
        gap: int = 0,
        indented: bool = False,
    ) -> None:
        """Append one piece on a line of its own; nothing but space is left out."""
        text = text.strip()
        if not text:
            return
        start = self._write(text)
        piece = Piece(start=start, end=start + len(text), text=text, kind=kind, level=level)
        piece.rule, piece.gap, piece.page = rule, gap, page or self.page
        piece.indented = indented
        self._pieces.append(piece)

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Append a table as one piece: a line for each row, tabs between the cells."""
        tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
        tidy = [row for row in tidy if any(row)]
        if not tidy:
            return
        text = "\n".join("\t".join(row) for row in tidy)
        start = self._write(text)
        cells, offset = [], start
        for row in tidy:
            spans = []
            for cell in row:
                spans.append(Span(offset, offset + len(cell)))
                offset += len(cell) + 1
            cells.append(tuple(spans))
        self._pieces.append(
            Piece(
                start=start,
                end=start + len(text),
                text=text,
                kind=BlockKind.TABLE,
                page=self.page,
                cells=tuple(cells),
            )
        )

    def turn_page(self) -> None:
        """Begin the next page."""
        self.page += 1
        self._pages.append(self._length)

    def draft(self, *, whole: bool = True) -> Draft:
        """Return what was written."""
        ends = [*self._pages[1:], self._length]
        pages = tuple(Span(start, end) for start, end in zip(self._pages, ends, strict=True))
        return Draft(
            text="".join(self._parts),
            pieces=self._pieces,
            pages=pages,
            remarks=tuple(self.remarks),
            whole=whole,
        )

    def _write(self, text: str) -> int:
        start = self._length
        self._parts += (text, "\n")
        self._length += len(text) + 1
        if self._length > self.source.limits.characters:
            limit = self.source.limits.characters
            raise InputError("documents.too_long", file=self.source.name, limit=limit)
        return start
