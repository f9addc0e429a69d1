"""Figures with their names become indicators (指标): what is counted and how much."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from guantong.reading.statements.counted import counted, nested
from guantong.reading.statements.distribution import shared_run
from guantong.reading.statements.draft import Draft, Setting, sentences
from guantong.reading.statements.figures import Figure, find_figures
from guantong.reading.statements.items import Item, accepted, clause_start, is_no_indicator
from guantong.reading.statements.measured import measured
from guantong.reading.statements.model import IndicatorFacts, StatementKind
from guantong.reading.statements.naming import is_verb, name_before
from guantong.reading.statements.standing import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guantong.reading.statements.places import Places
    from guantong.reading.statements.prose import Prose


def read_indicators(
    prose: Prose,
    setting: Setting,
    places: Places | None = None,
    masked: Iterable[tuple[int, int]] = (),
) -> list[Draft]:
    """Return the indicators of one passage; figures inside ``masked`` stretches are left alone."""
    text = prose.text
    figures = find_figures(text)
    if not figures:
        return []
    figures = unmasked(figures, masked)
    drafts: list[Draft] = []
    earlier = None
    for start, end in sentences(text):
        sentence = Sentence(text, start, end, setting, earlier)
        earlier = sentence.last_time
        first, behind = (bisect_left(figures, edge, key=_digits) for edge in (start, end))
        inside = figures[first:behind]
        if setting.kind == "measures" and not _AIM.search(text, start, end):
            continue
        items = _items(prose, (start, end), inside)
        drafts.extend(_draft(item, sentence, places) for item in items)
    return drafts


def _digits(figure: Figure) -> int:
    return figure.digits


def unmasked(figures: list[Figure], masked: Iterable[tuple[int, int]]) -> list[Figure]:
    """Leave out the figures, which stand in order, that lie in one of the stretches."""
    stretches = deque(sorted(masked))
    kept, reach = [], 0
    for figure in figures:
        while stretches and stretches[0][0] <= figure.digits:
            reach = max(reach, stretches.popleft()[1])
        if figure.digits >= reach:
            kept.append(figure)
    return kept


# In funding measures figures are conditions and benefits, unless the sentence states an aim.
_AIM = re.compile(r"每年安排|力争|到20\d\d年|目标|总?规模\d|规模达|首期规模")


_FOOTNOTE = re.compile(r"［\d+］")


def _draft(item: Item, sentence: Sentence, places: Places | None) -> Draft:
    figure = item.figure
    bare = _bare(sentence.text, item)
    standing = sentence.standing(figure, item.clause, bare=bare)
    facts = IndicatorFacts(
        indicator=_FOOTNOTE.sub("", item.name),
        value=figure.value,
        unit=figure.unit,
        comparator=figure.comparator,
        change=item.change,
        modality=standing.modality,
        time=standing.time,
        place=places.at(figure.digits) if places else sentence.setting.place,
        value_max=figure.upper,
    )
    trail = (item.rule, f"change.{item.change}", *standing.rules)
    return Draft(
        kind=StatementKind.INDICATOR, start=item.start, end=item.end, facts=facts,
        confidence=item.confidence, rule=item.rule, trail=trail,
    )  # fmt: skip


def _bare(text: str, item: Item) -> bool:
    """Tell whether the clause holds the name alone, and no verb that brought it about."""
    if item.rule not in ("indicator.named", "indicator.listed") or item.kept:
        return False
    clause = text[item.clause : item.figure.start].strip("、，和 ")
    return clause.removeprefix("全省").removeprefix("全市").removeprefix("全区") == item.name


def _items(prose: Prose, sentence: tuple[int, int], figures: list[Figure]) -> list[Item]:
    items: list[Item] = []
    index = 0
    while index < len(figures):
        run = shared_run(prose, sentence[0], figures, index, items)
        if run:
            items.extend(run)
            index += len(run)
            continue
        previous = items[-1] if items else None
        item = _item(prose, sentence, figures, index, previous)
        if item is not None:
            items.append(item)
        index += 1
    return items


def _item(
    prose: Prose,
    sentence: tuple[int, int],
    figures: list[Figure],
    index: int,
    previous: Item | None,
) -> Item | None:
    text, figure = prose.text, figures[index]
    if is_no_indicator(text, figure) or _inside_count(text, figures, index):
        return None
    left = clause_start(text, sentence[0], figures, index)
    if previous is not None and previous.end <= figure.start:
        left = max(left, previous.end)
    figure, after = _with_size(text, figures, index)
    limit = figures[after].start if after < len(figures) else sentence[1]
    item: Item | None = None
    if figure.family in ("count", "people"):
        item = counted(prose, figure, left, limit) or nested(prose, figures, index, sentence[1])
    elif _names_behind(text, figure, left):
        item = counted(prose, figure, left, limit)
    if item is None and _told_in_passing(prose, figure, left):
        return None
    if item is None:
        item = measured(prose, figure, left, previous)
    if item is None and figure.family in ("measure", "money"):
        item = counted(prose, figure, left, limit)
    return accepted(text, replace(item, clause=left)) if item is not None else None


_MOVED = re.compile(r"[增升下降提回上]|左右|上下")
_YEARLY = ("年产", "日产", "年处理", "日处理", "年产能")
_INSIDE_NAME = re.compile(
    r"(?![和与及并以且而即后前时])[\u4e00-\u9fff][^，。；、]{0,24}?"
    r"(?:项目|工程|生产线|产线|基地|装置|机组|材料|铜箔|设施|泊位|航道|水库|轴承|支架|滑坡)"
)


def _with_size(text: str, figures: list[Figure], index: int) -> tuple[Figure, int]:
    """Return a count extended over the sizes of what it counts, and the figure after them."""
    figure, after = figures[index], index + 1
    if figure.family != "count":
        return figure, after
    while after < len(figures) and (
        text[figure.end : figures[after].start]
        in ("", "和", "、")[: 1 if after == index + 1 else 3]
    ):
        later = figures[after]
        if later.unit in _AGES:
            return figure, after + 1
        if later.family != "measure" and later.unit not in ("千伏", "伏"):
            break
        figure = replace(figure, end=later.end)
        after += 1
    return figure, after


def _inside_count(text: str, figures: list[Figure], index: int) -> bool:
    """3座45万千瓦光热电站, 10亿元以上项目3个: of what size each of those counted is."""
    figure = figures[index]
    if figure.family == "money" and figure.after == "以上" and index + 1 < len(figures):
        later = figures[index + 1]
        named = re.fullmatch(r"[^，。；、的]{2,10}", text[figure.end : later.start])
        return later.family == "count" and named is not None
    if not index or figure.family != "measure":
        return False
    counted_first = figures[index - 1]
    return counted_first.family == "count" and counted_first.end == figures[index].start


def _told_in_passing(prose: Prose, figure: Figure, left: int) -> bool:
    """4次提高标准 tells how often; 宏远10万吨新材料项目 is a name that holds a capacity."""
    text = prose.text
    if figure.unit in ("次", "回", "轮"):
        return text[figure.end : figure.end + 1].isalpha()
    if figure.family != "measure" or figure.before or figure.after:
        return False
    if _INSIDE_NAME.match(text, figure.end) is None:
        return False
    _, name = name_before(prose, left, figure.start)
    return len(name) >= 2 and not is_verb(name)


# 80万名65岁以上老年人: an age belongs to the noun.
_AGES = ("岁", "周岁")


def _names_behind(text: str, figure: Figure, left: int) -> bool:
    """A figure without a noun before it may have one behind: 85%的任务, 和93%以上行政村."""
    before = text[left : figure.start]
    if figure.family in ("measure", "money"):
        return before.strip("、 ") == "" or before.endswith(_YEARLY)
    follows = text[figure.end : figure.end + 1]
    if figure.family != "share" or not follows:
        return False
    if before == "" and follows.isalpha() and _MOVED.match(text, figure.end) is None:
        return True
    return (before == "" and follows == "的") or (
        before.endswith(("和", "及")) and follows.isalpha()
    )
