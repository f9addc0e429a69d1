"""Sentences that a line, column or page broke in two are put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import marker
from guantong.reading.documents.model import BlockKind
from guantong.reading.documents.structure import HEADING_MARK, KEY_LINE, SUBTITLE_LINE

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Draft, Piece

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_FINISHED = re.compile(r"[。！？!?；;：:…—”’」』）)》】\]]$")
_GOES_ON = re.compile(r"[，。、；：！？”’」』）)》】,.;:!?%％]")
_NEEDS_MORE = re.compile(r"[的和与及或、，,为以对将把被在由从向于“（(《]$")
_INNER_STOP = re.compile(r"[，,、；;。]")
_ENDS_IN_NAME = re.compile(r"[。！？!?]\S{0,4}\s+\S{2,4}$|(?:摄|电|讯)$")
_SHORT = 10
_REMEMBERED = 120
_PROSE_FROM = 15


def mend(draft: Draft) -> list[list[Piece]]:
    """Return the pieces of each block: one, or those that belong to one broken paragraph."""
    groups: list[list[Piece]] = []
    so_far = ""
    width = 0 if draft.whole else _line_width(draft.pieces)
    told = any(HEADING_MARK.match(piece.text) for piece in draft.pieces if not piece.noise)
    for piece in draft.pieces:
        if groups and _belongs(groups[-1][-1], so_far, piece, _Setting(draft.whole, width, told)):
            piece.kind, piece.level = groups[-1][0].kind, groups[-1][0].level
            groups[-1].append(piece)
            so_far = (so_far + piece.text)[-_REMEMBERED:]
        else:
            groups.append([piece])
            so_far = piece.text[-_REMEMBERED:]
    return groups


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the document was written: paragraphs whole, lines of one width, headings marked."""

    whole: bool
    width: int
    told: bool


def _belongs(before: Piece, so_far: str, piece: Piece, setting: _Setting) -> bool:
    if before.noise or piece.noise or before.article != piece.article:
        return False
    if before.kind is BlockKind.TITLE and piece.kind is BlockKind.TITLE:
        same = before.level == piece.level and not HEADING_MARK.match(piece.text)
        return same and before.text[-1:] != piece.text[:1] and not SUBTITLE_LINE.match(piece.text)
    if setting.whole or piece.kind is BlockKind.LIST_ITEM or marker(piece.text) is not None:
        return False
    if before.kind is BlockKind.HEADING and piece.gap == 0:
        return _is_broken_heading(before, piece)
    if before.kind not in _PROSE or piece.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    if piece.kind is BlockKind.HEADING and HEADING_MARK.match(piece.text):
        return False
    if KEY_LINE.match(piece.text) or (len(before.text) <= 60 and KEY_LINE.match(before.text)):
        return False
    full = setting.width and _width(before.text) >= setting.width - 2
    if full and piece.gap == 0 and not piece.indented:
        return True
    return _is_broken_sentence(before, so_far, piece, setting.told)


def _is_broken_heading(before: Piece, piece: Piece) -> bool:
    short = len(before.text) + len(piece.text) <= 50
    return short and before.text.endswith(("的", "和", "与", "、")) and piece.kind is not None


def _is_broken_sentence(before: Piece, text: str, piece: Piece, told: bool) -> bool:
    if _GOES_ON.match(piece.text):
        return len(text) >= _SHORT
    if _FINISHED.search(text) or _ENDS_IN_NAME.search(text) or piece.indented:
        return False
    if piece.kind is BlockKind.HEADING and piece.gap:
        return False
    if _NEEDS_MORE.search(text):
        return len(text) >= _SHORT
    prose = len(text) >= _PROSE_FROM and _INNER_STOP.search(text) is not None
    return prose or (told and len(text) >= _SHORT and before.kind is BlockKind.PARAGRAPH)


def _line_width(pieces: list[Piece]) -> int:
    """Return the width at which every line of the text was broken, 0 if lines are paragraphs."""
    lines = [piece for piece in pieces if not piece.noise]
    if len(lines) < 8:
        return 0
    widths = sorted(_width(piece.text) for piece in lines)
    widest = widths[int(len(widths) * 0.9)]
    if not 30 <= widest <= 130:
        return 0
    full = [
        piece
        for piece, after in pairwise(lines)
        if widest - 4 <= _width(piece.text) <= widest + 2 and after.gap == 0
    ]
    unfinished = [piece for piece in full if not _FINISHED.search(piece.text)]
    return widest if len(full) >= len(lines) * 0.4 and len(unfinished) * 2 >= len(full) else 0


def _width(text: str) -> int:
    """Return the columns that ``text`` takes: two for each character that is not ASCII."""
    return len(text.encode("gbk", "replace"))
