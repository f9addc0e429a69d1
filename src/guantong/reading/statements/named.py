"""Names in running text: lists taken apart, proper names told from general words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import alternation, pattern, words
from guantong.reading.statements.places import region_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = "“《（", "”》）"
_QUANTITY = re.compile(
    r"\d+余?[个项家座条所支款种]|^[一二三四五六七八九十两]+[个项家批座条所支大件]"
)
_MARKED = re.compile(
    r"[“《A-Za-z]|\d+号|(?:全球|世界|亚洲|国内|全国)[^，。]{0,8}最|首(?:个|家|座|条|支|款|台|套|列|颗|枚|艘|架|张|所)|国家|全国|中国|[京沪津渝苏浙粤闽赣皖鲁冀晋豫鄂湘桂琼川蜀黔滇陕甘青宁新藏辽吉黑]{2}"
)
# 重大标志性工程 says of what kind a thing is, not its name.
_KIND_ONLY = re.compile(r"(?:重大|重点|标志性|民生|基础设施|关键)(?:工程|项目|任务|设施)$")
_LOOSE_ENDS = ("政策", "指引", "标准", "规范", "措施", "举措", "行动", "计划", "规定")
_DOCUMENT_ENDS = re.compile(r"(?:若干)[^，。]{0,4}(?:措施|政策|举措|规定|意见)$")
# Means of paying for things are no things that open.
MEANS = re.compile(
    r"(?:投资|资金|债券|国债|工具|贷款|政策|合并|重组|整合|交易|融资|订单|发展|创新|改革|开放|内需)$"
)
_AFTER_LIST = re.compile(
    r"等(?P<count>(?:[一二三四五六七八九十\d]+[余多]?[个项家支座条款大类])|一批|一大批|多[个项家]|重大|重点|一系列)*(?P<noun>[^，。；、]*)$"
)


_STRUCTURES = re.compile(
    r"(?:高速)?公路|高速|铁路|高铁|机场|水库|大桥|隧道|电站|抽水蓄能电站|港口|码头|水利枢纽|数据中心|智算中心|医院|博物馆|口岸"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a list: where it stands and how it reads, the shared noun added."""

    start: int
    end: int
    text: str


def split_list(text: str, start: int, end: int) -> list[Name]:
    """Take ``A、B和C等3个平台`` apart; a counted noun behind 等 is added to each name."""
    part = text[start:end]
    tail = _AFTER_LIST.search(part)
    noun = ""
    if tail is not None and _depth(part[: tail.start()]) == 0:
        end = start + tail.start()
        counted = tail["count"] and tail["count"][-1] in "个项家支座条款类"
        noun = tail["noun"] if counted or _STRUCTURES.fullmatch(tail["noun"]) else ""
    names = [Name(low, high, text[low:high]) for low, high in _pieces(text, start, end)]
    if not noun:
        return names
    return [Name(name.start, name.end, _with_noun(name.text, noun)) for name in names]


def _with_noun(name: str, noun: str) -> str:
    known = endings("platform", "project", "organisation", "product", "policy", "list").search(name)
    if known or name.endswith(noun[-2:]) or noun.endswith(("项目", "工程")):
        return name
    return name + noun


def _depth(text: str) -> int:
    return sum(text.count(mark) for mark in _OPEN) - sum(text.count(mark) for mark in _CLOSE)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, begin, position = 0, start, start
    while position < end:
        mark = text[position]
        if mark == "“" and depth == 0 and position > begin and text[position - 1] == "”":
            yield begin, position
            begin = position
        depth += (mark in _OPEN) - (mark in _CLOSE)
        width = _joint(text, position, begin) if depth == 0 else 0
        if width:
            yield begin, position
            begin = position = position + width
            continue
        position += 1
    if begin < end:
        yield begin, end


def _joint(text: str, position: int, begin: int) -> int:
    """Return the width of the mark or word that joins two names here, 0 if none does."""
    if text[position] == "、":
        return 1
    if position - begin < 3:
        return 0
    if text.startswith("以及", position):
        return 2
    return (
        1 if text[position] in "和及" and text[position + 1 : position + 2] not in "平谐田" else 0
    )


@cache
def endings(*groups: str) -> re.Pattern[str]:
    """Return a pattern for what a name of these groups ends with."""
    entries = [word for group in groups for word in words("happenings", "releases", group)]
    return re.compile(
        rf"(?:{alternation(entries)})[”）]?(?:\d(?:\.\d)?版?本?)?(?:（[^）]*）)?(?:［\d+］)?$"
    )


_GROUPS = ("policy", "list", "agreement", "fund", "organisation", "platform", "project", "product")


def kind_of_object(name: str) -> str:
    """Return what kind of thing a release is, judged by how its name ends."""
    bare = name.rstrip("”")
    best, chosen = 0, "other"
    for group in _GROUPS:
        found = endings(group).search(bare)
        if found and len(found.group()) > best:
            best, chosen = len(found.group()), group
    return chosen


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern('happenings', 'releases', 'generic')})")


def is_proper(name: str, *, strong: bool = False) -> bool:
    """Tell whether ``name`` names one thing; ``strong`` asks for more than a known ending."""
    bare = name.strip("“”")
    if (
        len(bare) < 3
        or len(bare) > 48
        or _QUANTITY.match(bare)
        or re.search(r"[，。；：！？]", bare)
    ):
        return False
    if _generic().match(bare) or bare in words("happenings", "releases", "common"):
        return False
    if _KIND_ONLY.search(bare):
        return False
    if re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", bare) or re.search(
        r"一批|若干(?!措施|政策|意见|规定|举措)|多个|各类|一系列", bare
    ):
        return False
    if not strong:
        return True
    if endings(*_GROUPS, "other").search(bare) is None:
        return False
    return is_marked(name) or (
        endings("policy", "fund", "list").search(bare) is not None
        and len(bare) >= 6
        and (not bare.endswith(_LOOSE_ENDS) or _DOCUMENT_ENDS.search(bare) is not None)
    )


def is_marked(name: str) -> bool:
    """Tell whether a name holds what marks it as one: a place, a quotation, 国家, 首个."""
    bare = re.sub(r"“.{1,2}五”|[A-Z]+\d*级", "", name)
    return _MARKED.search(bare) is not None or region_names().search(bare) is not None


def is_local(name: str) -> bool:
    """Tell whether a name holds a quotation or a place."""
    return "“" in name or region_names().search(name) is not None


def is_known(name: str, *groups: str, least: int = 6) -> bool:
    """Tell whether a name ends as things of these groups do and is long enough to be one's own."""
    bare = name.strip("“”")
    return is_proper(name) and len(bare) >= least and endings(*groups).search(bare) is not None
