"""A figure with its name, and which figures are no indicators at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guantong.reading.statements.model import Change
from guantong.reading.statements.naming import SHORT_NOUNS, is_attribute, is_verb, only_announces

if TYPE_CHECKING:
    from guantong.reading.statements.figures import Figure

CLAUSE = re.compile(r"[，。；：！？\n]|——|…")
_MONEY_NAME = re.compile(
    r"(?:总值|产值|收入|营收|投资|规模|总量|金额|存款|贷款|余额|出口|进口|进出口|成交额|交易额|市值|零售|销售|消费|支出|资产|额|集群|产业|经济)(?:总额|总量|规模|总值)?$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A figure with its name, before time and modality are known."""

    figure: Figure
    name: str
    start: int
    end: int
    change: Change
    rule: str
    confidence: float
    subject: str = ""
    kept: str = ""
    clause: int = 0


def clause_start(text: str, start: int, figures: list[Figure], index: int) -> int:
    """Return where the clause of a figure begins, behind the figure before it."""
    figure = figures[index]
    begin = start
    for mark in CLAUSE.finditer(text, start, figure.digits):
        begin = mark.end()
    if (
        index
        and figures[index - 1].family not in ("other", "none")
        and (figures[index - 1].unit not in ("岁", "周岁"))
    ):
        begin = max(begin, figures[index - 1].end)
    bracket = text.rfind("（", begin, figure.digits)
    if bracket >= 0 and "）" not in text[bracket : figure.digits]:
        begin = bracket + 1
    return begin


def is_no_indicator(text: str, figure: Figure) -> bool:
    """Dates, ordinals, rates per piece and figures inside short quotes are no indicators."""
    if figure.family == "other" and not _lasts(text, figure):
        return True
    before = text[max(0, figure.start - 1) : figure.start] or " "
    behind = text[figure.end : figure.end + 1]
    if figure.family == "count" and (
        behind == "：" or (figure.unit in _SORTS and behind.isdigit())
    ):
        return True
    if before in "第前每∶:" or behind in ("∶", ":", "级", "型", "版"):
        return True
    if _OF_SUCH_SIZE.match(text, figure.end) and figure.family in ("money", "share"):
        return True
    return _quoted(text, figure.digits)


# 超千亿元县, 占比超过10%的有44种: a bound that those counted lie beyond.
_OF_SUCH_SIZE = re.compile(
    r"的(?:有|达)\d|(?:强?县|市|镇|村|园区|企业|产业集群|产业链)(?=[，。；、的]|\d|$)"
)
_DURATION = re.compile(r"(?:时间|时长|年限|周期|耗时|工期)[^，。；、\d]{0,10}$")


def _lasts(text: str, figure: Figure) -> bool:
    """A time that something takes is counted: 平均候诊时间缩短12分钟."""
    units = ("小时", "个小时", "分钟", "年", "个月", "个工作日", "工作日", "秒")
    return figure.unit in units and bool(
        _DURATION.search(text, max(0, figure.start - 24), figure.start)
    )


_SORTS = ("类", "种", "大类", "批", "批次", "轮")


def _quoted(text: str, position: int) -> bool:
    for opening, closing, reach in (("“", "”", 16), ("《", "》", 80), ("〔", "〕", 8)):
        begin = text.rfind(opening, max(0, position - reach), position)
        if begin >= 0 and closing not in text[begin:position]:
            end = text.find(closing, position, position + reach)
            if end >= 0 and (opening != "“" or end - begin <= 16):
                return True
    return False


def change_of(direction: str, figure: Figure) -> Change:
    """Return what a figure states after a word of growth, decrease or neither."""
    if figure.doubled:
        return Change.GROWTH
    return Change(direction) if direction else Change.LEVEL


def accepted(text: str, item: Item) -> Item | None:
    """Leave out what only announces a list, ages, durations and figures without a unit."""
    figure = item.figure
    if _names_too_little(item) or _only_describes(item):
        return None
    if figure.family != "none":
        return item
    if figure.unit == "" and figure.scale > 1000 and _MONEY_NAME.search(item.name):
        return replace(item, figure=replace(figure, unit="元"))
    return None


def _names_too_little(item: Item) -> bool:
    if len(re.findall(r"[\u4e00-\u9fffA-Za-z]", item.name)) < 2:
        return item.name not in SHORT_NOUNS
    if is_verb(item.name) and not is_attribute(item.name):
        return True
    if item.figure.family != "count" or not only_announces(item.name):
        return False
    return not counts_measures(item.figure, item.name)


# 四项举措 announces a list, 24条举措 counts measures that were issued.
_LONG_LIST, _MEASURES = 10, ("举措", "措施")


def counts_measures(figure: Figure, name: str) -> bool:
    """Tell measures that were issued and counted from a list that is announced."""
    return figure.value >= _LONG_LIST and name.endswith(_MEASURES) and "任务" not in name


def _only_describes(item: Item) -> bool:
    """Speeds, bores, classes of drugs and ages say of what kind a thing is."""
    figure, name = item.figure, item.name
    if name.endswith(("时速", "每秒", "口径", "直径", "海拔", "之一")):
        return True
    if figure.unit == "类":
        return figure.value < 10
    wanted = {"岁": "寿命", "天": "天数|优良|寿命", "P": "算力|智算", "T": "算力|智算"}.get(
        figure.unit
    )
    return wanted is not None and re.search(wanted, name) is None
