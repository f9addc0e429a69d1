"""Releases told behind a name: 开工建设, 揭牌, 上线, 发布."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import alternation, words
from guantong.reading.statements.named import (
    MEANS,
    Name,
    endings,
    is_known,
    is_marked,
    is_proper,
    kind_of_object,
    split_list,
)
from guantong.reading.statements.releasing import is_clause, planned_or, release_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.reading.statements.draft import Draft, Setting

_ADVERBS = re.compile(
    r"(?:分别在[^，。；]{2,24}?|正式|成功|同步|也|现场|顺利|相继|陆续|均|全面|已|已经|率先|提前|如期|即将|将|先后|同时|还|全部|双双|隆重|在[^，。、]{1,12}?|于[^，。、]{2,12}?|实现|高质量|高标准|建成|全线|整体|主体|获批|全面|今日|按时|按期|当天|日前|近日|并|首次|圆满|基本|初步|高水平|如约|按计划|完成|加快|推动|投入)$"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|与此同时|目前|截至目前|当前|近日|日前|会上|大会|会议|现场|当天|当日|今年|去年|年内|全年|全省|全市|我省|我市|我区|推动|支持|确保|实现|加快|推进|促进|力争|争取|力促|保障|抓好|持续推进|随着|标志着|共|共有|已|还|并|又|也|一批|包括|如|使|让|以|是|"
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|20\d\d年|国家[^，。、]{0,2}批复)"
)
_ITEM_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+(?:是|要)|第[一二三四五六七八九十]+[条，、]?|（[一二三四五六七八九十]+）|\d+[.、])"
)


@cache
def _state_verbs() -> re.Pattern[str]:
    everything = alternation(
        word
        for group in ("launched", "founded", "signed", "issued")
        for word in words("happenings", "releases", group)
    )
    return re.compile(
        rf"(?:(?:{everything})(?:并?(?:{everything}))?|筹建)(?=$|[，。；、！：）]|并|后|和)|落户(?=[^，。；]{{2,4}}(?:[，。；]|$))"
        r"|落地(?=(?!生根|转化|实施|落实|见效|开花|执行|应用|运用|率|区|生效|生金)[^，。；的]{2,8}(?:[，。；]|$))"
    )


@cache
def _action_of(verb: str) -> str:
    """Return what a verb behind a name says; of two verbs in a row the first decides."""
    if verb == "筹建":
        return "planned"
    for group, action in (("signed", "signed"), ("founded", "founded"), ("issued", "issued")):
        if verb.startswith(words("happenings", "releases", group)):
            return action
    return "launched"


def happened(
    text: str, low: int, high: int, setting: Setting, sentence: tuple[int, int]
) -> Iterator[Draft]:
    """Return the releases of a clause that stand before what happened to them."""
    begin = low
    for verb in _state_verbs().finditer(text, low, high):
        if verb.start() < begin:
            continue
        start, end = _subject(text, begin, verb.start())
        begin = verb.end()
        if end - start < 3:
            continue
        action = _action_of(verb.group())
        action = planned_or(text[sentence[0] : start] + text[end : verb.start()], setting, action)
        yield from _subjects(text, start, end, verb, action)
        while begin < high and text[begin] in "、并和":
            begin += 1


def _subject(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip what stands around the names: dates and openings before, adverbs behind."""
    trimmed = True
    while trimmed and start < end:
        found = _LEAD.match(text[start:end]) or _ITEM_LEAD.match(text[start:end])
        trimmed = found is not None and found.end() > 0
        start += found.end() if found else 0
    while found := _ADVERBS.search(text[start:end]) or _LENGTH.search(text[start:end]):
        if not found.group():
            break
        end = start + found.start()
    built = text.rfind("建成“", start, end)
    start = built + len("建成") if built >= 0 else start
    measured = _MEASURED.match(text[start:end]) or _COUNTED.match(text[start:end])
    return start + (measured.end() if measured else 0), end


# 沿江绿道120公里全线贯通, 投资近百亿元、全长80公里的环湖公路: figures are not part of a name.
_LENGTH = re.compile(r"\d[\d.]*[万亿]?(?:公里|千米|米|亩|平方米|千瓦|座|个|条)$")
_COUNTED = re.compile(r"^[^，。；]*的(?=\d+余?[座个项条家])")
_MEASURED = re.compile(r"^[^，。；“]*?\d[^，。；“]{0,14}的(?=[^，。；的]{4,}$)")


