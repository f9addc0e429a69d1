"""Meetings and ceremonies that took place (会议活动), with date and place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft, Setting, sentences
from guantong.reading.statements.lexicon import pattern, words
from guantong.reading.statements.model import EventFacts, StatementKind
from guantong.reading.statements.named import split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.reading.statements.places import Places

_DAY = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|[-—至]\d{1,2}日)"
)
_AHEAD = re.compile(
    r"将|拟|即将|逐季|按季|每季度?|每月|每年|连续.{1,3}年|定期|多次|经常|筹备|办好|承办好|举办好|精心|计划|今年要|力争|高质量办|争取|迎接|申办"
)


@cache
def _nouns() -> str:
    return pattern("happenings", "events", "nouns")


@cache
def _held() -> str:
    # 开幕式 is a ceremony, not that something opened.
    return rf"(?:{pattern('happenings', 'events', 'held')})(?!式|地|方|者)"


@cache
def _after_name() -> re.Pattern[str]:
    """``X大会在某市召开``, ``X仪式顺利举行``."""
    return re.compile(
        rf"(?P<name>[^，。；：！？\n]{{2,60}}?(?:{_nouns()})[”]?)(?:等[^，。；]{{0,12}})?(?:于\d[^，。；]{{0,10}})?(?:在[^，。；]{{1,14}}?)?(?:顺利|隆重|成功|圆满)?(?P<verb>{_held()})"
    )


@cache
def _before_name() -> re.Pattern[str]:
    """``召开全市科技创新大会``, ``于某地召开的全省招商大会``."""
    return re.compile(
        rf"(?P<verb>{_held()})(?:了|的|过)?(?P<name>[^，。；：！？\n]{{2,60}}?(?:{_nouns()})[”]?)(?=[，。；：！？、上]|$|和|以及|及|等|现场|期间|后|并|在|提出|强调|指出|对|的)"
    )


@cache
def _upon() -> re.Pattern[str]:
    """``在X大会上，``: whatever is told happened there."""
    return re.compile(
        rf"(?:(?<=[，。；！？])|\A)(?:[^，。；“”]{{0,12}}?(?:在|以))?(?P<name>[^，。；：]{{4,50}}?(?:{_nouns()})[”]?)(?:(?:现场)?上[，、]|锚定|拉开|为契机|为起点|开启|开局)"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """A meeting with its number or year, named where a report looks back."""
    return re.compile(
        r"(?P<name>(?:第[一二三四五六七八九十百\d]+届|20\d\d年?)[^，。；：、“”]{2,30}?(?:博览会|交易会|论坛|(?<!人民代表)大会|运动会|峰会|洽谈会|展览会|锦标赛|大奖赛|公开赛))|圆满完成(?P<name2>[^，。；]{4,50}?活动)服务?保障|(?P<name3>[\u4e00-\u9fff]{2,3}省?两会(?:记者会|新闻发布会)?)(?=发布|热议|期间|上|记者|代表)"
    )


def read_events(text: str, setting: Setting, places: Places | None = None) -> list[Draft]:
    """Return the events of one passage that are told as having taken place."""
    found: list[Draft] = []
    for start, end in sentences(text):
        found.extend(_in_sentence(text, start, end, setting, places))
    return found


def _in_sentence(
    text: str, start: int, end: int, setting: Setting, places: Places | None
) -> Iterator[Draft]:
    taken: list[tuple[int, int]] = []
    for drafts in _several(text, start, end, setting, places):
        taken.extend((draft.start, draft.end) for draft in drafts)
        yield from drafts
    for shape, rule, confidence in (
        (_before_name(), "event.held_name", 0.85),
        (_after_name(), "event.name_held", 0.88),
        (_upon(), "event.upon", 0.8),
        (_numbered(), "event.numbered", 0.7),
    ):
        if rule == "event.upon" and setting.kind != "news":
            continue
        for match in shape.finditer(text[start:end]):
            group = next(
                key for key in ("name", "name2", "name3") if key in match.groupdict() and match[key]
            )
            low, high = (start + place for place in match.span(group))
            verb = match.span("verb") if "verb" in match.groupdict() else None
            if any(low < stop and begin < high for begin, stop in taken):
                continue
            if setting.target is True or _AHEAD.search(text[max(start, low - 20) : low]):
                continue
            name_start, name = _name(text, low, high)
            if not _fits(name, text, name_start):
                continue
            taken.append((low, high))
            if group == "name" and rule == "event.held_name":
                yield from _others(text, start, end, high, setting, places)
            reach = (start + verb[0], start + verb[1]) if verb else (name_start, high)
            yield _draft(
                text,
                (start, end),
                reach,
                (name_start, high),
                name,
                rule,
                confidence,
                setting,
                places,
            )


@cache
def _ends_as_event() -> re.Pattern[str]:
    return re.compile(rf"(?:{_nouns()})[”]?$")


@cache
def _several_held() -> re.Pattern[str]:
    """``举办A、B、C等重大活动``: the noun behind 等 says that all of them were events."""
    return re.compile(
        rf"(?P<verb>{_held()})(?:了|的|过)?(?P<items>[^，。；：！？\n]{{3,240}})等"
        r"[^，。；、]{0,14}?(?:活动|会议|展会|盛会|赛事|大会|论坛|展览|节会|会展|外事|主场外交)(?=[，。；]|$)"
    )


def _several(
    text: str, start: int, end: int, setting: Setting, places: Places | None
) -> Iterator[list[Draft]]:
    for match in _several_held().finditer(text, start, end):
        if setting.target is True or _AHEAD.search(
            text[max(start, match.start() - 14) : match.start()]
        ):
            continue
        drafts, known = [], 0
        for begin, stop in _items(text, *match.span("items")):
            low, name = _name(text, begin, stop)
            if len(name) < 3 or not _fits(name, text, low, listed=True):
                continue
            span = (low, stop)
            rule = "event.held_list"
            drafts.append(_draft(text, (start, end), span, span, name, rule, 0.8, setting, places))
            known += _ends_as_event().search(name) is not None
        if 2 * known >= len(drafts):
            yield drafts


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a list of events; 和 parts only what is an event by itself (机械和电子博览会)."""
    pending = None
    for piece in split_list(text, start, end):
        begin = piece.start if pending is None else pending
        if _ends_as_event().search(piece.text) or text[piece.end : piece.end + 1] not in (
            "和",
            "及",
        ):
            yield begin, piece.end
            pending = None
        else:
            pending = begin


