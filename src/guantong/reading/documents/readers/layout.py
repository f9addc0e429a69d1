"""Text on a printed page: columns in reading order, lines, paragraphs and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDS = re.compile(r"[。！？!?；;：:…”）)]$")
_NARROWEST_GUTTER = 0.8
_MOST_CROSSING = 0.12
_FEWEST_LINES = 4
_FEWEST_FOR_MARGINS = 10
_CELL_GAP = 0.9


@dataclass(slots=True)
class Segment:
    """Characters printed next to each other; lengths in points, downwards from the top.

    ``height`` is the mean of its characters', since fonts in one line differ in height.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float = 0.0

    @property
    def size(self) -> float:
        """The height of the print."""
        return self.height or self.bottom - self.top

    def extend(self, other: Segment, space: str) -> None:
        """Take up what is printed to the right."""
        counts = len(self.text), len(other.text)
        self.height = (self.size * counts[0] + other.size * counts[1]) / sum(counts)
        self.text += space + other.text
        self.right = max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


@dataclass(slots=True)
class Line:
    """A line of one column; ``parts`` are more than one where wide gaps part it."""

    parts: list[Segment]
    column: int = 0
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = " ".join(part.text for part in self.parts)

    @property
    def left(self) -> float:
        """The left edge."""
        return self.parts[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.parts[-1].right

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(part.top for part in self.parts)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(part.bottom for part in self.parts)

    @property
    def size(self) -> float:
        """The height of the print, the mean of all parts."""
        letters = sum(len(part.text) for part in self.parts)
        return sum(part.size * len(part.text) for part in self.parts) / letters


@dataclass(slots=True)
class Passage:
    """A paragraph, or a table where ``rows`` is filled."""

    lines: list[Line]
    indented: bool = False
    rows: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as they were broken."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The usual height of its print."""
        return median(line.size for line in self.lines)


def lines_in_order(segments: Sequence[Segment]) -> list[Line]:
    """Return the lines of a page in reading order, column by column."""
    lines: list[Line] = []
    for number, column in enumerate(_columns(list(segments))):
        lines += _lines(column, number)
    return lines


def _columns(segments: list[Segment]) -> list[list[Segment]]:
    """Part a page at its gutter, if it has one; what crosses the gutter parts it into bands."""
    gutter = _gutter(segments)
    if gutter is None:
        return [segments] if segments else []
    crossing = sorted(
        (part for part in segments if part.left < gutter < part.right), key=lambda part: part.top
    )
    columns: list[list[Segment]] = []
    rest = [part for part in segments if not part.left < gutter < part.right]
    for bar in [*crossing, None]:
        above = [part for part in rest if bar is None or part.top < bar.top]
        rest = [part for part in rest if not (bar is None or part.top < bar.top)]
        for side in (
            [part for part in above if part.right <= gutter],
            [part for part in above if part.left >= gutter],
        ):
            columns += _columns(side) if side else []
        if bar is not None:
            columns.append([bar])
    return _joined_bars(columns)


def _joined_bars(columns: list[list[Segment]]) -> list[list[Segment]]:
    """Put lines that cross the gutter one below the other back into one column."""
    joined: list[list[Segment]] = []
    for column in columns:
        if joined and len(column) == 1 and _follows(joined[-1], column[0]):
            joined[-1].append(column[0])
        else:
            joined.append(list(column))
    return joined


def _follows(above: list[Segment], part: Segment) -> bool:
    last = above[-1]
    near = 0 <= part.top - last.top < 3 * part.size
    return (
        near
        and all(other.right > part.left for other in above)
        and len(above) < 40
        and (last.right - last.left > 0.6 * (part.right - part.left))
    )


def _gutter(segments: list[Segment]) -> float | None:
    """Return where a vertical strip of white parts most of the lines into left and right."""
    if len(segments) < 2 * _FEWEST_LINES:
        return None
    size = median(part.size for part in segments)
    left = min(part.left for part in segments)
    right = max(part.right for part in segments)
    steps = max(1, int((right - left) / (size / 4)))
    crossed = [0] * (steps + 1)
    for part in segments:
        first = int((part.left - left) / (right - left) * steps)
        last = int((part.right - left) / (right - left) * steps)
        for step in range(first, min(last, steps) + 1):
            crossed[step] += 1
    allowed = len(segments) * _MOST_CROSSING
    best: tuple[float, float] | None = None
    start = None
    for step in range(int(steps * 0.15), int(steps * 0.85) + 1):
        if crossed[step] <= allowed:
            start = step if start is None else start
            width = (step - start + 1) * (right - left) / steps
            if width >= _NARROWEST_GUTTER * size and (best is None or width > best[0]):
                best = (width, left + (start + step + 1) / 2 * (right - left) / steps)
        else:
            start = None
    return best[1] if best is not None and _two_columns(segments, best[1], size) else None


def _two_columns(segments: list[Segment], gutter: float, size: float) -> bool:
    """Whether both sides hold running text and not the cells of a table."""
    sides = (
        [part for part in segments if part.right <= gutter],
        [part for part in segments if part.left >= gutter],
    )
    for side in sides:
        wide = [part for part in side if part.right - part.left > 8 * size]
        if len(side) < _FEWEST_LINES or len(wide) * 2 < len(side):
            return False
    tops = [(min(part.top for part in side), max(part.bottom for part in side)) for side in sides]
    return min(tops[0][1], tops[1][1]) > max(tops[0][0], tops[1][0])


def _lines(segments: Iterable[Segment], column: int) -> list[Line]:
    """Put segments on one height together into lines."""
    lines: list[list[Segment]] = []
    tallest: list[Segment] = []
    for part in sorted(segments, key=lambda part: part.top + part.bottom):
        if tallest and _beside(tallest[-1], part):
            lines[-1].append(part)
            tallest[-1] = max(tallest[-1], part, key=lambda one: one.bottom - one.top)
        else:
            lines.append([part])
            tallest.append(part)
    return [Line(_merged(sorted(row, key=lambda part: part.left)), column) for row in lines]


def _beside(first: Segment, second: Segment) -> bool:
    """Whether the lower of two parts lies beside the higher for at least half its height."""
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared >= 0.5 * min(first.bottom - first.top, second.bottom - second.top)


def _merged(row: list[Segment]) -> list[Segment]:
    """Join the segments of a line that no wide gap parts; text printed twice counts once."""
    merged: list[Segment] = []
    for part in row:
        last = merged[-1] if merged else None
        if last is None or part.left - last.right > _CELL_GAP * max(part.size, last.size):
            merged.append(part)
            continue
        if part.left < last.right - 0.5 * part.size and part.text == last.text:
            continue
        last.extend(part, " " if part.left - last.right > 0.3 * part.size else "")
    return merged


def passages(lines: Sequence[Line], usual: tuple[float, float] | None = None) -> list[Passage]:
    """Return paragraphs and tables of a page whose lines stand in reading order.

    ``usual`` are the margins of the document, for pages with too few lines to show them.
    """
    found: list[Passage] = []
    index = 0
    while index < len(lines):
        rows = _table_at(lines, index)
        if rows:
            table = list(lines[index : index + rows])
            found.append(Passage(table, rows=_aligned(table)))
            index += rows
            continue
        column = [line for line in lines if line.column == lines[index].column]
        margins = _margins(column, usual)
        last = found[-1] if found else None
        line = lines[index]
        if last is not None and not last.rows and _continues(last.lines[-1], line, margins):
            last.lines.append(line)
        else:
            found.append(Passage([line], indented=line.left - margins[0] > 1.2 * line.size))
        index += 1
    return found


def _margins(
    column: Sequence[Line], usual: tuple[float, float] | None
) -> tuple[float, float, float]:
    """Return left margin, right margin and the usual distance between lines."""
    steps = [b.top - a.top for a, b in pairwise(column) if b.top > a.top]
    step = median(steps) if steps else 0.0
    if usual is not None and len(column) < _FEWEST_FOR_MARGINS:
        inside = all(usual[0] - 2 <= line.left and line.right <= usual[1] + 9 for line in column)
        if inside:
            return *usual, min(step, 2 * column[0].size)
    lefts = Counter(round(line.left) for line in column)
    often = [left for left, count in lefts.items() if count >= max(1, len(column) * 0.2)]
    left = min(often, default=min(line.left for line in column))
    rights = sorted(line.right for line in column)
    right = rights[int(len(rights) * 0.8)] if len(rights) > 2 else rights[-1]
    return left, right, step


def _continues(before: Line, line: Line, margins: tuple[float, float, float]) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before`` in the same column."""
    left, right, step = margins
    size = max(before.size, line.size)
    if before.column != line.column or abs(before.size - line.size) > 0.15 * size:
        return False
    if len(before.parts) > 2 or len(line.parts) > 2:
        return False
    if line.left - left > 1.2 * size:
        middle = abs(line.left + line.right - left - right) < 4 * size
        near = line.top - before.top < 2 * size
        return (
            middle and near and _same_centre(before, line, size) and not _ENDS.search(before.text)
        )
    if line.top - before.top > 1.45 * max(step, size):
        return False
    full = before.right > right - 1.6 * size
    if marker(line.text) is not None and (not full or _ENDS.search(before.text)):
        return False
    return full


def _same_centre(before: Line, line: Line, size: float) -> bool:
    """Whether both lines are centred one above the other, as those of a long title."""
    centres = (before.left + before.right) / 2, (line.left + line.right) / 2
    return abs(centres[0] - centres[1]) < size and abs(before.left - line.left) > size / 4


def _table_at(lines: Sequence[Line], index: int) -> int:
    """Return how many lines from ``index`` on form a table; 0 if none do."""
    first = lines[index]
    if len(first.parts) < 2:
        return 0
    count = 0
    for line in lines[index:]:
        if line.column != first.column or len(line.parts) < 2 or not _short_cells(line):
            break
        count += 1
    rows = lines[index : index + count]
    columns = median(len(line.parts) for line in rows) if rows else 0
    if count == 2 and columns > 2 and _same_columns(*rows):
        return 2
    return count if count >= (3 if columns > 2 else 4) else 0


def _same_columns(above: Line, below: Line) -> bool:
    if len(above.parts) != len(below.parts):
        return False
    pairs = zip(above.parts, below.parts, strict=True)
    return all(a.left < b.right and b.left < a.right for a, b in pairs)


def _short_cells(line: Line) -> bool:
    return max(len(part.text) for part in line.parts) <= 40


def _aligned(rows: Sequence[Line]) -> list[list[str]]:
    """Give every row the same columns by where the cells of the fullest row stand."""
    model = max(rows, key=lambda line: len(line.parts)).parts
    centres = [(part.left + part.right) / 2 for part in model]
    table = []
    for line in rows:
        row = [""] * len(centres)
        for part in line.parts:
            middle = (part.left + part.right) / 2
            nearest = min(range(len(centres)), key=lambda n: abs(centres[n] - middle))
            row[nearest] = f"{row[nearest]} {part.text}".strip()
        table.append(row)
    return table
