"""When a figure holds: years, plans and periods in a sentence, and what its section speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import pattern, table, words

if TYPE_CHECKING:
    from guantong.reading.statements.figures import Figure

_NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time that a text names: ``value`` as in a record, ``last`` its final year.

    ``deadline`` is set for 到…年, …底前 and the like.
    """

    start: int
    end: int
    value: str
    last: int
    deadline: bool = False


@cache
def _scanner() -> re.Pattern[str]:
    plans = pattern("times", "plans")
    relative = pattern("times", "relative")
    return re.compile(
        rf"""(?P<to>到|至|截至|截止|力争)?
        (?:(?P<first>(?:19|20)\d\d)年?\s?[-—–~～至到]\s?(?P<second>20\d\d)年(?:间|期间)?
          |(?P<year>(?:19|20)\d\d)年(?P<month>1[0-2]|0?[1-9])月(?!\d*日?至)(?P<day>\d{{1,2}}日)?(?P<late1>底|末)?
          |(?P<fair>20[0-4]\d)(?=[\u4e00-\u9fff]{{2,12}}?(?:大会|年会|论坛|博览会|会议|大赛))(?!年)
          |(?P<alone>(?:19|20)\d\d)年(?!第[一二三四五六七八九十\d])(?:度(?!假))?(?P<late2>底|末)?(?P<since>以来|起|来)?
          |“?(?P<plan>{plans})(?:”|时期|期间|规划|以来|开局|收官)(?:时期|期间)?(?P<late3>末)?
          |(?P<relative>{relative})(?P<late4>底|末)?
          |(?P<span>近|过去的?|未来|今后|这|(?<![十百第]))(?P<count>[一两二三四五六七八九十])年(?P<come>来|间)?)
        """,
        re.VERBOSE,
    )


def find_times(text: str, year: int | None) -> list[TimeWords]:
    """Return the times that ``text`` names; ``year`` is the one it was written in, if known."""
    if not _HINT.search(text):
        return []
    found = []
    for match in _scanner().finditer(text):
        if match["to"] is None and _COMPARED.search(text, 0, match.start()):
            continue
        words_found = _read(match, year)
        if words_found is not None:
            found.append(words_found)
    return found


_COMPARED = re.compile(r"(?:[比较]|(?:[快高低优好早晚少多]|相当|不亚)于|超过了?|同)$")
_HINT = re.compile(r"年|五[”时期末]|20[0-4]\d[\u4e00-\u9fff]")


def _read(match: re.Match[str], year: int | None) -> TimeWords | None:
    late = any(match[name] for name in ("late1", "late2", "late3", "late4"))
    deadline = match["to"] in ("到", "至", "力争") or late
    value = _value(match, year)
    if value is None:
        return None
    last = int(value.rsplit("-", 1)[-1]) if not match["month"] else int(value[:4])
    return TimeWords(match.start(), match.end(), value, last, deadline)


def _value(match: re.Match[str], year: int | None) -> str | None:
    if match["first"]:
        return f"{match['first']}-{match['second']}"
    if match["year"]:
        return f"{match['year']}-{int(match['month']):02d}"
    if match["fair"]:
        return str(match["fair"])
    if match["alone"]:
        if match["since"] in ("以来", "起") and year is not None and int(match["alone"]) < year:
            return f"{match['alone']}-{year - 1}"
        return str(match["alone"])
    if match["plan"]:
        first, last = table("times")["plans"][match["plan"]]
        return str(last) if match["late3"] else f"{first}-{last}"
    return _relative(match, year)


def _relative(match: re.Match[str], year: int | None) -> str | None:
    if year is None:
        return None
    if match["relative"]:
        shift = table("times")["relative"][match["relative"]]
        return None if shift == 99 else str(year + shift)
    count = _NUMERALS[match["count"]]
    if match["span"] in ("未来", "今后"):
        return f"{year}-{year + count - 1}"
    if (match["span"] or match["come"] == "来") and count > 1:
        return f"{year - count}-{year - 1}"
    return str(year - 1) if match["come"] == "来" else None


@dataclass(frozen=True, slots=True)
class Section:
    """What the current section speaks of: reached or wanted, and of which time."""

    target: bool | None = None
    time: str | None = None


@cache
def _past() -> re.Pattern[str]:
    return re.compile(pattern("times", "sections", "past"))


@cache
def _future() -> re.Pattern[str]:
    return re.compile(pattern("times", "sections", "future"))


