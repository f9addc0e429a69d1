"""Research results with their names (科技成果) and, where named, those who hold them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.breakthroughs import Named, born, made
from guantong.reading.statements.draft import Draft, Setting
from guantong.reading.statements.holders import holders_of
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.model import AchievementFacts, StatementKind
from guantong.reading.statements.named import is_proper, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。！？\n]+")
_HELD = re.compile(
    r"(?P<holder>[^，。、；：“”]{2,60}?(?:大学|学院|研究院|研究所|实验室|医院|公司|集团|中心|科学院|企业|所|厂|局|团队)(?:（[^）]*）)?(?:[、和与](?=[^“]{2,30}(?:大学|学院|研究院|研究所|实验室|医院|公司|集团|中心|企业|科学院|团队)的?“)[^，。；：“”]{2,40})*)(?:的|等的|完成的|研发的|牵头的|研制的)?“(?P<name>[^“”]{4,80})”(?=[、，。；等和及）]|入选|项目|技术|成果|荣获|获|$)"
)
_LISTED = re.compile(r"(?P<head>[^。；：\n]{0,60}?成果[^。；：\n]{0,16}?)：(?P<items>[^。\n]{8,})")
_COUNTED = re.compile(
    r"成果(?:共|有|包括|分别[是为]|为)?(?:\d+|[一二三四五六七八九十]+)?[项个类]?(?:包括|有|分别[是为]|为)?$"
)
_WORKS = re.compile(r"“(?P<quoted>[^“”]{2,16})”(?P<tail>号?[\u4e00-\u9fffA-Za-z0-9]{0,12}?)$")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(pattern("happenings", "achievements", "cue"))


# So many things in one list are results though their names hold no mark.
_ENOUGH = 2
_AWARDED = "(?:荣获|获得?)[^，。；“”]{0,14}(?:科技|技术|创新|发明|自然科学|专利)[^，。；“”]{0,6}奖"


@cache
def _done() -> re.Pattern[str]:
    return re.compile(
        r"(?P<subject>[^，。；：！？\n]{2,60}?)"
        rf"(?P<done>{pattern('happenings', 'achievements', 'done')}|{_AWARDED})(?!机)"
    )


def read_achievements(text: str, setting: Setting) -> list[Draft]:
    """Return the results that one passage names."""
    found: list[Draft] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        if _cue().search(text, start, end) or re.search(r"入选|获奖|荣获", sentence.group()):
            found.extend(_held(text, start, end))
        listed = list(_enumerated(text, start, end)) if not found else []
        found.extend(listed)
        if not listed and setting.target is not True:
            found.extend(_told(text, start, end, found))
    return found


def _told(text: str, start: int, end: int, known: list[Draft]) -> list[Draft]:
    """Return the results that a sentence tells in its own words, each stretch read once."""
    found: list[Draft] = []
    for drafts in (
        [_result(named, 0.82) for named in born(text, start, end)],
        [*_accomplished(text, start, end)],
        [_result(named, 0.75) for named in made(text, start, end)],
    ):
        earlier = [*known, *found]
        found.extend(
            draft
            for draft in drafts
            if not any(low.start < draft.end and draft.start < low.end for low in earlier)
        )
    return found


def _result(named: Named, confidence: float) -> Draft:
    return _draft(named.start, named.end, named.name, named.holders, named.rule, confidence)


def _held(text: str, start: int, end: int) -> Iterator[Draft]:
    for match in _HELD.finditer(text, start, end):
        holders, first = holders_of(match["holder"])
        low = match.start("holder") + first
        yield _draft(low, match.end(), match["name"], holders, "achievement.held", 0.92)


def _enumerated(text: str, start: int, end: int) -> Iterator[Draft]:
    """``…的成果共5项：A、B、C`` names one result after another."""
    match = _LISTED.search(text, start, end)
    if match is None or not _COUNTED.search(match["head"]):
        return
    names = split_list_of_results(text, match.start("items"), match.end("items"))
    if len(names) < 2:
        return
    for low, high in names:
        shown = text[low:high].rstrip("等")
        if len(shown) >= 3:
            yield _draft(low, high, re.sub(r"[“”]", "", shown), (), "achievement.listed", 0.93)


def split_list_of_results(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split at 、 and ； outside quotes and brackets; 和 and 及 belong to the names."""
    found, depth, begin = [], 0, start
    for position in range(start, end):
        mark = text[position]
        depth += (mark in "“《（") - (mark in "”》）")
        if depth <= 0 and mark in "、；":
            found.append((begin, position))
            begin = position + 1
    found.append((begin, end))
    return [(low, high) for low, high in found if high - low >= 3]


def _accomplished(text: str, start: int, end: int) -> Iterator[Draft]:
    """``长风三号首飞入轨``: a named thing and what it did."""
    for match in _done().finditer(text, start, end):
        low, high = match.span("subject")
        cut = max(text.rfind(mark, low, high) for mark in "，；：") + 1
        low = max(low, cut)
        kind = re.search(r"等[^，。；、]{0,12}$", text[low:high])
        known = kind is not None and any(
            _thing().search(shown) for shown in (kind.group(), _bare_end(kind.group()))
        )
        if match["done"].endswith("突破") and not known:
            continue
        names = split_list(text, low, high)
        known = known or sum(_thing().search(name.text) is not None for name in names) > _ENOUGH
        for name in names:
            shown = _work(name.text) or (name.text if known and is_proper(name.text) else None)
            if shown is None:
                continue
            yield _draft(name.start, match.end(), shown, (), "achievement.done", 0.75)


_FIRST = re.compile(
    r"(?:全球|世界|全国|国内|国际|我国|亚洲)?首(?:台|款|套|颗|架|艘|枚|座|个|支|件|例|条|制|创)(?:套)?(?P<rest>[^，。；：]{3,40})$"
)


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('happenings', 'achievements', 'things')})$")


_CODE = re.compile(r"[\u4e00-\u9fff][A-Za-z]+-?[A-Za-z]*\d+[A-Za-z]*$")


def _bare_end(subject: str) -> str:
    return re.sub(
        r"(?:性能|技术|成功|率先|顺利|相继|先后|陆续|接连|双双|已|已经|正式|在[^“”]{2,12}|实现|全部|圆满|完成)+$",
        "",
        subject,
    )


def _work(subject: str) -> str | None:
    """Return the name of a work, or nothing where the subject names none."""
    subject = _bare_end(subject)
    quoted = _WORKS.search(subject)
    if quoted:
        return quoted["quoted"] + quoted["tail"]
    first = _FIRST.search(subject)
    if first and _thing().search(subject):
        return first.group()
    bare = re.sub(
        r"^(?:其中|同时|新的|我省|我市|由[^，]{2,20}研制的?|自主研[发制]的?)+", "", subject
    )
    named = re.search(r"[A-Za-z0-9]|[一二三四五六七八九十]号", bare)
    if (
        named
        and (_thing().search(bare) or _CODE.search(bare))
        and 3 <= len(bare) <= 30
        and is_proper(bare)
    ):
        return bare
    return None


def _draft(
    start: int, end: int, name: str, holders: tuple[str, ...], rule: str, confidence: float
) -> Draft:
    return Draft(
        kind=StatementKind.ACHIEVEMENT, start=start, end=end,
        facts=AchievementFacts(name=name, holders=holders), confidence=confidence, rule=rule,
    )  # fmt: skip
