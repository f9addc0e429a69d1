"""A block's text with its records marked: which stretch belongs to which records."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from guantong.reading.statements import StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.reading.documents import Block
    from guantong.reading.statements import Statement
    from guantong.text.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A record that a text shows; ``anchor`` is its name on the page."""

    anchor: str
    statement: Statement


class Marks:
    """All marks of a document, found by the stretch of text that they touch."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.statement.span.start)
        self._starts = [mark.statement.span.start for mark in self._marks]
        self._longest = max((_length(mark) for mark in self._marks), default=0)

    def within(self, span: Span) -> list[Mark]:
        """Return the marks that share a character with ``span``."""
        low = bisect_left(self._starts, span.start - self._longest)
        high = bisect_left(self._starts, span.end)
        return [mark for mark in self._marks[low:high] if mark.statement.span.end > span.start]


def marked_block(block: Block, marks: Marks) -> str:
    """Return the clean text of a block as HTML with links around what was read in it."""
    runs = [document for _, document in block.runs]
    placed = [
        (_clean_offset(block, runs, span.start), _clean_offset(block, runs, span.end), mark)
        for mark in marks.within(block.span)
        for span in (mark.statement.span,)
    ]
    return "".join(_pieces(block.clean, placed, block.span.start))


def marked_span(text: str, span: Span, marks: Marks) -> str:
    """Return a stretch of the document, such as a cell of a table, in the same way."""
    found = marks.within(span)
    placed = [
        (
            max(mark.statement.span.start - span.start, 0),
            min(mark.statement.span.end, span.end) - span.start,
            mark,
        )
        for mark in found
    ]
    return "".join(_pieces(span.of(text), placed, span.start))


def _clean_offset(block: Block, runs: list[int], offset: int) -> int:
    """Return where a character of the document stands in the clean text of a block."""
    place = bisect_right(runs, offset) - 1
    if place < 0:
        return 0
    clean, document = block.runs[place]
    following = block.runs[place + 1][0] if place + 1 < len(block.runs) else len(block.clean)
    return min(clean + offset - document, following)


def _pieces(text: str, placed: list[tuple[int, int, Mark]], start: int) -> Iterator[str]:
    cuts = sorted({0, len(text), *(edge for low, high, _ in placed for edge in (low, high))})
    waiting = sorted((each for each in placed if each[0] < each[1]), key=_begin, reverse=True)
    active: list[tuple[int, int, Mark]] = []
    opened: set[str] = set()
    for low, high in pairwise(cuts):
        shown = escape(text[low:high])
        while waiting and waiting[-1][0] <= low:
            active.append(waiting.pop())
        active = [each for each in active if each[1] >= high]
        covering = [mark for _, _, mark in active]
        if not covering:
            yield shown
            continue
        for mark in covering:
            # Only where a record begins: it may go on in further blocks.
            if mark.anchor not in opened and mark.statement.span.start >= start:
                opened.add(mark.anchor)
                yield f'<span class="at" id="q{mark.anchor}"></span>'
        first = min(covering, key=_rank)
        kinds = " ".join(dict.fromkeys(mark.statement.kind.value for mark in covering))
        yield f'<a class="m {kinds}" href="#r{first.anchor}">{shown}</a>'


def _begin(placed: tuple[int, int, Mark]) -> int:
    return placed[0]


def _rank(mark: Mark) -> tuple[bool, int]:
    """Order marks: the shortest wins a click, but a mention never hides what is said of it."""
    return mark.statement.kind is StatementKind.MENTION, _length(mark)


def _length(mark: Mark) -> int:
    return mark.statement.span.end - mark.statement.span.start