def section_of_heading(heading: str, year: int | None, outer: Section) -> Section:
    """Return what a section under ``heading`` speaks of; ``outer`` where the heading is silent."""
    times = find_times(heading, year)
    past, future = _past().search(heading), _future().search(heading)
    if not times:
        if future and not past:
            return Section(
                True, outer.time if outer.target else None if year is None else str(year)
            )
        return (
            outer
            if not past
            else Section(False, outer.time if outer.target is False else _before(year))
        )
    first = times[0]
    if year is not None and first.last >= year and not _REVIEW.search(heading):
        return Section(True, first.value)
    if past and not (future and future.start() > past.start() and first.last >= (year or 0)):
        return Section(False, first.value)
    if future or (year is not None and first.last >= year):
        return Section(True, first.value)
    return Section(False, first.value)


_REVIEW = re.compile(r"回顾|成就|总结|成效|取得")


def _before(year: int | None) -> str | None:
    return None if year is None else str(year - 1)


_OPENING = re.compile(
    r"^(?:——)?(?:[（(]?[一二三四五六七八九十]+[)）、])?(?P<subject>[^，。；]{0,6}?)(?P<time>(?:过去的?|刚刚过去的)?(?:“[^”]{2,4}五”(?:时期|期间|以来)?|20\d\d年|一年来|过去一年|五年来|这五年|今年|过去五年|今后五年|未来五年))"
    r"(?P<rest>[^。；]*)"
)
_GOAL = re.compile(
    r"(?:今年|20\d\d年|“十五五”时期)[^，。]{0,16}(?:预期目标|主要目标|发展目标|目标任务|目标)(?:是|为|：)|做好(?:今年|20\d\d年)[^，。]{0,10}工作|(?:今年|20\d\d年)，?[^，。]{0,6}(?:要|将)(?:重点|着力|突出)"
)


_FIVE_YEARS = re.compile(
    r"这(?:是|五年)[^。；]{2,40}的五年|(?:各位代表[！，])?[^。，]{0,12}回[望首顾看](?:过去五年|“十[一二三四五六七八九]五”|这五年)|(?:各位代表！)?[^。]{0,60}。?五年来，"
)


def section_of_opening(text: str, year: int | None, section: Section) -> Section:
    """Return what a paragraph and those after it speak of, judged by how it begins."""
    goal = _GOAL.search(text[:400])
    if goal:
        times = find_times(goal.group(), year)
        if times and (year is None or times[0].last >= year):
            return Section(True, times[0].value)
    if year is not None and section.target is not True and _FIVE_YEARS.match(text):
        return Section(False, f"{year - 5}-{year - 1}")
    opening = _OPENING.match(text[:80])
    if opening is None or year is None:
        return section
    times = find_times(opening["time"], year)
    if not times:
        return section
    first = times[0]
    if first.last >= year:
        speaks = re.match(r"是|，|的", opening["rest"]) is not None and section.target is not None
        return Section(True, first.value) if speaks else section
    return Section(False, first.value) if section.target is not True else section


@cache
def _stock() -> frozenset[str]:
    return frozenset(words("times", "modality", "stock"))


@cache
def _flow() -> re.Pattern[str]:
    verbs = pattern("times", "modality", "flow_verbs")
    return re.compile(rf"{pattern('times', 'modality', 'flow')}|^.{{0,4}}(?:{verbs})")


@cache
def _done() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('times', 'modality', 'flow_nouns')})$")


def told(before: str, name: str) -> bool:
    """Tell whether the clauses before a name, or the name itself, say that something was done."""
    clauses = re.split("[，；：]", before)
    return bool(_done().search(name)) or any(map(_flow().search, (*clauses, name)))


def narrowed(period: str, figure: Figure, clause: str, behind: str = "") -> str:
    """Return the final year of a period for figures that state where things stand at its end."""
    if "-" not in period or len(period) != len("2021-2025"):
        return period
    if re.search(r"(?:从|由)$", clause):
        return str(int(period[:4]) - 1)
    if _RANKED.search(behind):
        return period[5:]
    if _GROWING.search(clause) or figure.before in LASTING or _flow().search(clause):
        return period
    return period[5:] if figure.before in _stock() or _STANDING.search(clause) else period


_GROWING = re.compile(r"(?:增加|减少|提高|下降|净增)了?(?:近|约|超过?)?$")
LASTING = ("稳定在", "保持在", "维持在")
_STANDING = re.compile(
    r"(?:比重|占比|覆盖率|普及率|强度|人均|总量|拥有量|在建|[^增降]率|总里程|装机|总规模)$|(?:分别|均|已)达|在建"
)
_RANKED = re.compile(
    r"^(?:、[^，。；、]{0,24}){0,5}，?(?:数量|总[量数]|规模)?(?:均|都|分别|稳|位)*居(?:全国|世界|全球)第"
)
