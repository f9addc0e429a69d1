"""Figures whose noun stands before them: 地区生产总值8100亿元、增长6.2%."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.reading.statements.items import CLAUSE, Item, change_of
from guantong.reading.statements.lexicon import words
from guantong.reading.statements.model import Change
from guantong.reading.statements.naming import (
    is_attribute,
    is_verb,
    kept_verb,
    motion_at_end,
    name_before,
    names_nothing,
    without_linkers,
)

if TYPE_CHECKING:
    from guantong.reading.statements.figures import Figure
    from guantong.reading.statements.prose import Prose

_RUN = re.compile(r"[、，和及与]\s?")
_COMPARED = re.compile(
    r"(?:比|较)(?:全国|全省|全市|上年同期|去年同期|[^，。、；]{0,6}平均)(?:水平)?(?:高|低|快|慢|多|少)出?$"
    r"|(?:高于|低于|快于|高出|好于|优于)(?:20\d\d年|全国|全省|全市|上年|预期|目标|规上|东部|西部|财政|[^，。、；]{0,6}平均)[^，。、；]{0,6}$"
)


# 甲、乙、丙各20家, 甲、乙均增长8%: the figure holds for each of them.
_ALIKE = re.compile(r"(?:各|(?<!年)均|都|双双)(?:新建|新增|保持|实现|达到?|为|超过?|突破|增长)?$")
# 均保持8%以上增长, 实现5%的增长: the word of growth follows.
_GROWN = re.compile(r"的?(?:年均|较快|高速)?(?:增长|增速|增幅)(?=[，。；、]|$)")


def measured(prose: Prose, figure: Figure, left: int, previous: Item | None) -> Item | None:
    """Read a figure whose noun stands before it: ``地区生产总值8100亿元、增长6.2%``."""
    text = prose.text
    segment, reached = _reached(without_linkers(text[left : figure.start]))
    compared = _COMPARED.search(text[left : figure.start])
    if compared is not None:
        return _against(prose, figure, left, left + compared.start(), previous)
    named, direction = (segment, "") if reached else _moved(text, segment, figure)
    change = change_of(direction, figure)
    alike = _ALIKE.search(text[left : figure.start]) is not None
    start, name = name_before(prose, left, left + len(named), whole=alike)
    lone = previous is None or previous.figure.end != left - 1
    if lone and name in words("naming", "words", "owned") and text[left - 1 : left] == "，":
        owner = _owner(prose, left)
        if owner is not None:
            return Item(
                figure,
                owner[1] + name,
                owner[0],
                figure.end,
                change,
                "indicator.owned",
                0.85,
                subject=owner[1],
            )
    special = _raised(text, figure, start, name) or _staged(figure, name, previous)
    if special is not None:
        return special
    if is_verb(name) and not is_attribute(name):
        return None
    if names_nothing(name):
        total = _total(prose, figure, left) if previous is None else None
        return total or _carried(text, figure, previous, change, name)
    if kept_verb(name) == name and previous is not None:
        name += previous.subject
        return Item(
            figure,
            name,
            previous.start,
            figure.end,
            change,
            "indicator.kept_verb",
            0.88,
            subject=previous.subject,
        )
    if previous is not None and _goes_on(text, previous, left, name):
        return _continued(figure, start, name, change, previous, text)
    return Item(
        figure, name, start, figure.end, change, "indicator.named", 0.95, subject=name,
        kept=kept_verb(name),
    )  # fmt: skip


# 筹措5亿元实施安居工程: money is named by what it was raised for.
_RAISING = ("筹措", "筹集", "投入", "统筹", "拨付", "安排", "下达", "列支")
_PURPOSE = re.compile(
    r"(?:资金)?(?:实施|支持|用于|推进|开展|建设|办好)(?P<what>[^，。；、“”]{2,20}?)(?:项目)?(?=[，。；、]|$)"
)

# 重大项目开工90个、竣工70个: the same things at another stage.
_STAGES = ("开工", "竣工", "完工", "投产", "建成", "交付", "投用", "签约", "落地")


def _raised(text: str, figure: Figure, start: int, name: str) -> Item | None:
    purpose = _PURPOSE.match(text, figure.end)
    if name not in _RAISING or figure.family != "money" or purpose is None:
        return None
    what = purpose["what"]
    return Item(
        figure, what, start, purpose.end(), Change.LEVEL, "indicator.purpose", 0.85, subject=what
    )


def _staged(figure: Figure, stage: str, previous: Item | None) -> Item | None:
    if stage not in _STAGES or previous is None or previous.figure.unit != figure.unit:
        return None
    subject = previous.subject
    bare = next((subject.removesuffix(each) for each in _STAGES if subject.endswith(each)), subject)
    return Item(
        figure, bare + stage, previous.start, figure.end, Change.LEVEL, "indicator.staged", 0.88,
        subject=bare,
    )  # fmt: skip


def _moved(text: str, segment: str, figure: Figure) -> tuple[str, str]:
    """Return the name before a word of growth or decrease, and which of them it was."""
    named, direction = motion_at_end(segment)
    if figure.family == "count" and segment.endswith(("提升", "改善")):
        return segment, ""
    if direction and len(segment) - len(named) == 1 and figure.family != "share":
        return segment, ""
    if direction:
        named = without_linkers(named)
    if not direction and figure.family == "share" and _GROWN.match(text, figure.end):
        return named, "growth"
    if direction == "growth" and figure.family == "count" and segment.endswith("增加"):
        return named, ""
    return named, direction


def _goes_on(text: str, previous: Item, left: int, name: str) -> bool:
    """Tell whether a figure is the next item of the list that ``previous`` belongs to."""
    between = text[previous.figure.end : left]
    if between == "" and text[left] == "、":
        return True
    shares = name in ("占比", "比重") or name.startswith("占")
    owned = between == "，" and (name in words("naming", "words", "owned") or shares)
    return owned or (left == previous.end and is_attribute(name))


_REACHING = re.compile(
    r"(?:增长|增加|提高|提升|上升|扩大|扩容|扩围|扩展|扩充|延伸|下降|降低|减少|回升|压缩|压减|增|升|降|拓展|缩小|调整|由|从)(?:到|至|为)?$"
)


def _reached(segment: str) -> tuple[str, bool]:
    """``增长到2025年的4.93万亿元`` states a level though a verb of growth precedes it."""
    found = _REACHING.search(segment)
    if found is None or found.group()[-1] not in "到至为由从":
        return segment, False
    return without_linkers(segment[: found.start()]), True


def _total(prose: Prose, figure: Figure, left: int) -> Item | None:
    """Read ``技术需求，共52项``: the clause before ends with the name."""
    if (
        figure.before not in ("共", "共计", "合计", "总计", "累计")
        or left < 4
        or prose.text[left - 1] != "，"
    ):
        return None
    owner = _owner(prose, left)
    if owner is None:
        return None
    start, name = owner
    return Item(
        figure, name, start, figure.end, Change.LEVEL, "indicator.total", 0.85, subject=name
    )


def _owner(prose: Prose, left: int) -> tuple[int, str] | None:
    """Return the name that ends the clause before the one that begins at ``left``."""
    begin = left - 1
    while begin and not CLAUSE.match(prose.text, begin - 1):
        begin -= 1
    start, name = name_before(prose, begin, left - 1)
    return None if names_nothing(name) else (start, name)


def _carried(
    text: str, figure: Figure, previous: Item | None, change: Change, own: str
) -> Item | None:
    if previous is None or not previous.subject:
        return None
    between = text[previous.figure.end : figure.digits]
    if _MERGED.search(between) and figure.unit == previous.figure.unit:
        return Item(
            figure, previous.name, previous.start, figure.end, Change.LEVEL, "indicator.carried",
            0.88, subject=previous.subject,
        )  # fmt: skip
    if len(between) > 16 or (
        figure.family in ("count", "people")
        and change is Change.LEVEL
        and own == ""
        and len(between) > 4
    ):
        return None
    if change is Change.LEVEL and not figure.before and _RUN.fullmatch(between):
        change = previous.change
        if previous.figure.before and not figure.after and not previous.figure.after:
            figure = replace(figure, comparator=previous.figure.comparator)
    return Item(
        figure, previous.subject, previous.start, figure.end, change, "indicator.carried", 0.9,
        subject=previous.subject,
    )  # fmt: skip


# 96个园区整合优化为40个: both are counts of the same.
_MERGED = re.compile(r"^[^，。；、]{2,12}(?:整合|优化|合并|压减|精简|归并|调整)(?:为|至|到)$")


def _against(
    prose: Prose, figure: Figure, left: int, end: int, previous: Item | None
) -> Item | None:
    """Read ``高于全国1.2个百分点``: the subject, and what it is compared with."""
    start, name = name_before(prose, left, end)
    compared = prose.text[end : figure.start]
    if len(name) >= 2:
        return Item(
            figure,
            name + compared,
            start,
            figure.end,
            Change.LEVEL,
            "indicator.compared",
            0.9,
            subject=name,
        )
    if previous is None:
        return None
    grown = "增长" if previous.change is Change.GROWTH else ""
    name = previous.subject + grown + compared
    return Item(
        figure, name, previous.start, figure.end, Change.LEVEL, "indicator.compared", 0.88,
        subject=previous.subject,
    )  # fmt: skip


def _continued(
    figure: Figure, start: int, name: str, change: Change, previous: Item, text: str
) -> Item:
    """Read the next item of a list; it may need what the one before named."""
    needy = is_attribute(name) and not is_attribute(previous.subject)
    if needy or name.startswith("占"):
        joined = previous.subject + name
        return Item(
            figure,
            joined,
            previous.start,
            figure.end,
            change,
            "indicator.attribute",
            0.88,
            subject=previous.subject,
        )
    kept = previous.kept if text[previous.figure.end] == "、" and not kept_verb(name) else ""
    begin = previous.start if kept else start
    return Item(
        figure, kept + name, begin, figure.end, change, "indicator.listed", 0.93,
        subject=kept + name, kept=kept or kept_verb(name),
    )  # fmt: skip
