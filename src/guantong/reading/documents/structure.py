"""What each line or paragraph is: title, heading, item of an enumeration, caption or prose."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from guantong.reading.documents.enumeration import RANKS, Marker, marker
from guantong.reading.documents.model import BlockKind

if TYPE_CHECKING:
    from guantong.reading.documents.drafts import Draft, Piece

HEADING_MARK = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"(?:[-*+•·●■◆▪]\s+|[•●■◆▪])")
_LONGEST_HEADING = 50
_LONG_PROSE = 40
_LONGEST_TITLE = 80
_OPEN_END = re.compile(r"[。；;，,、：:]$")
KEY_LINE = re.compile(
    r"[^：:，。]{0,12}(?:机关|单位|部门|机构|文号|字号|日期|时间|期限?|电话|地址|邮箱|邮编|网址|传真|"
    r"联系人|编号|类别|主题词|索引号|名称|范围|对象|印发|抄送|主送|附件)[：:]"
)
_SALUTATION = re.compile(r"[^，。]{2,30}(?:代表|委员|同志们|各位|领导|来宾|朋友们)[们]?[：:！!]$")
_SIGNATURE = re.compile(
    r"(?:\d{4}|[二〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
    r"|[^，。！？]{2,30}(?:人民政府|办公室|办公厅|委员会|[协学商]会|联合会|[报通讯]社|[厅院署]|(?<![开布格全结大变破])局|集团|公司)$"
    r"|[^，。]{0,20}(?:省长|市长|主席|州长|县长|区长|盟长|旗长|主任|书记|局长|厅长|部长|院长)\s+\S{1,4}(?:\s?\S{1,12})?$"
)
_NUMBER_LINE = re.compile(r".{0,20}[〔\[【（(﹝［](?:19|20)\d{2}[〕\]】）)﹞］]\s*第?\s*\d+\s*号")
APPENDIX_LINE = re.compile(
    r"(?:附件|附录|附表|附)\s*[\d一二三四五六七八九十]*\s*[：:]?$|注释$|名词解释$|目\s*录$"
)
_CAPTION = re.compile(
    r"(?:图为|图\s*\d+(?:[-.]\d+)*[\s：:.]|表\s*\d+(?:[-.]\d+)*[\s：:.]|[▲△↑↓▼]|[上下左右]图|图片说明|资料图)"
    r"|.{4,88}[。\s）)]\s*.{0,24}(?:摄|新华社发|中新社发|供图|资料图|资料照片|无人机照片[）)])[）)]?$"
)
_PICTURED = re.compile(r"(?:在.{4,40}[，的]|这是|\d+月\d+日[，,]).{2,50}。$")
SUBTITLE_LINE = re.compile(r"(?:——|――|--|—)?\s*.{0,8}\d{4}年\d{1,2}月\d{1,2}日.{0,3}在.{6,}")
_DOCUMENT_TITLE = re.compile(
    r"[^，。；]{2,60}(?:工作报告|报告|通知|意见|办法|细则|规定|条例|方案|规划|计划|要点|纲要|措施|政策|"
    r"指南|公告|通告|通报|公报|决定|决议|批复|函|清单|目录|名单|规则|章程|解读|讲话|倡议书?|白皮书|蓝皮书)"
    r"(?:[（(][^（）()]{1,20}[）)])?(?:的(?:通知|公告|通报|函|批复|决定|意见|请示|报告))?$"
)
# 关于… and 印发… need the 通知 or 意见 that the next line brings.
_BROKEN_TITLE = re.compile(r"(?:关于|印发|转发|《)[^》。；]*$|[的和与及、]$")
_CONTENTS_GAP = 2


def recognise(draft: Draft) -> None:
    """Give every piece that is not noise its kind, and headings their level."""
    pieces = [piece for piece in draft.pieces if not piece.noise]
    marked = any(HEADING_MARK.match(piece.text) for piece in pieces)
    told = marked or any(piece.kind is BlockKind.HEADING for piece in pieces)
    marks = [marker(piece.text) if piece.kind is None else None for piece in pieces]
    for index, piece in enumerate(pieces):
        if piece.kind is None:
            piece.kind = _kind(pieces, marks, index, told)
        found = HEADING_MARK.match(piece.text) if piece.kind is BlockKind.HEADING else None
        if found is not None:
            piece.level = len(found[1])
    _find_title(pieces)


def _kind(pieces: list[Piece], marks: list[Marker | None], index: int, told: bool) -> BlockKind:
    text = pieces[index].text
    mark = marks[index]
    if HEADING_MARK.match(text):
        return BlockKind.HEADING
    if mark is not None:
        return _kind_of_marked(pieces, marks, index, mark)
    if _BULLET.match(text):
        return BlockKind.LIST_ITEM
    if _is_caption(pieces, index):
        return BlockKind.CAPTION
    if APPENDIX_LINE.match(text):
        return BlockKind.HEADING
    if not told and _is_plain_heading(pieces, index):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _kind_of_marked(
    pieces: list[Piece], marks: list[Marker | None], index: int, mark: Marker
) -> BlockKind:
    text = pieces[index].text
    if mark.style in ("part", "chapter", "section"):
        return BlockKind.PARAGRAPH if text.endswith("。") else BlockKind.HEADING
    if mark.style in ("article", "is", "must", "dash", "note", "ordinal"):
        return BlockKind.LIST_ITEM
    if len(text) > _LONGEST_HEADING or re.search(r"[。；;，,、：:！!？?]$|。.", text):
        return BlockKind.LIST_ITEM
    after = marks[index + 1] if index + 1 < len(marks) else None
    if index + 1 == len(pieces) or (after is not None and after.style == mark.style):
        return BlockKind.LIST_ITEM
    return _kind_of_sibling(pieces, marks, index, mark)


def _kind_of_sibling(
    pieces: list[Piece], marks: list[Marker | None], index: int, mark: Marker
) -> BlockKind:
    """Tell an item that could be a heading by the item before it in the same enumeration."""
    minor = mark.number > 1 and RANKS[mark.style] >= RANKS["point"]
    for above in range(index - 1, -1, -1):
        other = marks[above]
        if other is None or other.style != mark.style:
            continue
        if other.number != mark.number - 1:
            return BlockKind.LIST_ITEM if minor else BlockKind.HEADING
        short_item = (
            pieces[above].kind is BlockKind.LIST_ITEM
            and len(pieces[above].text) <= _LONGEST_HEADING
        )
        return BlockKind.LIST_ITEM if above == index - 1 or short_item else BlockKind.HEADING
    return BlockKind.LIST_ITEM if minor else BlockKind.HEADING


def _is_caption(pieces: list[Piece], index: int) -> bool:
    piece = pieces[index]
    if len(piece.text) > 100:
        return False
    if _CAPTION.match(piece.text):
        return True
    alone = piece.gap >= _CONTENTS_GAP and index + 1 < len(pieces) and pieces[index + 1].gap >= 1
    return alone and len(piece.text) <= 60 and _PICTURED.match(piece.text) is not None


def _is_plain_heading(pieces: list[Piece], index: int) -> bool:
    """Tell a heading that nothing marks: short, no sentence, over a longer paragraph."""
    piece = pieces[index]
    if not _could_be_heading(piece.text) or index + 1 == len(pieces):
        return False
    after = pieces[index + 1]
    if index and _unfinished_before(pieces[index - 1], piece):
        return False
    if after.kind is None and _is_caption(pieces, index + 1):
        return piece.gap > 0
    apart = piece.gap > 0 and after.gap > 0 and after.text.endswith("。")
    longer = len(after.text) > (len(piece.text) if apart else _LONG_PROSE)
    ends_itself = after.gap > 0 and not piece.text[-1].isalnum()
    return longer or ends_itself or marker(after.text) is not None


def _could_be_heading(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_HEADING or _OPEN_END.search(text) or "。" in text:
        return False
    if any(form.match(text) for form in (KEY_LINE, _SALUTATION, _SIGNATURE, _NUMBER_LINE)):
        return False
    return re.search(r"[㐀-鿿A-Za-z]{2}", text) is not None


def _unfinished_before(before: Piece, piece: Piece) -> bool:
    return piece.gap == 0 and len(before.text) > _LONGEST_HEADING and before.text[-1].isalnum()


def _find_title(pieces: list[Piece]) -> None:
    """Make the title of the first article out of the lines that stand before its text."""
    top = [piece for piece in _before_text(pieces) if piece.kind is not BlockKind.TABLE]
    if any(piece.kind is BlockKind.TITLE for piece in pieces):
        return
    told = [piece for piece in top if HEADING_MARK.match(piece.text) or piece.level]
    named = [piece for piece in top if _DOCUMENT_TITLE.match(_bare(piece))]
    plain = [piece for piece in top[:1] if _could_be_heading(_bare(piece))]
    chosen = told or named or plain
    if not chosen:
        return
    title = _with_lines_above(top, chosen[0])
    _add_lines_of_title(top, title)


def _with_lines_above(top: list[Piece], title: Piece) -> Piece:
    """Make a title out of ``title`` and of the lines above that it was broken from."""
    title.kind, title.level = BlockKind.TITLE, 1
    last = title
    for above in reversed(top[: [piece is title for piece in top].index(True)]):
        if title.gap or len(above.text) > 60 or not _BROKEN_TITLE.search(above.text):
            break
        above.kind, above.level = BlockKind.TITLE, 1
        title = above
    return last


def _before_text(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces above the first prose or numbered part."""
    for index, piece in enumerate(pieces[:20]):
        prose = len(piece.text) > _LONGEST_TITLE or _SALUTATION.match(piece.text)
        sentence = piece.text.endswith("。") and piece.kind is not BlockKind.CAPTION
        if prose or sentence or _numbered(piece):
            return pieces[:index]
    return pieces[:20]


