"""Who holds a result (完成单位): the names of organisations without the words that lead to them."""

from __future__ import annotations

import re
from functools import cache

from guantong.reading.statements.lexicon import pattern
from guantong.text.organisations import find_organisations

_PARTS = re.compile(
    r"、|和(?!平)|与|及|联合(?=[^，。]{4,}$)(?!国|会|大学|实验室|研究|创新)|携手|会同"
)
_MADE = re.compile(r"等?(?:的|完成|研发|牵头|研制|开发|自主|联合|共同|主导|承担|领衔)+$")
_UNNAMED = re.compile(r"相关|有关|等单位|^(?:我[省市国]|该|本|各|多家|一批|其他|这家|某)|企业$")
# 清华大学团队, 海川大学附属医院: what may stand behind the organisation that was found.
_BEHIND = re.compile(r"[^的了在将对向从]{0,16}")
_SHORTEST = 3


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern('holders', 'lead')}|{_UNLESS}|{_TIMES})+(?=[^，。]{{3,}})")


@cache
def _told() -> re.Pattern[str]:
    """Words that end before a name wherever they stand: 介绍了, 展示出."""
    return re.compile(rf"^.*(?:{pattern('holders', 'told')})(?:了|出)(?=[^，。]{{4,}})")


# Words that also begin names: 有色金属研究所, 如东县, 并州大学, 同步辐射实验室, 展示技术研究所.
_UNLESS = (
    r"有(?![关色限机])|如(?![东皋])|并(?!州)|重点(?!实验|学科)|同步(?!辐射|卫星)|共同(?!体)"
    r"|现场(?=集中|重点|同步|发布|展示|推介|签约)|(?:展示|推介|推出|引进|亮相)(?!技术|中心|设计)"
)
_TIMES = r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)(?:上午|下午|晚)?|20\d\d年(?:度)?"


def holders_of(text: str) -> tuple[tuple[str, ...], int]:
    """Return the organisations of ``贵州大学和海川科技公司`` and where the first of them begins."""
    names: list[str] = []
    first, begin = 0, 0
    for mark in (*_PARTS.finditer(text), None):
        part = text[begin : mark.start() if mark else len(text)]
        name, skipped = _named(part)
        if len(name) >= _SHORTEST and not _UNNAMED.search(name):
            first = first if names else begin + skipped
            names.append(name)
        begin = mark.end() if mark else begin
    return tuple(names), first


def _named(part: str) -> tuple[str, int]:
    """Return the name that ends ``part`` and how much stands before it."""
    part = _MADE.sub("", part)
    skipped = _after_lead(part, 0)
    for found in find_organisations(part[skipped:]):
        behind = part[skipped + found.span.end :]
        # 应用 before 物理研究所 may be of the name; so short a stretch says nothing.
        if found.span.start >= _SHORTEST and _BEHIND.fullmatch(behind):
            skipped = _after_lead(part, skipped + found.span.start)
            break
    return part[skipped:], skipped


def _after_lead(part: str, start: int) -> int:
    for shape in (_told(), _lead()):
        found = shape.match(part[start:])
        start += found.end() if found else 0
    return start
