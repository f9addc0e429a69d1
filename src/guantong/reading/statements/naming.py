"""The shortest noun phrase beside a figure that names what it counts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import alternation, pattern, words

if TYPE_CHECKING:
    from guantong.reading.statements.prose import Prose

_STOP = re.compile(r"[，。；：！？、（）\s]|——|…")
_DATE = r"20\d\d年(?:度|底|末|\d{1,2}月(?:底|末|\d{1,2}日)?)?(?:以来)?"
_PLAN = r"“[十二三四五]{2,3}”(?:时期|期间|以来|末)"
_WHEN = (
    r"(?:今年以来|今年|去年|明年|前年)，?"
    rf"|(?:到|至|截至|截止)?(?:{_DATE}|{_PLAN}|\d{{1,2}}月\d{{1,2}}日)，?"
)
_TIME = rf"第[一二三四五六七八九十百]+条 ?|\d{{1,2}}[.、]|{_WHEN}"
# 稳居全国第二、 and 较“十三五”末 stand between a name and its figure.
_RANK = (
    r"(?:稳?居|列|位列)?(?:全国|世界|全球|中西部|中部地区|西部地区)"
    r"(?:第[一二三四五六七八九十\d]+位?|前列|首位)、?"
)
_SINCE = (
    r"(?:从|由|自)?(?:20\d\d年|“[十二三四五]{2,3}”)(?:时期)?(?:底|末|初)?的?"
    r"|较|(?:去年|上年)的?|同期"
)
_JOINT = re.compile(r"(?:以及|并且?|与|同时|和(?![美谐平田])|及(?!格))(?=.{2})")
# Auxiliaries bound a name however short the rest is: 将投资8亿元.
_AUXILIARY = frozenset({"将", "已", "已经", "共", "均已"})
# So do verbs that only ever take an object: 补贴拉动消费200亿元.
_BOUNDING = _AUXILIARY | {
    "实现",
    "带动",
    "拉动",
    "撬动",
    "追回",
    "挽回",
    "节约",
    "节省",
    "支付",
    "募集",
}
_ONE_OF = re.compile(r"(?:有|了|是|出|着)[一两](?:个|块|项|家|座|条|台|件|种|款|名|位|批|支)")
_JOINERS = "和及与、以并或"
_OPEN, _CLOSE = "“《（〈[", "”》）〉]"


@cache
def _middle() -> re.Pattern[str]:
    return re.compile(pattern("naming", "verbs", "middle"))


@cache
def _front() -> re.Pattern[str]:
    adverbs, leading = words("naming", "words", "adverbs"), words("naming", "verbs", "leading")
    middle = words("naming", "verbs", "middle")
    everything = alternation((*adverbs, *leading, *middle))
    return re.compile(rf"^(?:{_TIME}|{everything})")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(pattern("naming", "verbs", "kept"))


@cache
def _tail() -> re.Pattern[str]:
    linkers = pattern("naming", "words", "linkers")
    outgrown = r"(?:增速|增幅)?(?:高于|快于|跑赢|好于)[^，。；、]{2,10}、"
    return re.compile(
        rf"(?:{outgrown}|{linkers}|连续\d*年?|{_SINCE}|{_RANK}|[比较](?:\d{{4}}年|“[^”]{{2,3}}”(?:时期|期间|末)?)|\s)$"
    )


@cache
def _motion(direction: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('naming', 'words', direction)})$")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(pattern("naming", "words", "predicates"))


def without_linkers(text: str) -> str:
    """Strip words of linking from the end: ``比重分别`` becomes ``比重``."""
    while True:
        found = _tail().search(text)
        if found is None or not found.group():
            return text
        text = text[: found.start()]


def motion_at_end(text: str) -> tuple[str, str]:
    """Return the text without a final word of growth or decrease, and which it was."""
    for direction in ("growth", "decrease"):
        found = _motion(direction).search(text)
        if found is not None:
            return text[: found.start()], direction
    return text, ""


def name_before(prose: Prose, start: int, end: int, *, whole: bool = False) -> tuple[int, str]:
    """Return the name in the text from ``start``, which ends at ``end``, and where it begins.

    Of a list only the last item is the name, unless ``whole`` asks for all of it.
    """
    text = prose.text
    begin = _after_verbs(prose, start, end)
    begin = _after_possessive(text, begin, end)
    begin = begin if whole else _after_list(text, begin, end)
    return _trimmed(prose, begin, end)


def _after_verbs(prose: Prose, start: int, end: int) -> int:
    """Skip to behind the last transitive verb that leaves a name, kept verbs excepted."""
    text, best = prose.text, start
    for found in _ONE_OF.finditer(text, start, end - 1):
        best = found.end() if not _inside_quotes(text, start, found.start()) else best
    for found in _middle().finditer(text, start, end):
        rest = end - found.end()
        if rest < 2 or not prose.whole(found.start(), found.end()):
            continue
        if _inside_quotes(text, start, found.start()):
            continue
        if text[found.end()] in "的率度力额量值型化性" or _compound(text, found, start, end):
            continue
        if rest <= 2 and found.start() - start >= 2 and found.group() not in _BOUNDING:
            continue
        kept = _kept().match(text, found.start())
        best = found.start() if kept else found.end()
    return best


def _compound(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """A verb that ends a noun (基础设施建设, 研发投入) does not bound the name."""
    rest = text[found.end() : end]
    if found.group() in _AUXILIARY:
        return False
    if found.start() - start >= 2 and _NOUN_END.fullmatch(rest):
        return True
    return rest.startswith(words("naming", "words", "attributes")) and found.start() - start >= 2


# 生活污水收集处理率, 困难群众救助补助资金: what reads as a verb is part of the noun.
_NOUN_END = re.compile(
    r"[^，。；、]{0,3}率|(?:补助|专项|保障|扶持|奖励|引导)?(?:资金|经费|补贴|保障金)"
)


def _inside_quotes(text: str, start: int, position: int) -> bool:
    part = text[start:position]
    return part.count("“") > part.count("”") or part.count("《") > part.count("》")


def _after_possessive(text: str, start: int, end: int) -> int:
    cut = text.rfind("的", start, end)
    return cut + 1 if cut >= 0 and end - cut > 3 and not _inside_quotes(text, start, cut) else start


def _after_list(text: str, start: int, end: int) -> int:
    """Keep the last of several items; marks inside quotes and brackets do not separate."""
    depth, cut = 0, start
    for position in range(start, end):
        mark = text[position]
        depth += (mark in _OPEN) - (mark in _CLOSE)
        if mark == "、" and depth <= 0 and end - position > 3:
            cut = position + 1
    return cut


def _trimmed(prose: Prose, start: int, end: int) -> tuple[int, str]:
    text = prose.text
    while start < end:
        rest = text[start:end]
        joint = _JOINT.match(rest)
        if joint:
            start += joint.end()
            continue
        if rest[0] == "“" and "”" not in rest:
            start += 1
            continue
        if rest[0] in "，、的了 —”》）】":
            start += 1
            continue
        if _kept().match(rest):
            break
        found = _front().match(rest)
        if (
            found is not None
            and found.group()[-1] in "年”月日末底来期，条 .、"
            and len(rest) - found.end() >= 2
        ):
            start += found.end()
            continue
        if (
            found is None
            or len(rest) - found.end() < 2
            or rest[found.end()] in "率度额量值型性费金"
        ):
            break
        if len(rest) - found.end() == 2 and is_verb(found.group()):
            break
        if start + found.end() not in prose.breaks:
            break
        start += found.end()
    return start, text[start:end]


def name_after(prose: Prose, start: int, limit: int) -> tuple[int, int]:
    """Return where the counted noun behind a figure begins and ends, at most up to ``limit``."""
    text, begin = prose.text, start
    while begin < limit and text[begin] in "的 ":
        begin += 1
    depth, position = 0, begin
    while position < limit:
        mark = text[position]
        if mark == "“" and position - begin >= 2 and _QUOTED_END.match(text, position):
            break
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and (_STOP.match(text, position) or _ends_here(prose, begin, position)):
            break
        position += 1
    while position > begin and text[position - 1] in _JOINERS:
        position -= 1
    return begin, position


# 320个事项“全省通办”: what is said of them stands in quotes.
_QUOTED_END = re.compile(r"“[^“”]{2,12}”(?=[，。；]|$)")
# Nouns of one character that what is said of them may follow at once: 11个县获评.
SHORT_NOUNS = frozenset("县市区村镇人")


# 9个承接产业转移平台: a verb that opens the noun does not end it.
_CARRYING = re.compile(r"(?:承接|服务|支撑|带动|引领)(?=[^，。；、]{4})")


def _ends_here(prose: Prose, begin: int, position: int) -> bool:
    if 0 < position - begin < 2 and prose.text[begin:position] not in SHORT_NOUNS:
        return False
    found = _predicate().match(prose.text, position)
    if position == begin and _CARRYING.match(prose.text, position):
        return False
    if found is None or not prose.whole(position, found.end()):
        return False
    return _NOMINAL.match(prose.text, position) is None


_NOMINAL = re.compile(
    r"(?:开展|建立|改造|提升|推进|保持|推动|促进|升级|运营|运行|出口|向|和全|供|支撑|发布|通过|开放|在|与|为|使|留|从|让|居|占|达|实施|完成|获|稳定|基本|集中|整体|有序|投放|改造|上市|开工)(?:公司|项目|企业|主体|中心|平台|工程|商|站|基地|服务|民|住|区|示范|试点|型|线|建设|改革|攻关|园|地区|校|职|读|册|标|先|计划|应|水|电|气|热|给|销|农|医)"
)


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('naming', 'words', 'attributes')})$")


def is_attribute(name: str) -> bool:
    """Tell whether a name needs what it belongs to: 总市值, 首期规模."""
    found = _attribute().match(name)
    return found is not None and found.end() == len(name)


@cache
def _announcing() -> re.Pattern[str]:
    nouns = pattern("naming", "words", "announcing")
    return re.compile(
        rf"(?:大|重点|重大|主要|具体|关键|核心|鲜明|创新|新)*(?:{nouns})$"
        r"|(?:方面|层面|领域|环节|维度)(?:的|$)|方面"
    )


def only_announces(name: str) -> bool:
    """Tell whether a counted noun only announces a list: 五项重点任务, 七个领域."""
    return _announcing().match(name) is not None


def names_nothing(name: str) -> bool:
    """Tell whether what stands before a figure is only a scope: 全国, 其中."""
    return len(name) < 2 or name in words("naming", "words", "scopes")


def kept_verb(name: str) -> str:
    """Return the verb that a name keeps: 新增, 新认定."""
    found = _kept().match(name)
    return found.group() if found else ""


@cache
def _verbs() -> frozenset[str]:
    return frozenset(words("naming", "verbs", "middle")) | frozenset(
        words("naming", "verbs", "leading")
    )


def is_verb(name: str) -> bool:
    """Tell whether nothing but a verb was found where a name should stand."""
    return name in _verbs()


def starts_with_verb(name: str) -> bool:
    """Tell whether what follows a figure is an action and no noun: 60亿元办好实事."""
    found = _middle().match(name)
    return found is not None and not name[found.end() :].startswith(("的", "率"))
