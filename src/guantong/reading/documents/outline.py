"""The enumeration of a document as a tree: 一、 over （一） over 1., and 一是…二是… inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import RANKS, Marker, inline_markers, marker
from guantong.reading.documents.model import Block, BlockKind, Document
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]?")
_ENUMERATED = frozenset({BlockKind.HEADING, BlockKind.LIST_ITEM})
_ROOT = -1
# Marks inside a paragraph lie below every block.
_INSIDE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a document: its mark, first sentence and everything below it.

    ``style`` names the kind of mark (see ``enumeration.RANKS``; ``heading`` and ``bullet`` have
    none, ``document`` is the root); ``span`` reaches to the end of the part; ``head`` is the
    stretch of the mark and first sentence; ``block`` is the index of the block it opens in.
    """

    style: str
    number: int
    label: str
    title: str
    span: Span
    head: Span
    block: int
    level: int
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class _Open:
    """A part that is still being read."""

    style: str
    rank: int
    number: int
    label: str
    title: str
    start: int
    head: Span
    block: int
    level: int
    children: list[Node] = field(default_factory=list)

    def close(self, end: int) -> Node:
        return Node(
            style=self.style,
            number=self.number,
            label=self.label,
            title=self.title,
            span=Span(self.start, max(end, self.head.end)),
            head=self.head,
            block=self.block,
            level=self.level,
            children=tuple(self.children),
        )


def outline(document: Document) -> Node:
    """Return the tree of the document's parts; noise and captions belong to none."""
    root = _Open("document", _ROOT, 0, "", document.head.title, 0, Span(0, 0), 0, 0)
    stack, end, article = [root], 0, 0
    for index, block in enumerate(document.blocks):
        if block.kind in (BlockKind.NOISE, BlockKind.CAPTION):
            continue
        if block.article != article:
            _close_to(stack, 0, end)
            article = block.article
        for part in _parts(block, index):
            _place(stack, part, end if part.rank < _INSIDE else part.start)
        end = block.span.end
    _close_to(stack, 0, end)
    return root.close(len(document.text))


def _place(stack: list[_Open], part: _Open, end: int) -> None:
    _close_to(stack, part.rank, end)
    part.level = len(stack)
    stack.append(part)


def _close_to(stack: list[_Open], rank: int, end: int) -> None:
    """Close every open part that is not above a part of ``rank``."""
    while len(stack) > 1 and stack[-1].rank >= rank:
        closed = stack.pop()
        stack[-1].children.append(closed.close(end))


def _parts(block: Block, index: int) -> Iterator[_Open]:
    """Yield the parts that open in a block, in the order of the text."""
    mark = marker(block.clean) if block.kind in _ENUMERATED else None
    if block.kind in _ENUMERATED:
        unmarked = Marker("heading" if block.kind is BlockKind.HEADING else "bullet", 0, 0, 0)
        yield _open(block, index, mark or unmarked, block.level)
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return
    for inner in inline_markers(block.clean):
        if mark is None or inner.start >= mark.end:
            yield _open(block, index, inner, _INSIDE + RANKS[inner.style])


def _open(block: Block, index: int, mark: Marker, rank: int) -> _Open:
    sentence = _FIRST_SENTENCE.match(block.clean, mark.end)
    stop = sentence.end() if sentence is not None else mark.end
    head = block.original_span(mark.start, max(stop, mark.start))
    return _Open(
        style=mark.style,
        rank=rank,
        number=mark.number,
        label=block.clean[mark.start : mark.end].strip(),
        title=block.clean[mark.end : stop].strip().rstrip("。；;"),
        start=head.start,
        head=head,
        block=index,
        level=0,
    )
