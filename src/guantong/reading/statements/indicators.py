"""Figures with their names become indicators (指标): what is counted, how much, reached or wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft, Setting, sentences
from guantong.reading.statements.figures import Figure, find_figures
from guantong.reading.statements.lexicon import pattern, words
from guantong.reading.statements.model import Change, IndicatorFacts, StatementKind
from guantong.reading.statements.naming import (
    is_attribute,
    is_verb,
    kept_verb,
    motion_at_end,
    name_after,
    name_before,
    names_nothing,
    only_announces,
    without_linkers,
)
from guantong.reading.statements.standing import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guantong.reading.statements.places import Places
    from guantong.reading.statements.prose import Prose

_CLAUSE = re.compile(r"[，。；：！？\n]|——|…")
_RUN = re.compile(r"^[、，和及与]\s?$")
_MONEY_NAME = re.compile(
    r"(?:总值|产值|收入|营收|投资|规模|总量|金额|存款|贷款|余额|出口|进口|进出口|成交额|交易额|市值|零售|销售|消费|支出|资产|额|集群|产业|经济)(?:总额|总量|规模|总值)?$"
)
_COMPARED = re.compile(r"(?:高于|低于|快于|高出|好于|优于)(?:全国|全省|全市|上年|预期|目标|规上|东部|西部|财政|[^，。、；]{0,6}平均)[^，。、；]{0,6}$")
_SHARE_OF = re.compile(r"占[^，。、；]{1,20}$")


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure with its name, before time and modality are known."""

    figure: Figure
    name: str
    start: int
    end: int
    change: Change
    rule: str
    confidence: float
    subject: str = ""
    kept: str = ""
    clause: int = 0


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
    taken = list(masked)
    drafts: list[Draft] = []
    earlier = None
    for start, end in sentences(text):
        sentence = Sentence(text, start, end, setting, earlier)
        earlier = sentence.last_time
        inside = [
            figure
            for figure in figures
            if start <= figure.digits < end
            and not any(low <= figure.digits < high for low, high in taken)
        ]
        if setting.kind == "measures" and not _AIM.search(text, start, end):
            continue
        for item in _items(prose, (start, end), inside):
            drafts.append(_draft(item, sentence, places))
    return drafts


# In funding measures figures are conditions and benefits, unless the sentence states an aim.
_AIM = re.compile(r"力争|到20\d\d年|目标|总?规模\d|规模达|首期规模")


