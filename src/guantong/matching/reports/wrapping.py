"""Lines of a given width on a terminal: Chinese breaks between characters, English at spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

_PIECES = re.compile(r"[ ]+|[⺀-鿿豈-﫿＀-￯、-〿“”‘’…—]|[^\s⺀-鿿豈-﫿＀-￯、-〿“”‘’…—]+")
_NEVER_FIRST = frozenset("，。；：、！？）》〉」』】”’…")
_NEVER_LAST = frozenset("（《〈「『【“‘")
_WIDE = frozenset("WF")


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(character) for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, each within ``width`` columns; its own line breaks stay."""
    return [line for each in text.split("\n") for line in _wrapped(each, max(width, 2))]


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character == "​":
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _wrapped(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    for piece in _units(text, width):
        if line and width_of("".join(line)) + width_of(piece.rstrip(" ")) > width:
            carried = _carried(line, piece)
            yield "".join(line).rstrip(" ")
            line = carried
        else:
            line.append(piece)
    yield "".join(line).rstrip(" ")


def _carried(line: list[str], piece: str) -> list[str]:
    """Take off the line what has to go over to the next one together with ``piece``."""
    carried = [piece] if piece.strip(" ") else []
    while len(line) > 1 and carried and carried[0] in _NEVER_FIRST:
        carried.insert(0, line.pop())
    while len(line) > 1 and line[-1] in _NEVER_LAST:
        carried.insert(0, line.pop())
    return carried


def _units(text: str, width: int) -> Iterator[str]:
    """Yield what may not be broken; a word longer than a line is cut."""
    for match in _PIECES.finditer(text):
        piece = match.group()
        while width_of(piece) > width:
            yield piece[:width]
            piece = piece[width:]
        if piece:
            yield piece


class Wrapped:
    """A text for a cell of a table, wrapped to whatever width the cell has.

    ``mark`` stands before each paragraph, with the lines under it indented alike.
    """

    def __init__(self, text: str, style: str = "", *, mark: str = "") -> None:
        self._text = text
        self._style = style
        self._mark = mark

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment

        style = console.get_style(self._style or "none")
        indent = " " * width_of(self._mark)
        for paragraph in self._text.split("\n"):
            lines = wrap(paragraph, options.max_width - len(indent))
            for at, line in enumerate(lines):
                yield Segment((indent if at else self._mark) + line, style)
                yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        longest = max(map(width_of, self._text.split("\n"))) + width_of(self._mark)
        return Measurement(min(12, longest), min(longest, options.max_width))
