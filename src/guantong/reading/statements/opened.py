"""Releases told before a name: 组建, 设立, 启动, 推出, and what is proposed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import alternation, words
from guantong.reading.statements.named import (
    MEANS,
    is_known,
    is_local,
    is_marked,
    is_proper,
    kind_of_object,
    split_list,
)
from guantong.reading.statements.releasing import is_clause, planned_or, release_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.reading.statements.draft import Draft, Setting


@cache
def _openers() -> re.Pattern[str]:
    entries = (
        *words("happenings", "releases", "found"),
        *words("happenings", "releases", "begin"),
        *words("happenings", "releases", "issue"),
    )
    return re.compile(rf"(?P<verb>{alternation(entries)})(?:的|我省|我市|全省|全市)?")


# Drafting a document is a task; only a title in 《》 makes it a release.
_DRAFTING = ("修订", "编制", "起草", "实施", "制定", "研究制定", "制修订", "审议")
_ISSUED = re.compile(r"出台|发布|印发|颁布")
_FUTURE = re.compile(r"(?P<verb>将(?:实施|启动|建设|打造)|筹建|规划建设|拟建|共建)(?!的)")


def opened(
    text: str, low: int, high: int, setting: Setting, sentence: tuple[int, int]
) -> Iterator[Draft]:
    """Return the releases of a clause that stand behind what was done to them."""
    found = _verb(text, low, high)
    if found is None:
        return
    titles = _TITLES.match(text, found.end(), high)
    start = titles.end() if titles else found.end()
    while start < high and text[start] in "了的":
        start += 1
    if _SEVERAL.match(text, start, high):
        return
    action = _action_before(found["verb"], text[sentence[0] : found.start()], setting)
    works = found["verb"].startswith(_BUILT) and _WORKS.search(text, start, high) is not None
    for name in split_list(text, start, high):
        marked = worded(name)
        marked = re.sub(r"^(?:总规模|首期规模|规模)?\d[^的]{0,12}(?:元|亿)的?", "", marked)
        counted = re.match(r"\d+[项个家支款份]", marked)
        marked = marked[counted.end() :] if counted else marked
        sure = (
            is_proper(marked, strong=True)
            or is_proper(name.text, strong=True)
            or _vouched(found.group(), name.text)
            or (works and is_proper(marked) and not MEANS.search(marked))
        )
        document = kind_of_object(marked) == "policy" or _ARTICLES.search(marked)
        issued = document and found.group().startswith(words("happenings", "releases", "issue"))
        if not sure or (is_clause(marked) and not issued) or (counted and not is_local(marked)):
            continue
        if found["verb"].startswith("建成") and _TITLE_OF_HONOUR.match(marked):
            continue
        if action == "planned" and setting.kind == "report" and not _planned_name(marked):
            continue
        if setting.kind == "measures" and kind_of_object(marked) not in ("fund", "list", "policy"):
            continue
        yield release_of(marked, found.start(), name.end, action, "release.opened", 0.78)


def _verb(text: str, low: int, high: int) -> re.Match[str] | None:
    """Return the verb of a clause that a name may follow; drafting is none, 《》 is read apart."""
    found = None
    for shape in (_FUTURE, _openers()):
        found = next((m for m in shape.finditer(text, low, high) if high - m.end() >= 4), None)
        if found:
            break
    if found is None or (
        text[found.end() : found.end() + 1] in "《" and not _TITLES.match(text, found.end())
    ):
        return None
    drafted = found.group().startswith(_DRAFTING) and _ISSUED.search(found.group()) is None
    # 共建共治共享 is a way to govern.
    return None if drafted or text.startswith(("共治", "共享"), found.end()) else found


# 建成A、B等重点项目: names in a list of works vouch for each other.
_BUILT = ("建成", "开工", "投产", "投用", "开通")
_WORKS = re.compile(
    r"、[^，。；]{2,40}等(?:\d+[个项]|一批)?[^，。；、]{0,10}(?:项目|工程|设施|场馆|地标)$"
)


# 发布《…》和…榜单: titles are read apart, what is listed with them is read here.
_TITLES = re.compile(r"(?:《[^》]+》(?:（[^）]*）)?[、和及与])+(?=[^《])")
# 建成全国节水示范区 tells of a title that a place was given.
_TITLE_OF_HONOUR = re.compile(r"(?:全国|国家)[^，。；]*(?:示范区|示范省|示范市|先行区|城市)$")


_ARTICLES = re.compile(r".{4}“(?:新)?[\d一二三四五六七八九十]+条”(?:政策|措施)?$")


def _planned_name(name: str) -> bool:
    """What is only planned needs a name of its own; documents are known by their title."""
    return kind_of_object(name) in ("policy", "project", "other") or is_marked(name)


def _vouched(verb: str, name: str) -> bool:
    """Some verbs say by themselves that a named thing follows: 启动实施…行动, 公布了…智能体."""
    if verb.startswith(("开工建设", "建成投用", "建成开通", "开通", "建成投产")):
        return is_known(name, "project", least=4)
    if verb.startswith(("建成", "投运", "全面投运")) or verb == "开工":
        known = is_known(name, "project", least=4) or is_known(name, "platform", least=9)
        return known and re.search(r"\d", name) is None
    if verb.startswith(words("happenings", "releases", "found")):
        return is_known(name, "platform", "organisation", least=9)
    if verb.startswith(words("happenings", "releases", "issue")) and _ARTICLES.search(name):
        return True
    if verb.startswith("启动") and re.search(r"(?<!一轮)[三五]年行动(?:计划|方案)?$", name):
        return is_known(name, "other", "policy")
    if verb.startswith(("启动实施", "将实施")):
        return is_known(name, "other")
    if verb.startswith(("发布", "推出", "公布")):
        return is_known(name, "product") or re.fullmatch(r"“[^“”]{4,}”", name) is not None
    return False


_SEVERAL = re.compile(r"一批|一大批|若干|多个|更多|一系列")
_WORKS_ON = re.compile(
    r"(?:提出|明确|表示|将|计划)[^。；]{0,40}?，?(?:高质量|高标准|高水平|加快|积极|全力|谋划)*(?P<verb>建设|加快)(?P<name>[^，。；、]{4,30}?(?:湾区|基地|中心|平台|实验室|先导区|试验区|示范区))(?=建设|[，。；])"
)


def proposed(text: str, start: int, end: int) -> Iterator[Draft]:
    """News of plans: ``某省提出，建设国家…中试基地`` announces a thing with a proper name."""
    for found in _WORKS_ON.finditer(text, start, end):
        name = found["name"]
        if (
            is_marked(name)
            and is_proper(name, strong=True)
            and "建设" not in name
            and not is_clause(name)
        ):
            yield release_of(
                name, found.start("verb"), found.end(), "planned", "release.proposed", 0.6
            )


def _action_before(verb: str, before: str, setting: Setting) -> str:
    bare = verb.rstrip("了的")
    if _FUTURE.match(verb):
        return "planned"
    action = "launched"
    if bare in words("happenings", "releases", "issue"):
        action = "issued"
    elif bare in words("happenings", "releases", "found"):
        action = "founded"
    return planned_or(before, setting, action)
