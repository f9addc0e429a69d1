"""How deep each heading and item of an enumeration lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import RANKS, marker
from guantong.reading.documents.model import BlockKind
from guantong.reading.documents.structure import APPENDIX_LINE, HEADING_MARK

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Piece

_OUTERMOST = -1
# A heading without a mark lies below 一、 once 一、 was seen, and above 第一条 and （一）.
_BELOW_COMMA = 3.5
_TOLD = -100
_BULLET = 20


def set_levels(pieces: list[Piece]) -> None:
    """Set the level of headings and items: 1 is outermost, anew in every article."""
    open_ranks: list[float] = []
    article, numbered, appended = 0, False, False
    for piece in pieces:
        if piece.article != article:
            open_ranks, article, numbered, appended = [], piece.article, False, False
        if piece.kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM):
            appended = appended and piece.noise
            if piece.text.startswith(("附件：", "附件:")):
                open_ranks = []
            continue
        rank = _rank(piece, numbered, appended)
        while open_ranks and open_ranks[-1] >= rank:
            open_ranks.pop()
        open_ranks.append(rank)
        piece.level = len(open_ranks)
        numbered = numbered or rank == RANKS["comma"]
        appended = APPENDIX_LINE.match(piece.text) is not None
        numbered = numbered and not appended


def _rank(piece: Piece, numbered: bool, appended: bool) -> float:
    mark = marker(HEADING_MARK.sub("", piece.text))
    if piece.kind is BlockKind.HEADING and piece.level:
        return _TOLD + piece.level
    if mark is not None:
        return RANKS[mark.style]
    if piece.kind is BlockKind.LIST_ITEM:
        return _BULLET + piece.level
    outer = not numbered or appended or APPENDIX_LINE.match(piece.text) is not None
    return _OUTERMOST if outer else _BELOW_COMMA
