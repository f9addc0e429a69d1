"""The stretches of a document that rules read, one a block, each mapped back to the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.reading.documents.model import Block, BlockKind
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guantong.reading.documents.model import Document

_WIDTHS = str.maketrans(
    {
        ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "％": "%",
        "•": "·", "・": "·", "‧": "·", "＋": "+", "／": "/", "\u3000": " ", "\xa0": " ", "\t": " ",
        "﹪": "%", "．": ".", "〜": "～", "㎡": "㎡",
    }
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)  # fmt: skip
_STRAIGHT = re.compile('"([^"\n]{1,40})"')
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[章节部编]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)"
)
_BARE_HEADING = re.compile(
    r"^[^，。；：]{0,16}(?:年|时期)[^，。；：]{0,16}(?:回顾|重点工作|主要工作|工作安排|成就|主要目标|目标任务|工作总结)$"
)
_UNFINISHED = re.compile(r"[\u4e00-\u9fff，、0-9A-Za-z]")
_PAUSE = re.compile(r"[，。；]")
_OWN_LINE = re.compile(
    r"^(?:[#*\-—•]|第[一二三四五六七八九十百]+[条章节]|[一二三四五六七八九十]+[、是要]|（|\d+[.、．])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block's text, width-normalised character by character, and how to find its source.

    ``heading`` tells whether the block is a heading, ``level`` its depth. A very long
    block is several passages; ``offset`` is where in the block this one begins.
    """

    text: str
    number: int
    source: Block
    heading: bool
    level: int
    offset: int = 0

    def original(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the document."""
        return self.source.original_span(start + self.offset, end + self.offset)


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the readable blocks of a document, headings included, noise and tables left out."""
    return tuple(_readable_blocks(enumerate(document.blocks)))


def _readable_blocks(blocks: Iterable[tuple[int, Block]]) -> Iterator[Passage]:
    for number, block in blocks:
        if block.kind in (BlockKind.NOISE, BlockKind.TABLE) or not block.clean.strip():
            continue
        text = normalised(block.clean)
        mark = _HEADING.match(text)
        short = len(text) <= 50 and "。" not in text and text[-1] not in "；，、："
        heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING) or (
            short and (mark is not None or _BARE_HEADING.search(text) is not None)
        )
        level = _level(text, block) if heading else block.level
        for start, end in _stretches(text):
            yield Passage(text[start:end], number, block, heading, level, start)


# Rules look back and ahead within a sentence: what they cost grows with its square. No paragraph
# that people wrote comes near this length, so that only what lost its line breaks is cut.
_LONGEST = 6000
_LEAST = 4000


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long text behind a sentence, else a clause, else anywhere."""
    start = 0
    while len(text) - start > _LONGEST:
        window = (start + _LEAST, start + _LONGEST)
        marks = (
            max(text.rfind(mark, *window) for mark in group) for group in ("。！？", "；", "，")
        )
        end = next((mark + 1 for mark in marks if mark >= 0), window[1])
        yield start, end
        start = end
    yield start, len(text)


def _level(text: str, block: Block) -> int:
    if text.startswith("（"):
        return 2
    if _HEADING.match(text) or _BARE_HEADING.search(text):
        return 1
    return block.level or (0 if block.kind is BlockKind.TITLE else 3)


def normalised(text: str) -> str:
    """Return ``text`` with Chinese punctuation and plain digits; characters keep their places."""
    text = text.translate(_WIDTHS)
    if '"' in text:
        text = _STRAIGHT.sub("“\\1”", text)
    return _THOUSANDS.sub(",", text)


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Split a bare string into blocks: a line each, broken sentences mended over blank lines."""
    lines = [
        (found.start(), found.end()) for found in re.finditer(r"[^\s][^\n\r]*[^\s]|[^\s]", text)
    ]
    blocks: list[Block] = []
    group: list[tuple[int, int]] = []
    for start, end in (_unmarked(text, *line) for line in lines):
        if group and not _continues(text, (group[0][0], group[-1][1]), text[start:end]):
            blocks.append(_joined(text, group))
            group = []
        group.append((start, end))
    if group:
        blocks.append(_joined(text, group))
    return tuple(blocks)


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the marks of Markdown headings and bold type at the ends of a line."""
    while start < end - 1 and text[start] in "#* >":
        start += 1
    while end > start + 1 and text[end - 1] in "* ":
        end -= 1
    return start, end


def _continues(text: str, before: tuple[int, int], line: str) -> bool:
    """A line that stops in mid-sentence goes on in the next one that is no new item."""
    start, end = before
    long = end - start >= 40
    running = long or (end - start >= 12 and _PAUSE.search(text, start, end) is not None)
    if not running or _UNFINISHED.match(text, end - 1) is None:
        return False
    if line.startswith(("(", "（")) and long:
        return True
    return len(line) >= 10 and not (_HEADING.match(line) or _OWN_LINE.match(line))


def _joined(text: str, group: list[tuple[int, int]]) -> Block:
    parts, runs, length = [], [], 0
    for start, end in group:
        runs.append((length, start))
        parts.append(text[start:end])
        length += end - start
    return Block(
        kind=BlockKind.PARAGRAPH,
        span=Span(group[0][0], group[-1][1]),
        clean="".join(parts),
        runs=tuple(runs),
    )


def plain_passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a bare string."""
    blocks = plain_blocks(text)
    return tuple(_readable_blocks(enumerate(blocks)))
