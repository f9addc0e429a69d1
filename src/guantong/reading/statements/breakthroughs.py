"""Results told behind the verb that brought them about: 研制出全球首款…, 攻克…等一批技术."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.holders import holders_of
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.named import is_proper, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = (
    r"(?:(?:全球|世界|全国|国内|国际|我国|亚洲|国产)(?:首(?:台（套）|台套|[台款套颗架艘枚座个支件例条种]))"
    r"|首(?:台（套）|台套))"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A result, where it is told, and the organisations that are named with it."""

    start: int
    end: int
    name: str
    holders: tuple[str, ...] = ()
    rule: str = "achievement.made"


@cache
def _made() -> re.Pattern[str]:
    verbs = pattern("happenings", "achievements", "made")
    return re.compile(
        rf"(?P<verb>(?:{verbs})(?:出|了|成功)*)(?![性口度率])(?P<what>[^。；：！？\n]{{4,120}})"
    )


@cache
def _wanted() -> re.Pattern[str]:
    return re.compile(pattern("happenings", "achievements", "wanted"))


@cache
def _kinds() -> str:
    return pattern("happenings", "achievements", "kinds")


@cache
def _listed() -> re.Pattern[str]:
    """``A、B等一批关键核心技术``: what stands behind 等 says that all of them are results."""
    return re.compile(
        r"^(?P<items>[^，。；：]{4,100}?)等(?:多|一批|一大批|系列|一系列|\d+余?)?[项个款种类台套件]?"
        rf"[^，。；、]{{0,14}}(?:{_kinds()})(?:\d+余?[项个款种台套])?(?=[，。；]|$)"
    )


@cache
def _single() -> re.Pattern[str]:
    return re.compile(
        rf"^[^，。；、的]{{4,28}}(?:{pattern('happenings', 'achievements', 'arts')})$"
    )


_OBJECT = re.compile(r"^[^，。；]+")
_NEW = re.compile(rf"^{FIRST}[^，。；、“”]{{3,36}}$")
_QUOTED = re.compile(r"^“(?P<name>[^“”]{2,24})”(?P<tail>[\u4e00-\u9fffA-Za-z0-9]{0,14})$")
# 形成以技术换市场的路径, 取得新技术: too many things are formed or obtained.
_LOOSE = re.compile(r"形成|取得|涌现|诞生")
_VAGUE = re.compile(
    r"^(?:\d|[一二三四五六七八九十几数]+[批项个款种类系]|若干|多[项个款种]|更多|大量|许多|部分|系列|关键|核心|相关|自主|重大|共性|“?卡脖子|先进|新)"
    r"|(?:关键|核心|重大|共性|前沿|先进|重点|卡脖子”?|适用|高新|新|自主|颠覆性|主要|行业|这些|上述|相关)(?:技术|工艺|装备|产品|材料|算法|方法)$"
)
_ATTRIBUTE = re.compile(r"的(?:企业|单位|产品|项目|团队|机构|个人|人员|，)")


def made(text: str, start: int, end: int) -> Iterator[Named]:
    """Return what a sentence says was developed, cracked or brought forth."""
    for match in _made().finditer(text, start, end):
        clause = max(text.rfind(mark, start, match.start()) for mark in "，；：") + 1
        low = max(clause, start)
        if _wanted().search(text, max(start, match.start() - 24), match.start()):
            continue
        holders = _made_by(text[low : match.start()])
        yield from _objects(text, match.start("what"), match.end(), match.start(), holders)


def _made_by(before: str) -> tuple[str, ...]:
    return holders_of(before)[0] if _ENDS_BODY.search(before) else ()


_ENDS_BODY = re.compile(
    r"(?:大学|学院|研究院|研究所|实验室|医院|公司|集团|科学院|团队)(?:成功|率先|自主|联合|首次)*$"
)