def _subjects(text: str, start: int, end: int, verb: re.Match[str], action: str) -> Iterator[Draft]:
    start = _behind_verb(text, start, end)
    names = _headed(split_list(text, start, end))
    if verb.group() in words("happenings", "releases", "issued") and not _issuable(text, end, verb):
        return
    tail = text[names[-1].end : end] if names else ""
    physical = verb.group() not in _ACTS
    several = len(names) > 1 and (physical or _ending_fits(tail, names))
    works = len(names) > 2 and physical and _WORKS.search(tail) is not None
    several = works or (
        several and any(is_marked(name.text) or _ending_fits(name.text, []) for name in names)
    )
    lone = len(names) == 1 and names[0].end - names[0].start > _SHORT_NAME
    several = several or (lone and physical and tail.startswith("等") and _ending_fits(tail, []))
    for name in names:
        marked = worded(name)
        if MEANS.search(text[name.start : name.end]) or is_clause(marked):
            continue
        if not _nameable(name, marked, verb.group(), several):
            continue
        quote_start = name.start
        yield release_of(marked, quote_start, verb.end(), action, "release.happened", 0.85)


_ACTS = (
    "落地",
    "落地见效",
    "启动",
    "成立",
    "设立",
    "组建",
    "开放",
    "发布",
    "推出",
    "公布",
    "出台",
    "开放",
    "量产",
    "首发",
)


_FOUNDING = ("启动", "成立", "组建", "设立")
_VAGUE = ("落地", "落地见效", "发布", "推出", "公布", "开放", "启动", "量产")
# Structures that have a name of their own however short it is.
_STRUCTURE = re.compile(
    r"(?:高铁|铁路|高速|高速公路|机场|水库|大桥|特大桥|隧道|地铁|\d号线|电站|枢纽|航道|运河|大学|医院|水厂|核电站|港区|[^，。、]{2}港|大道|快速路)$"
)


def _nameable(name: Name, marked: str, verb: str, several: bool) -> bool:
    """Several names in a list vouch for each other; a single one needs a mark or a known ending."""
    if verb == "落地" and kind_of_object(marked) == "policy":
        return False
    if is_proper(marked, strong=True) or is_proper(name.text, strong=True):
        return True
    if several and verb == "落地" and is_known(name.text, "platform", "organisation"):
        return True
    if several and verb not in ("落地", "落地见效", "发布", "推出", "公布", "贯通", "开放", "量产"):
        return is_proper(marked)
    if verb.startswith(("揭牌", "挂牌")) and is_marked(marked) and len(marked) >= 6:
        return is_proper(marked)
    if "“" in name.text and _action_of(verb) == "founded":
        return is_proper(marked)
    if _STRUCTURE.search(marked) and len(marked) >= 3 and verb not in _VAGUE:
        return is_proper(marked)
    if verb in _ACTS:
        return verb in _FOUNDING and is_known(marked, "organisation")
    return is_known(marked, "project", "platform", "organisation", "product") or is_known(
        marked, "organisation", least=4
    )


_MIDDLE = re.compile(
    r"(?:同步推进|集中|推进|举行|举办|完成|实现|促进|争取|鼓励|引导|要求|希望|支持|推动|加快|确保|保障)(?=[^，。；]{4,}$)"
)


def _behind_verb(text: str, start: int, end: int) -> int:
    """A subject that holds a verb of its own begins behind it: ``同步推进…项目签约``."""
    part = text[start:end]
    found = [
        mark
        for mark in _MIDDLE.finditer(part)
        if part[: mark.start()].count("“") == part[: mark.start()].count("”")
    ]
    return start + found[-1].end() if found else start


def _issuable(text: str, end: int, verb: re.Match[str]) -> bool:
    """``技术需求发布`` names an act; ``…清单同步发布`` says that something was issued."""
    between = text[end : verb.start()]
    known = endings("policy", "list", "platform", "product", "fund").search(
        text[max(0, end - 30) : end]
    )
    named = between or text[end - 1] in "”》" or "“" in text[max(0, end - 20) : end]
    return bool(named) and known is not None


_WORKS = re.compile(r"^等(?:\d+[余多]?[个项]|一批|一大批)?[^，。；、]{0,6}(?:项目|工程)$")
_SHORT_NAME = 6


def _headed(names: list[Name]) -> list[Name]:
    """Lend a name without a head that of the next one: 清河、白沙|水利枢纽."""
    shape = endings("platform", "project", "organisation", "product")
    headed: list[Name] = []
    head = ""
    for name in reversed(names):
        found = shape.search(name.text)
        if found is not None:
            head = found.group() if found.start() >= 2 else ""
        lent = found is None and len(name.text) <= _SHORT_NAME
        headed.append(replace(name, text=name.text + head) if lent else name)
    return headed[::-1]


def _ending_fits(tail: str, names: list[Name]) -> bool:
    return endings("platform", "project", "organisation", "product").search(
        tail
    ) is not None or any(
        endings("platform", "project", "organisation", "product", "list", "policy").search(
            name.text
        )
        for name in names
    )
