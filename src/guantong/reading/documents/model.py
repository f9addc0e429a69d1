"""A document in one clean representation: blocks, articles and head, all pointing into its text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from guantong.text.spans import Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

_NO_SPANS: Mapping[str, Span] = MappingProxyType({})
_NO_PARAMS: Mapping[str, object] = MappingProxyType({})


class BlockKind(StrEnum):
    """What a block is in its document."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    NOISE = "noise"


class DocumentKind(StrEnum):
    """What sort of official text a document is."""

    REPORT = "report"
    NOTICE = "notice"
    MEASURES = "measures"
    OPINIONS = "opinions"
    PLAN = "plan"
    LAW = "law"
    GUIDE = "guide"
    LIST = "list"
    ANNOUNCEMENT = "announcement"
    LETTER = "letter"
    INTERPRETATION = "interpretation"
    SPEECH = "speech"
    NEWS = "news"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the document that belongs together.

    ``clean`` is the block with line breaks inside sentences mended, spaces inside Chinese and
    marks of Markdown removed; ``runs`` map it back: ``(clean offset, document offset)`` of each
    stretch taken over unchanged. ``level`` is that of a heading or enumeration (1 is outermost,
    0 is none); ``page`` counts from 1, ``article`` from 0; ``rule`` names the rule that made the
    block noise; ``cells`` are the cells of a table row by row.
    """

    kind: BlockKind
    span: Span
    clean: str
    runs: tuple[tuple[int, int], ...]
    level: int = 0
    page: int = 1
    article: int = 0
    rule: str = ""
    cells: tuple[tuple[Span, ...], ...] = ()

    def original_span(self, start: int, end: int) -> Span:
        """Return where ``clean[start:end]`` stands in the document's text."""
        if not 0 <= start <= end <= len(self.clean):
            raise ValueError(f"[{start}, {end}) is outside the block")
        first = self._original(start) if start < len(self.clean) else self.span.end
        if start == end:
            return Span(first, first)
        return Span(first, self._original(end - 1) + 1)

    def _original(self, offset: int) -> int:
        clean_start, document_start = self.runs[bisect_right(self.runs, offset, key=_first) - 1]
        return document_start + offset - clean_start


def _first(run: tuple[int, int]) -> int:
    return run[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a document says about itself; empty where it says nothing.

    ``date`` is the day it was issued, delivered or, failing both, published; ``spans`` tell where
    each field was read, by the field's name. ``region`` is the place as worded; ``source`` the
    medium it appeared in; ``language`` is ``zh``, ``en`` or ``other``.
    """

    title: str = ""
    subtitle: str = ""
    issuer: str = ""
    number: str = ""
    date: datetime.date | None = None
    published: datetime.date | None = None
    region: str = ""
    kind: DocumentKind = DocumentKind.OTHER
    series: str = ""
    source: str = ""
    language: str = "zh"
    attachments: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=lambda: _NO_SPANS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One of the articles on a page: its number, stretch of text and own head."""

    number: int
    span: Span
    head: Head


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that whoever reads the document should know: a message code and parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NO_PARAMS)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that was read in full; every span in it points into ``text``.

    For a text file ``text`` is the decoded file to the character; for other formats it is what
    was extracted, in reading order, noise included. ``pages`` holds the stretch of each page.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    head: Head
    articles: tuple[Article, ...]
    pages: tuple[Span, ...]
    format: str
    sha256: str
    remarks: tuple[Remark, ...] = ()

    @property
    def attachments(self) -> tuple[str, ...]:
        """Titles of the attachments that the document names."""
        return self.head.attachments

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks without noise."""
        return tuple(block for block in self.blocks if block.kind is not BlockKind.NOISE)

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the character at ``offset``."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        if index < 0 or offset >= self.blocks[index].span.end:
            return None
        return self.blocks[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is read before it is refused.

    ``file_bytes`` of the file itself; ``unpacked_bytes`` of all its parts together and
    ``part_bytes`` of one part, for files that are archives; ``characters`` of extracted text.
    """

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    part_bytes: int = 256 * 1024 * 1024
    characters: int = 50_000_000
    pages: int = 5_000
