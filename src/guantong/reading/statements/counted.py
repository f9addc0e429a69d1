"""Figures whose noun follows them: 6家省级实验室."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.reading.statements.items import CLAUSE, Item, counts_measures
from guantong.reading.statements.lexicon import words
from guantong.reading.statements.model import Change
from guantong.reading.statements.naming import (
    SHORT_NOUNS,
    name_after,
    name_before,
    only_announces,
    starts_with_verb,
    without_linkers,
)

if TYPE_CHECKING:
    from guantong.reading.statements.figures import Figure
    from guantong.reading.statements.prose import Prose


def counted(prose: Prose, figure: Figure, left: int, limit: int) -> Item | None:
    """Read a figure whose noun follows it: ``6家省级实验室``."""
    text = prose.text
    chosen = _CHOSEN.match(text, figure.end) if figure.unit in ("人", "名") else None
    begin, end = name_after(prose, chosen.end() if chosen else figure.end, limit)
    name = text[begin:end].rstrip("等")
    if figure.unit in _TIMES:
        name = re.split("[和及、等]", name)[0]
        end = begin + len(name)
    if "的" in name and len(name) - name.rindex("的") > 3:
        name = name[name.rindex("的") + 1 :]
    if (len(name) < 2 and name not in SHORT_NOUNS) or not re.search(r"[\u4e00-\u9fffA-Za-z]", name):
        return None
    if _only_adverbial(figure, name):
        return None
    if _only_of_size(figure, name) or _kind_of_many(text, figure, left):
        return Item(figure, "", begin, end, Change.LEVEL, "indicator.describes", 0.0)
    if only_announces(name) and not counts_measures(figure, name):
        return Item(figure, "", begin, end, Change.LEVEL, "indicator.announces", 0.0)
    if figure.family != "share" and _GROWING.match(text, end) and _ends_in_attribute(name):
        return None
    owner = _modifier(prose, left, figure.start)
    if figure.before in _STEPS:
        _, owner = name_before(prose, left, left + len(without_linkers(text[left : figure.start])))
    modifier = owner if len(name) <= 4 and figure.before not in _STEPS else ""
    start = (
        figure.digits
        if owner not in text[left : figure.start] or not owner
        else text.rindex(owner, left, figure.start)
    )
    if figure.before in _STEPS and not figure.after:
        figure = replace(figure, comparator="=")
    return Item(
        figure, modifier + name, start, end, Change.LEVEL, "indicator.counted", 0.93,
        subject=owner or name,
    )  # fmt: skip


# 50户以上自然村, 20万人以上的县: of what size a place is.
_SIZED = re.compile(r"(?:自然|行政)?(?:村|组|县|城市|乡镇|镇|社区|小区|企业|单位|学校|聚居)")


def _only_of_size(figure: Figure, name: str) -> bool:
    return (
        figure.unit in ("户", "人", "张")
        and figure.after in ("以上", "以下", "及以上", "以内")
        and _SIZED.match(name) is not None
    )


# 12人入选人才计划: those counted are named by what they were chosen for.
_CHOSEN = re.compile(r"(?:入选|当选|获评|荣获|获聘|受聘|获批)")


def _kind_of_many(text: str, figure: Figure, left: int) -> bool:
    """一批50万千瓦以上风电基地: of what size each of them is."""
    return figure.family in ("measure", "money") and text.endswith("一批", left, figure.start)


# 5次调高标准 counts how often something was done, 5次演练 what was done.
_DIMENSIONS = re.compile(r"口径|直径|[长宽高深](?=[的，。、；）]|$)|级")
_TIMES = ("次", "回", "轮")
_OCCASIONS = re.compile(
    r"(?:活动|会议|行动|检查|演练|服务|对接|发射|培训|巡查|任务|考察|调研|航班|飞行|降雨|降水|高温|台风|旱情|洪水|谈判|磋商|督察|攻击|寒潮)$"
)


def _only_adverbial(figure: Figure, name: str) -> bool:
    if figure.family in ("measure", "money"):
        return starts_with_verb(name) or _DIMENSIONS.match(name) is not None
    return figure.unit in _TIMES and _OCCASIONS.search(name) is None


_GROWING = re.compile(r"(?:同比|年均|分别|实际)?(?:增长|下降|增速|达|超过?|突破|占|提高|降低)")


def _ends_in_attribute(name: str) -> bool:
    """``9个支柱产业增加值增长5%`` counts industries only in passing."""
    return any(name.endswith(word) for word in words("naming", "words", "attributes"))


_STEPS = ("连跨", "迈上", "跨上", "登上", "踏上", "跃上", "迈入", "突破")


def nested(prose: Prose, figures: list[Figure], index: int, end: int) -> Item | None:
    """Read ``28个总投资5亿元以上的产业项目``: the counted noun follows another figure."""
    figure = figures[index]
    if index + 1 >= len(figures):
        return None
    inner, text = figures[index + 1], prose.text
    between = text[figure.end : inner.start]
    if (
        not 1 < len(between) <= 8
        or CLAUSE.search(between)
        or text[inner.end : inner.end + 1] != "的"
    ):
        return None
    limit = figures[index + 2].start if index + 2 < len(figures) else end
    begin, stop = name_after(prose, inner.end + 1, limit)
    name = text[begin:stop]
    if len(name) < 2:
        return None
    return Item(figure, name, figure.digits, figure.end, Change.LEVEL, "indicator.nested", 0.9)


def _modifier(prose: Prose, left: int, end: int) -> str:
    """Return the noun right before a counted one: ``高质量发展44项惠企政策``."""
    segment = prose.text[left:end]
    if len(segment) < 4 or segment[-1] in "的、，和等了）":
        return ""
    start, name = name_before(prose, left, end)
    return (
        name
        if start > left
        and 4 <= len(name) <= 20
        and "、" not in name
        and not re.search(r"[省市县区年月日]$", name)
        else ""
    )
