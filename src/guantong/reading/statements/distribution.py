"""Figures that 分别 gives to several names in turn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.items import Item, change_of, clause_start
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.naming import (
    motion_at_end,
    name_before,
    names_nothing,
    without_linkers,
)

if TYPE_CHECKING:
    from guantong.reading.statements.figures import Figure
    from guantong.reading.statements.model import Change
    from guantong.reading.statements.prose import Prose

_RUN = re.compile(r"^[、，和及与]\s?$")


def shared_run(
    prose: Prose, start: int, figures: list[Figure], index: int, earlier: list[Item]
) -> list[Item]:
    """Read ``A、B产量分别增长x、y``: each figure with its own name and the shared head.

    Where no name stands in the clause the figures belong to the items just read (``earlier``).
    """
    text, run = prose.text, _run(prose.text, figures, index)
    first = run[0]
    left = clause_start(text, start, figures, index)
    segment = text[left : first.start]
    respectively = re.search(r"分别|依次", segment[-12:]) or first.before.startswith("分别")
    if len(run) < 2 or not (respectively or "城乡" in segment):
        return []
    stripped = without_linkers(segment)
    raised = _RAISED.search(stripped)
    named, direction = (stripped[: raised.start()], "") if raised else motion_at_end(stripped)
    named = without_linkers(named)
    against = _AGAINST.search(named)
    suffix = against.group() if against else ""
    named = without_linkers(named[: len(named) - len(suffix)])
    spans = _listed(prose, left, left + len(named))
    change = change_of(direction, first)
    run = [figure if figure.before else replace(figure, before=first.before) for figure in run]
    if not named and len(earlier) >= len(run):
        return _again(run, earlier[-len(run) :], change, left)
    if len(spans) < len(run):
        return _alike(prose, spans, run, change, left) if spans else []
    last = run[-1]
    if last.after and not any(figure.after for figure in run[:-1]):
        run = [replace(figure, comparator=last.comparator) for figure in run]
    names = _distributed(prose, spans[-len(run) :])
    return [
        Item(
            figure, name + suffix, begin, figure.end, change, "indicator.distributed", 0.93,
            subject=name, clause=left,
        )
        for figure, (begin, name) in zip(run, names, strict=True)
    ]  # fmt: skip


# 投资、消费增速分别快于全国2个、1个百分点.
_AGAINST = re.compile(r"(?:快于|高于|低于|好于|优于|慢于)[^，。；、]{2,8}$")


_RAISED = re.compile(r"(?:提高|提升|增加|增长|上调|下调|下降|降低|增|降)(?:到|至|为)$")


def _run(text: str, figures: list[Figure], index: int) -> list[Figure]:
    """Return the figures from ``index`` on that only 、 or 和 part."""
    run = [figures[index]]
    for later in figures[index + 1 :]:
        end = run[-1].end
        if not _RUN.match(text[end : later.digits]) and not _RUN.match(text[end : later.start]):
            break
        run.append(later)
    return run


def _again(run: list[Figure], earlier: list[Item], change: Change, left: int) -> list[Item]:
    """Read ``游客3亿人次、花费900亿元，分别增长8%、9%``: the figures of the items before."""
    return [
        Item(
            figure, item.subject, item.start, figure.end, change, "indicator.distributed", 0.88,
            subject=item.subject, clause=left,
        )
        for figure, item in zip(run, earlier, strict=True)
    ]  # fmt: skip


# One word that stands for two: 城乡居民收入分别增长6%和7%.
_PAIRS = (("城乡", ("城镇", "农村")), ("进出口", ("出口", "进口")), ("存贷款", ("存款", "贷款")))


def _alike(
    prose: Prose, spans: list[tuple[int, int]], run: list[Figure], change: Change, left: int
) -> list[Item]:
    """Read figures that share one name, or one that stands for two things."""
    start, name = name_before(prose, spans[0][0], spans[-1][1])
    if names_nothing(name):
        return []
    names = [name] * len(run)
    for word, parts in _PAIRS:
        if word in name and len(run) == len(parts):
            names = [name.replace(word, part, 1) for part in parts]
    return [
        Item(
            figure, own, start, figure.end, change, "indicator.distributed", 0.85,
            subject=name, clause=left,
        )
        for figure, own in zip(run, names, strict=True)
    ]  # fmt: skip


def _listed(prose: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of the items of ``A、B和C``; 普及 and the like hold no joint."""
    text, found, depth = prose.text, [], 0
    for position in range(start, end):
        mark = text[position]
        depth += (mark in "“（《") - (mark in "”）》")
        joint = mark == "、" or (mark in "和与及" and prose.whole(position, position + 1))
        if depth == 0 and joint and position > start:
            found.append((start, position))
            start = position + 1
    if start < end:
        found.append((start, start + len(without_linkers(text[start:end]))))
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