def _others(
    text: str, start: int, end: int, position: int, setting: Setting, places: Places | None
) -> Iterator[Draft]:
    """Read the meetings that a held one is listed with: 举办A大会、B论坛."""
    while found := _next_name().match(text, position, end):
        low, high = found.span("name")
        low = _name(text, low, high)[0]
        name = text[low:high]
        if _fits(name, text, low):
            span, rule = (low, high), "event.held_name"
            yield _draft(text, (start, end), span, span, name, rule, 0.8, setting, places)
        position = high


@cache
def _next_name() -> re.Pattern[str]:
    return re.compile(
        rf"[、和及](?P<name>[^，。；：、\n]{{2,40}}?(?:{_nouns()}))(?=[，。；、和及等]|$)"
    )


_LEAD = re.compile(
    r"^(?:本报讯\s?|(?:本报)?记者[^，。：]{2,14}报道：|\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:召开的?|举行的?)?|\d{1,2}月\d{1,2}(?:日|[-—至]\d{1,2}日)(?:上午|下午|晚)?(?:\d+时)?|近日|日前|当天的?|当日|会上|同日|今天|昨天|上午|下午|还|也|又|并|在|于|是|这是|为|召开的?|举行的?|举办的?|了|的|由|和|与|以及|成功|圆满|顺利|(?:服务)?保障(?:了)?|向所有为|\d+届|[一二两三]届|的确|去年|今年|20\d\d年(?=[^全中第北上世]))"
)


def _name(text: str, low: int, high: int) -> tuple[int, str]:
    """Strip dates, verbs and introductions from the front of a meeting's name."""
    for mark in ("召开", "举行", "举办", "承办"):
        cut = text.rfind(mark, low, high)
        if cut >= 0 and high - cut > 6:
            low = cut + len(mark)
    depth = 0
    for position in range(low, high):
        depth += (text[position] in "“《（") - (text[position] in "”》）")
        if depth == 0 and text[position] == "、" and high - position > 5:
            low = position + 1
    while found := _LEAD.match(text[low:high]):
        rest = text[low + found.end() : high]
        if len(rest) < 4 and not _FAIR.match(rest):
            break
        low += found.end()
    return low, text[low:high]


# Fairs are known by three characters: 智博会, 西洽会.
_FAIR = re.compile(r"^[\u4e00-\u9fff]{1,2}[博洽交贸展才创农科消链展推商旅]会$")


def _fits(name: str, text: str, start: int, *, listed: bool = False) -> bool:
    bare = name.strip("“”")
    if _FAIR.match(bare):
        return True
    if listed and len(bare) >= 5 and bare[-1] != "会":
        return re.match(r"\d|[一二三四五六七八九十]+[场个次]|系列|各类", bare) is None
    if (
        bare.endswith("赛会")
        or len(bare) < 4
        or (name.startswith("“") and name.endswith("”") and len(bare) <= 8)
    ):
        return False
    if bare in words("happenings", "events", "generic"):
        return False
    if re.match(
        r"(?:这次|本次|此次|该|各类|各|一系列|系列|一场|多场|\d+[场个次]|[一二三四五六七八九十百]+[场余多]|当[天日]|一批|相关|等|首场|更多|多种|丰富|数|全社会|企业|社会)",
        bare,
    ):
        return False
    if re.search(
        r"(?:机会|社会|委员会|协会|学会|商会|联合会|工会|基金会|理事会|董事会|居委会|体会|领会|不会|才会|都会|也会|就会|可能会|将会|小康社会|展会|议会|妇女会|侨联会|残联会|合作会|开发展|发展|拓展|开展|进展)$",
        bare,
    ):
        return bool(re.search(r"(?:常委会|国际发展)$", bare))
    return not re.match(r"(?:有效|全面|积极|坚持|推动|促进|加强|提升|支持|为|把|让)", bare)


def _draft(
    text: str,
    sentence: tuple[int, int],
    verb: tuple[int, int],
    name: tuple[int, int],
    shown: str,
    rule: str,
    confidence: float,
    setting: Setting,
    places: Places | None,
) -> Draft:
    start, end = min(name[0], verb[0]), max(name[1], verb[1])
    day = None
    for match in _DAY.finditer(text, sentence[0], end):
        day = match
    date = _date(day, setting)
    if day is not None and day.start() >= sentence[0] and start - day.end() < 20:
        start = min(start, day.start())
    facts = EventFacts(name=shown, date=date, place=places.at(end) if places else setting.place)
    return Draft(
        kind=StatementKind.EVENT, start=start, end=end, facts=facts,
        confidence=confidence, rule=rule,
    )  # fmt: skip


def _date(day: re.Match[str] | None, setting: Setting) -> str | None:
    if day is not None:
        year = day["year"] or setting.year
        return f"{year}-{int(day['month']):02d}-{int(day['day']):02d}" if year else None
    if setting.kind == "news" and setting.month_day and setting.year:
        return f"{setting.year}-{setting.month_day}"
    return None