def _numbered(piece: Piece) -> bool:
    mark = marker(_bare(piece))
    return mark is not None and mark.style != "dash"


def _bare(piece: Piece) -> str:
    return HEADING_MARK.sub("", piece.text).strip("* ")


def _add_lines_of_title(top: list[Piece], title: Piece) -> None:
    """Take the subtitle and further lines of a broken title along with the title."""
    whole = _bare(title)
    following = top[[piece is title for piece in top].index(True) + 1 :]
    for before, piece in pairwise([title, *following]):
        text = _bare(piece)
        repeated = text in whole and len(text) >= 4
        if (
            SUBTITLE_LINE.match(text)
            or repeated
            or (before.level == 2 and _ends_open(before, piece))
        ):
            piece.kind, piece.level = BlockKind.TITLE, 2
        elif before is title and _continues_title(title, piece, len(whole)):
            piece.kind, piece.level = BlockKind.TITLE, 1
            whole += text
            title = piece
        elif before.kind is not BlockKind.TITLE:
            return


def _ends_open(before: Piece, piece: Piece) -> bool:
    """Whether a subtitle that should end in 会议上 was broken by the end of the line."""
    return piece.gap == 0 and not re.search(r"[上）)]$", before.text) and piece.text.endswith("上")


def _continues_title(title: Piece, piece: Piece, so_far: int) -> bool:
    if title.level != 1 or HEADING_MARK.match(title.text) or HEADING_MARK.match(piece.text):
        return False
    short = so_far + len(piece.text) <= 60 and len(piece.text) <= 30
    return short and _could_be_heading(piece.text) and piece.kind is BlockKind.HEADING
