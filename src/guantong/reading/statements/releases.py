"""Things that were issued, opened, signed, founded or launched (发布), with their names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft, Setting, sentences
from guantong.reading.statements.happened import happened
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.model import ReleaseFacts
from guantong.reading.statements.named import endings, is_marked
from guantong.reading.statements.opened import opened, proposed
from guantong.reading.statements.releasing import planned_or, release_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES = re.compile(
    r"《[^《》]{2,80}(?:《[^》]*》[^《》]*)?》(?:（[^）]{1,20}）)?(?:(?:、|和|及|以及|与)?《[^《》]{2,80}》)*"
)
_TITLE = re.compile(r"《([^《》]{2,80}(?:《[^》]*》[^《》]*)?)》")
_CITED = re.compile(
    r"(?:根据|依据|按照?|落实|贯彻|依照|遵循|执行|符合|参照|实施细则|学习|纳入|载入|对标|通过)[^，。；《》]{0,6}$"
)
_WORK_OF_ART = re.compile(
    r"(?:舞剧|话剧|电影|歌剧|纪录片|电视剧|专著|图书|剧目|音乐剧|歌曲|综艺|报告文学|丛书|画卷|动画|剧|戏|作品|小说|节目|晚会|刊物|杂志)$"
)


@cache
def _issuing() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{pattern('happenings', 'releases', 'issue')})(?:的)?[^，。；《》]{{0,14}}$"
    )


@cache
def _issued_behind() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:等)?[^，。；《》]{{0,16}}?(?:{pattern('happenings', 'releases', 'issued')})"
    )


def read_releases(text: str, setting: Setting) -> list[Draft]:
    """Return the releases of one passage."""
    found: list[Draft] = []
    for start, end in sentences(text):
        found.extend(_titles(text, start, end, setting))
        found.extend(_agreements(text, start, end, setting))
        if setting.kind == "news":
            found.extend(proposed(text, start, end))
        for low, high in _clauses(text, start, end):
            if setting.kind == "measures":
                found.extend(opened(text, low, high, setting, (start, end)))
                continue
            drafts = list(happened(text, low, high, setting, (start, end)))
            found.extend(drafts)
            if not drafts:
                found.extend(opened(text, low, high, setting, (start, end)))
    return _distinct(found)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence; commas inside 《》 and quotes do not part them."""
    depth, begin = 0, start
    for position in range(start, end):
        mark = text[position]
        depth += (mark in "“《（") - (mark in "”》）")
        if depth <= 0 and mark in "，。；：！？":
            if position > begin:
                yield begin, position
            begin, depth = position + 1, 0
    if begin < end:
        yield begin, end


def _titles(text: str, start: int, end: int, setting: Setting) -> Iterator[Draft]:
    for group in _TITLES.finditer(text, start, end):
        left = text[max(start, group.start() - 24) : group.start()]
        right = text[group.end() : min(end, group.end() + 40)]
        if (
            _CITED.search(left)
            or left.endswith("以下简称")
            or _WORK_OF_ART.search(left)
            or right.startswith(("（以下简称", "规定", "要求", "精神"))
        ):
            continue
        verb = _issuing().search(left)
        behind = _issued_behind().match(right)
        on_stage = left.endswith("现场，")
        if verb is None and behind is None and not on_stage:
            continue
        action = planned_or(text[start : group.start()], setting, "issued")
        if verb and verb.group().startswith("实施"):
            continue
        if verb and verb.group().startswith("推出") and not _names_document(group.group()):
            continue
        for title in _TITLE.finditer(text, group.start(), group.end()):
            if _DRAFT.search(title[1]):
                continue
            begin = group.start() - (len(left) - verb.start()) if verb else title.start()
            stop = title.end() if verb else group.end() + (behind.end() if behind else 0)
            yield release_of(title[1], begin, stop, action, "release.title", 0.93, forced="policy")


_DRAFT = re.compile(r"[（(](?:草案|送审稿|征求意见稿|审议稿|讨论稿)[)）]$")


def _names_document(titles: str) -> bool:
    """A work that was put on stage is no document: 推出《山河》."""
    return endings("policy", "list").search(titles.rstrip("》").rsplit("》", 1)[-1]) is not None


_RENAMED = re.compile(
    r"(?:升格为|更名为|改制为|升级为|转设为)"
    r"(?P<name>[^，。；、]{4,24}?(?:大学|学院|中心|集团|医院|研究院|实验室))(?=[，。；、]|$)"
)
_AGREEMENT = re.compile(
    r"(?:正式|共同|现场|成功)?(?:签署|签订|签下)(?:了)?(?P<name>[^，。；：]{0,30}?(?:协议书?|合同|备忘录|意向书))"
)


def _agreements(text: str, start: int, end: int, setting: Setting) -> Iterator[Draft]:
    for found in _RENAMED.finditer(text, start, end):
        if setting.target is True and not is_marked(found["name"]):
            continue
        begin = max(text.rfind(mark, start, found.start()) for mark in "，。；：、") + 1
        action = planned_or(text[start : found.start()], setting, "founded")
        yield release_of(
            found["name"], max(begin, start), found.end(), action, "release.renamed", 0.85
        )
    for found in _AGREEMENT.finditer(text, start, end):
        clause = max(text.rfind(mark, start, found.start()) for mark in "，。；：") + 1
        begin = max(clause, start)
        if (
            re.search(r"\d", found["name"])
            or found["name"] in ("协议", "合同")
            or is_counted(found["name"])
        ):
            continue
        action = planned_or(text[begin : found.start()], setting, "signed")
        yield release_of(
            found["name"], begin, found.end(), action, "release.agreement", 0.85, forced="agreement"
        )


def is_counted(name: str) -> bool:
    """Tell whether a name begins like a count: 一批, 多份."""
    return re.match(r"一批|多[份项个]|系列|若干|[一二三四五六七八九十]+[份项个]", name) is not None


def _distinct(found: list[Draft]) -> list[Draft]:
    seen: set[str] = set()
    kept = []
    for draft in sorted(found, key=lambda item: (item.start, -item.confidence)):
        facts = draft.facts
        if isinstance(facts, ReleaseFacts) and facts.name not in seen:
            seen.add(facts.name)
            kept.append(draft)
    return kept