def _objects(
    text: str, start: int, end: int, verb: int, holders: tuple[str, ...]
) -> Iterator[Named]:
    listed = _listed().match(text[start:end])
    if listed:
        yield from _items(text, start, start + listed.end("items"), holders)
        return
    shown = _OBJECT.match(text[start:end])
    if shown is None or _ATTRIBUTE.search(text[start:end]):
        return
    whole, stop = shown.group(), start + shown.end()
    quoted = _QUOTED.match(whole)
    if quoted and (quoted["tail"] or text[stop : stop + 1] in "，。；"):
        name = quoted["name"] + quoted["tail"]
        if _thing().search(name) and not _VAGUE.search(name):
            yield Named(verb, stop, name, holders)
    elif _NEW.match(whole) or (
        _single().match(whole) and not _VAGUE.search(whole) and not _LOOSE.match(text, verb)
    ):
        yield Named(verb, stop, whole, holders)


def _items(text: str, start: int, end: int, holders: tuple[str, ...]) -> Iterator[Named]:
    for item in split_list(text, start, end):
        name = re.sub(r"[“”]", "", item.text)
        if is_proper(name) and not _VAGUE.search(name):
            yield Named(item.start, item.end, name, holders, "achievement.made_list")


@cache
def _emerged() -> re.Pattern[str]:
    """``A、B等一批首台（套）装备投入应用``."""
    return re.compile(
        r"(?P<items>[^，。；：！？\n]{4,100}?)等(?:多|一批|一大批|系列|一系列|\d+余?)?[项个款种类台套件]?"
        rf"[^，。；、]{{0,8}}?(?:{_kinds()})(?:加速|不断|持续|竞相|相继|集中|成功|实现|获得?|取得)*"
        r"(?:涌现|问世|投入应用|应用|脱颖而出|诞生|重大突破|突破)(?=[，。；]|$)"
    )


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('happenings', 'achievements', 'things')})$")


@cache
def _born() -> re.Pattern[str]:
    done = pattern("happenings", "achievements", "born")
    return re.compile(
        rf"(?P<name>{FIRST}[^，。；：、“”\n]{{3,40}}?)"
        r"(?:由(?P<holder>[^，。；]{3,30}?))?(?:率先|成功|正式|顺利|在[^，。；“”]{2,14}?)*"
        rf"(?P<done>{done})(?=[^的率后企]|$)"
    )


_DRUG = re.compile(
    r"(?:新药|创新药|疫苗|医疗器械)(?:“(?P<quoted>[^“”]{2,20})”|(?P<name>[\u4e00-\u9fffA-Za-z0-9]{4,18}?))"
    r"(?:成功|正式|顺利)*获批(?:上市|生产|注册)"
)
_OF_NO_SCIENCE = re.compile(
    r"电影|游戏|动画|剧|歌|书|专列|班列|航线|列车|公路|铁路|大桥|机场|门店|项目|支行|政策|园区|社区|学校|大赛|论坛"
)


def born(text: str, start: int, end: int) -> Iterator[Named]:
    """Return first ones of their kind and new drugs that a sentence says came into being."""
    for match in _born().finditer(text, start, end):
        clause = max(text.rfind(mark, start, match.start()) for mark in "，；：、") + 1
        before = text[max(clause, start) : match.start()]
        if _wanted().search(before) or _OF_NO_SCIENCE.search(match["name"]):
            continue
        holders = holders_of(match["holder"])[0] if match["holder"] else ()
        yield Named(match.start(), match.end(), match["name"], holders, "achievement.first")
    for match in _emerged().finditer(text, start, end):
        if "、" in match["items"] and not _wanted().match(match["items"]):
            yield from _items(text, *match.span("items"), ())
    for match in _DRUG.finditer(text, start, end):
        shown = match["quoted"] or match["name"]
        if not re.search(r"\d+[款种个项]|[一多数首][批款种]", match.group()):
            yield Named(match.start(), match.end(), shown, (), "achievement.drug")