def _draft(item: _Item, sentence: Sentence, places: Places | None) -> Draft:
    figure = item.figure
    standing = sentence.standing(figure, item.clause)
    facts = IndicatorFacts(
        indicator=item.name,
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


def _items(prose: Prose, sentence: tuple[int, int], figures: list[Figure]) -> list[_Item]:
    items: list[_Item] = []
    index = 0
    while index < len(figures):
        run = _shared_run(prose, sentence[0], figures, index)
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


# ---- 分别 -----------------------------------------------------------------------------------


def _shared_run(prose: Prose, start: int, figures: list[Figure], index: int) -> list[_Item]:
    """Read ``A、B产量分别增长x、y``: each figure with its own name and the shared head."""
    text, run = prose.text, [figures[index]]
    while index + len(run) < len(figures):
        later = figures[index + len(run)]
        if not _RUN.match(text[run[-1].end : later.digits]) and not _RUN.match(text[run[-1].end : later.start]):
            break
        run.append(later)
    first = run[0]
    left = _clause_start(text, start, figures, index)
    segment = text[left : first.start]
    if len(run) < 2 or not (re.search(r"分别|依次", segment[-12:]) or first.before.startswith("分别")):
        return []
    named, direction = motion_at_end(without_linkers(segment))
    spans = _listed(named, left)
    if len(spans) < len(run):
        return []
    change = _change(direction, first)
    last = run[-1]
    if last.after and not any(figure.after for figure in run[:-1]):
        run = [replace(figure, comparator=last.comparator) for figure in run]
    names = _distributed(prose, spans[-len(run) :])
    return [
        _Item(
            figure, name, begin, figure.end, change, "indicator.distributed", 0.93,
            subject=name, clause=left,
        )
        for figure, (begin, name) in zip(run, names, strict=True)
    ]  # fmt: skip


def _listed(segment: str, offset: int) -> list[tuple[int, int]]:
    """Return the stretches of the items of ``A、B和C``."""
    found, start, depth = [], 0, 0
    for position, mark in enumerate(segment):
        depth += (mark in "“（《") - (mark in "”）》")
        if depth == 0 and mark in "、和与及" and position > start:
            found.append((offset + start, offset + position))
            start = position + 1
    if start < len(segment):
        found.append((offset + start, offset + len(without_linkers(segment))))
    return found


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(pattern("naming", "words", "shared_heads"))


def _distributed(prose: Prose, spans: list[tuple[int, int]]) -> list[tuple[int, str]]:
    text = prose.text
    last = text[slice(*spans[-1])]
    found = _heads().search(last, 2) if len(last) > 2 else None
    head = last[found.start() :] if found else ""
    names = []
    for number, (start, end) in enumerate(spans):
        begin, name = name_before(prose, start, end) if number == 0 else (start, text[start:end])
        owned = _heads().search(name, 1)
        names.append((begin, name if number == len(spans) - 1 or owned else name + head))
    return names


# ---- one figure -----------------------------------------------------------------------------


def _item(
    prose: Prose, sentence: tuple[int, int], figures: list[Figure], index: int, previous: _Item | None
) -> _Item | None:
    text, figure = prose.text, figures[index]
    if _never(text, figure):
        return None
    left = _clause_start(text, sentence[0], figures, index)
    if previous is not None and previous.end <= figure.start:
        left = max(left, previous.end)
    limit = figures[index + 1].start if index + 1 < len(figures) else sentence[1]
    item: _Item | None = None
    if figure.family in ("count", "people"):
        item = _counted(prose, figure, left, limit) or _nested(prose, figures, index, sentence[1])
    elif figure.family in ("measure", "money") and text[left : figure.digits].strip("、 ") == "":
        item = _counted(prose, figure, left, limit)
    if item is None:
        item = _measured(prose, figure, left, previous)
    if item is None and figure.family in ("measure", "money"):
        item = _counted(prose, figure, left, limit)
    return _accepted(text, replace(item, clause=left)) if item is not None else None


def _clause_start(text: str, start: int, figures: list[Figure], index: int) -> int:
    figure = figures[index]
    begin = start
    for mark in _CLAUSE.finditer(text, start, figure.digits):
        begin = mark.end()
    if index and figures[index - 1].family not in ("other", "none"):
        begin = max(begin, figures[index - 1].end)
    bracket = text.rfind("（", begin, figure.digits)
    if bracket >= 0 and "）" not in text[bracket : figure.digits]:
        begin = bracket + 1
    return begin


def _never(text: str, figure: Figure) -> bool:
    """Dates, ordinals, rates per piece and figures inside short quotes are no indicators."""
    if figure.family == "other":
        return True
    before = text[max(0, figure.start - 1) : figure.start] or " "
    behind = text[figure.end : figure.end + 1]
    if figure.family == "count" and (behind == "：" or figure.unit in _SORTS and behind.isdigit()):
        return True
    if before in "第前每∶:" or behind in ("∶", ":", "级", "型", "版"):
        return True
    return _quoted(text, figure.digits)


_SORTS = ("类", "种", "大类", "批", "批次", "轮")


def _quoted(text: str, position: int) -> bool:
    for opening, closing, reach in (("“", "”", 16), ("《", "》", 80), ("〔", "〕", 8)):
        begin = text.rfind(opening, max(0, position - reach), position)
        if begin >= 0 and closing not in text[begin:position]:
            end = text.find(closing, position, position + reach)
            if end >= 0 and (opening != "“" or end - begin <= 16):
                return True
    return False


def _counted(prose: Prose, figure: Figure, left: int, limit: int) -> _Item | None:
    """Read a figure whose noun follows it: ``3家国家实验室``."""
    text = prose.text
    begin, end = name_after(prose, figure.end, limit)
    name = text[begin:end].rstrip("等")
    if "的" in name and len(name) - name.rindex("的") > 3:
        name = name[name.rindex("的") + 1 :]
    if len(name) < 2 or not re.search(r"[\u4e00-\u9fffA-Za-z]", name):
        return None
    if only_announces(name):
        return _Item(figure, "", begin, end, Change.LEVEL, "indicator.announces", 0.0)
    if _GROWING.match(text, end) and _ends_in_attribute(name):
        return None
    owner = _modifier(prose, left, figure.start)
    if figure.before in _STEPS:
        _, owner = name_before(prose, left, left + len(without_linkers(text[left : figure.start])))
    modifier = owner if len(name) <= 4 and figure.before not in _STEPS else ""
    start = figure.digits if owner not in text[left : figure.start] or not owner else text.rindex(owner, left, figure.start)
    if figure.before in _STEPS and not figure.after:
        figure = replace(figure, comparator="=")
    return _Item(
        figure, modifier + name, start, end, Change.LEVEL, "indicator.counted", 0.93,
        subject=owner or name,
    )  # fmt: skip


_GROWING = re.compile(r"(?:同比|年均|分别|实际)?(?:增长|下降|增速|达|超过?|突破|占|提高|降低)")


def _ends_in_attribute(name: str) -> bool:
    """``17个传统制造业增加值增长5%`` counts industries only in passing."""
    return any(name.endswith(word) for word in words("naming", "words", "attributes"))


_STEPS = ("迈上", "跨上", "登上", "踏上", "跃上", "迈入", "突破")


def _nested(prose: Prose, figures: list[Figure], index: int, end: int) -> _Item | None:
    """Read ``13个总投资10亿元以上的工业项目``: the counted noun follows another figure."""
    figure = figures[index]
    if index + 1 >= len(figures):
        return None
    inner, text = figures[index + 1], prose.text
    between = text[figure.end : inner.start]
    if not 1 < len(between) <= 8 or _CLAUSE.search(between) or text[inner.end : inner.end + 1] != "的":
        return None
    limit = figures[index + 2].start if index + 2 < len(figures) else end
    begin, stop = name_after(prose, inner.end + 1, limit)
    name = text[begin:stop]
    if len(name) < 2:
        return None
    return _Item(figure, name, figure.digits, figure.end, Change.LEVEL, "indicator.nested", 0.9)


def _modifier(prose: Prose, left: int, end: int) -> str:
    """Return the noun right before a counted one: ``高质量发展84项政策措施``."""
    segment = prose.text[left:end]
    if len(segment) < 4 or segment[-1] in "的、，和等了）":
        return ""
    start, name = name_before(prose, left, end)
    return name if start > left and 4 <= len(name) <= 20 and not re.search(r"[省市县区年月日]$", name) else ""


def _measured(prose: Prose, figure: Figure, left: int, previous: _Item | None) -> _Item | None:
    """Read a figure whose noun stands before it: ``地区生产总值5.2万亿元、增长5.4%``."""
    text = prose.text
    segment, reached = _reached(without_linkers(text[left : figure.start]))
    compared = _COMPARED.search(text[left : figure.start])
    if compared is not None:
        return _against(prose, figure, left, left + compared.start(), previous)
    named, direction = (segment, "") if reached else motion_at_end(segment)
    if direction and len(segment) - len(named) == 1 and figure.family != "share":
        named, direction = segment, ""
    if direction:
        named = without_linkers(named)
    change = _change(direction, figure)
    start, name = name_before(prose, left, left + len(named))
    if names_nothing(name):
        total = _total(prose, figure, left) if previous is None else None
        return total or _carried(text, figure, previous, change, name)
    if kept_verb(name) == name and previous is not None:
        name += previous.subject
        return _Item(figure, name, previous.start, figure.end, change, "indicator.kept_verb", 0.88, subject=previous.subject)
    if previous is not None and _goes_on(text, previous, left, name):
        return _continued(figure, start, name, change, previous, text)
    if name in words("naming", "words", "owned") and text[left - 1 : left] == "，":
        owner = _owner(prose, left)
        if owner is not None:
            return _Item(figure, owner[1] + name, owner[0], figure.end, change, "indicator.owned", 0.85, subject=owner[1])
    return _Item(
        figure, name, start, figure.end, change, "indicator.named", 0.95, subject=name,
        kept=kept_verb(name),
    )  # fmt: skip


def _goes_on(text: str, previous: _Item, left: int, name: str) -> bool:
    """Tell whether a figure is the next item of the list that ``previous`` belongs to."""
    between = text[previous.figure.end : left]
    if between == "" and text[left] == "、":
        return True
    owned = between == "，" and name in words("naming", "words", "owned")
    return owned or (left == previous.end and is_attribute(name))


_REACHING = re.compile(
    r"(?:增长|增加|提高|提升|上升|扩大|下降|降低|减少|回升|增|升|降|拓展|缩小|调整|由|从)(?:到|至|为)?$"
)


def _reached(segment: str) -> tuple[str, bool]:
    """``增长到2025年的4.93万亿元`` states a level though a verb of growth precedes it."""
    found = _REACHING.search(segment)
    if found is None or found.group()[-1] not in "到至为由从":
        return segment, False
    return without_linkers(segment[: found.start()]), True


def _total(prose: Prose, figure: Figure, left: int) -> _Item | None:
    """Read ``攻关需求，共38项``: the clause before ends with the name."""
    if figure.before not in ("共", "共计", "合计", "总计", "累计") or left < 4 or prose.text[left - 1] != "，":
        return None
    owner = _owner(prose, left)
    if owner is None:
        return None
    start, name = owner
    return _Item(figure, name, start, figure.end, Change.LEVEL, "indicator.total", 0.85, subject=name)


def _owner(prose: Prose, left: int) -> tuple[int, str] | None:
    """Return the name that ends the clause before the one that begins at ``left``."""
    begin = left - 1
    while begin and not _CLAUSE.match(prose.text, begin - 1):
        begin -= 1
    start, name = name_before(prose, begin, left - 1)
    return None if names_nothing(name) else (start, name)


def _change(direction: str, figure: Figure) -> Change:
    if figure.doubled:
        return Change.GROWTH
    return Change(direction) if direction else Change.LEVEL


def _carried(
    text: str, figure: Figure, previous: _Item | None, change: Change, own: str
) -> _Item | None:
    if previous is None or not previous.subject:
        return None
    between = text[previous.figure.end : figure.digits]
    if len(between) > 16 or figure.family in ("count", "people") and change is Change.LEVEL and own == "" and len(between) > 4:
        return None
    return _Item(
        figure, previous.subject, previous.start, figure.end, change, "indicator.carried", 0.9,
        subject=previous.subject,
    )  # fmt: skip


def _against(
    prose: Prose, figure: Figure, left: int, end: int, previous: _Item | None
) -> _Item | None:
    """Read ``高于全国0.4个百分点``: the subject, and what it is compared with."""
    start, name = name_before(prose, left, end)
    compared = prose.text[end : figure.start]
    if len(name) >= 2:
        return _Item(figure, name + compared, start, figure.end, Change.LEVEL, "indicator.compared", 0.9, subject=name)
    if previous is None:
        return None
    grown = "增长" if previous.change is Change.GROWTH else ""
    name = previous.subject + grown + compared
    return _Item(
        figure, name, previous.start, figure.end, Change.LEVEL, "indicator.compared", 0.88,
        subject=previous.subject,
    )  # fmt: skip


def _continued(
    figure: Figure, start: int, name: str, change: Change, previous: _Item, text: str
) -> _Item:
    """Read the next item of a list; it may need what the one before named."""
    if is_attribute(name) or name.startswith("占"):
        joined = previous.subject + name
        return _Item(figure, joined, previous.start, figure.end, change, "indicator.attribute", 0.88, subject=previous.subject)
    kept = previous.kept if text[previous.figure.end] == "、" and not kept_verb(name) else ""
    begin = previous.start if kept else start
    return _Item(
        figure, kept + name, begin, figure.end, change, "indicator.listed", 0.93,
        subject=kept + name, kept=kept or kept_verb(name),
    )  # fmt: skip


def _accepted(text: str, item: _Item) -> _Item | None:
    """Leave out what only announces a list, ages, durations and figures without a unit."""
    if not item.name or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", item.name):
        return None
    figure = item.figure
    if is_verb(item.name) and not is_attribute(item.name):
        return None
    if only_announces(item.name) and figure.family == "count":
        return None
    if figure.unit == "岁" and "寿命" not in item.name:
        return None
    if figure.unit == "天" and not re.search(r"天数|优良|寿命", item.name):
        return None
    if item.name.endswith(("时速", "每秒", "口径", "直径")):
        return None
    if figure.unit in ("P", "T") and "算力" not in item.name:
        return None
    if figure.family != "none":
        return item
    if figure.unit == "" and figure.scale > 1000 and _MONEY_NAME.search(item.name):
        return replace(item, figure=replace(figure, unit="元"))
    return None
