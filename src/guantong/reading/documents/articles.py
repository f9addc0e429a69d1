"""Several articles on one page: where each begins, and which pieces are its."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guantong.reading.documents.model import BlockKind
from guantong.reading.documents.structure import HEADING_MARK

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Piece

# 新华社北京1月30日电, 据新华社…, 本报讯, 本报北京1月30日电: how a news item opens.
DATELINE = re.compile(
    r"\**(?:据|综合)?(?:本报(?:讯|[^，。]{0,12}(?:电|讯))"
    r"|(?:新华社|中新社|中新网|人民网|央视网|[^，。\s“”]{2,8}(?:社|网|报))[^，。]{0,12}\d{1,2}月\d{1,2}日\s*(?:电|讯|消息))"
)
_CLOSING = re.compile(r"[（(](?:(?:据)?新华社|(?:本报)?记者|通讯员|完)[^（）()]{0,40}[）)]$")
_HEADLINE = re.compile(r"\S{5,}\s+\S{5,}(?:\s+\S+)*$")
# Number, addressee and letterhead above a title are no text of an earlier article.
_BODY_FROM = 20
_MARK_LIKE = re.compile(r"[一二三四五六七八九十]+、|[（(]")


def number_articles(pieces: list[Piece]) -> None:
    """Give every piece the number of its article; the heading of each becomes its title."""
    several = sum(1 for piece in pieces if not piece.noise and DATELINE.match(piece.text)) > 1
    number, has_body, titled, closed = 0, False, False, False
    for index, piece in enumerate(pieces):
        starts = has_body and _starts_article(pieces, index, several, closed)
        starts = starts and (titled or piece.kind is not BlockKind.TITLE)
        if starts or _is_untitled_start(pieces, index, has_body):
            number, has_body, titled = number + int(has_body), False, False
            if starts:
                piece.kind, piece.level = BlockKind.TITLE, 1
        piece.article = number
        titled = titled or piece.kind is BlockKind.TITLE
        if piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE):
            has_body = has_body or len(piece.text) >= _BODY_FROM or piece.text.endswith("。")
            closed = _CLOSING.search(piece.text[-60:]) is not None
        elif piece.rule in ("byline", "editor"):
            closed = has_body
        elif not piece.noise and piece.kind is not BlockKind.CAPTION:
            closed = False


def _starts_article(pieces: list[Piece], index: int, several: bool, closed: bool) -> bool:
    piece = pieces[index]
    if piece.kind is BlockKind.TITLE:
        return piece.level == 1 and _titles_differ(pieces, index)
    if piece.kind is not BlockKind.HEADING or _MARK_LIKE.match(piece.text):
        return False
    if HEADING_MARK.match(piece.text):
        return piece.level == 1 or (piece.level == 2 and _opens_news(pieces, index))
    if piece.level:
        return piece.level == 1 and _opens_news(pieces, index)
    if _opens_news(pieces, index) or (closed and several):
        return True
    return several and piece.gap > 0 and _HEADLINE.match(piece.text) is not None


def _titles_differ(pieces: list[Piece], index: int) -> bool:
    """Whether the title is not a further line of the title above."""
    above = next((pieces[n] for n in range(index - 1, -1, -1) if not pieces[n].noise), None)
    return above is None or above.kind is not BlockKind.TITLE


def _opens_news(pieces: list[Piece], index: int) -> bool:
    """Whether the first paragraph below a heading opens as news does."""
    for piece in pieces[index + 1 : index + 8]:
        if piece.noise or piece.kind is BlockKind.CAPTION:
            continue
        return DATELINE.match(piece.text) is not None
    return False


def _is_untitled_start(pieces: list[Piece], index: int, has_body: bool) -> bool:
    """Whether a bare dateline after the end of a news item opens another one without a title."""
    if not has_body or pieces[index].kind is not BlockKind.PARAGRAPH:
        return False
    if not DATELINE.match(pieces[index].text):
        return False
    above = pieces[index - 1]
    return above.noise and above.rule in ("byline", "editor", "copyright")
