"""Things that were issued, opened, signed, founded or launched (发布), with their names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.draft import Draft, Setting, sentences
from guantong.reading.statements.lexicon import alternation, pattern, words
from guantong.reading.statements.model import ReleaseFacts, StatementKind
from guantong.reading.statements.named import (
    Name,
    endings,
    is_known,
    is_local,
    is_marked,
    is_proper,
    kind_of_object,
    split_list,
)

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
_AHEAD = re.compile(r"将|拟|计划|筹备|即将|争取|力争|确保")
_ADVERBS = re.compile(
    r"(?:正式|成功|同步|也|现场|顺利|相继|陆续|均|全面|已|已经|率先|提前|如期|即将|将|先后|同时|还|全部|双双|隆重|在[^，。、]{2,12}?|于[^，。、]{2,12}?|实现|高质量|高标准|建成|全线|整体|主体|获批|全面|今日|按时|按期|当天|日前|近日|并|首次|圆满|基本|完成|加快|推动|投入)$"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|与此同时|目前|截至目前|当前|近日|日前|会上|大会|会议|现场|当天|当日|今年|去年|年内|全年|全省|全市|我省|我市|我区|推动|支持|确保|实现|加快|推进|促进|力争|争取|保障|抓好|持续推进|随着|标志着|共|共有|已|还|并|又|也|一批|包括|如|使|让|以|是|"
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|20\d\d年|国家[^，。、]{0,2}批复)"
)
_ITEM_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+(?:是|要)|第[一二三四五六七八九十]+[条，、]?|（[一二三四五六七八九十]+）|\d+[.、])"
)


@cache
def _state_verbs() -> re.Pattern[str]:
    everything = alternation(
        word
        for group in ("launched", "founded", "signed", "issued")
        for word in words("happenings", "releases", group)
    )
    return re.compile(
        rf"(?:(?:{everything})(?:并?(?:{everything}))?|筹建)(?=$|[，。；、！：）]|并|后|和)|落户(?=[^，。；]{{2,4}}(?:[，。；]|$))"
    )


@cache
def _action_of(verb: str) -> str:
    """Return what a verb behind a name says; of two verbs in a row the first decides."""
    if verb == "筹建":
        return "planned"
    for group, action in (("signed", "signed"), ("founded", "founded"), ("issued", "issued")):
        if verb.startswith(words("happenings", "releases", group)):
            return action
    return "launched"


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


@cache
def _openers() -> re.Pattern[str]:
    entries = (
        *words("happenings", "releases", "found"),
        *words("happenings", "releases", "begin"),
        *words("happenings", "releases", "issue"),
    )
    return re.compile(rf"(?P<verb>{alternation(entries)})(?:的|我省|我市|全省|全市)?")


def read_releases(text: str, setting: Setting) -> list[Draft]:
    """Return the releases of one passage."""
    found: list[Draft] = []
    for start, end in sentences(text):
        found.extend(_titles(text, start, end, setting))
        found.extend(_agreements(text, start, end, setting))
        if setting.kind == "news":
            found.extend(_proposed(text, start, end))
        for low, high in _clauses(text, start, end):
            if setting.kind == "measures":
                found.extend(_opened(text, low, high, setting, (start, end)))
                continue
            drafts = list(_happened(text, low, high, setting, (start, end)))
            found.extend(drafts)
            if not drafts:
                found.extend(_opened(text, low, high, setting, (start, end)))
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


# ---- 《…》 -----------------------------------------------------------------------------------


def _titles(text: str, start: int, end: int, setting: Setting) -> Iterator[Draft]:
    for group in _TITLES.finditer(text, start, end):
        left = text[max(start, group.start() - 24) : group.start()]
        right = text[group.end() : min(end, group.end() + 40)]
        if (
            _CITED.search(left)
            or _WORK_OF_ART.search(left)
            or right.startswith(("（以下简称", "规定", "要求", "精神"))
        ):
            continue
        verb = _issuing().search(left)
        behind = _issued_behind().match(right)
        on_stage = left.endswith("现场，")
        if verb is None and behind is None and not on_stage:
            continue
        action = _planned(text[start : group.start()], setting, "issued")
        if verb and verb.group().startswith("推出") and not _names_document(group.group()):
            continue
        for title in _TITLE.finditer(text, group.start(), group.end()):
            begin = group.start() - (len(left) - verb.start()) if verb else title.start()
            stop = title.end() if verb else group.end() + (behind.end() if behind else 0)
            yield _release(title[1], begin, stop, action, "release.title", 0.93, forced="policy")


def _names_document(titles: str) -> bool:
    """A work that was put on stage is no document: 推出《山河》."""
    return endings("policy", "list").search(titles.rstrip("》").rsplit("》", 1)[-1]) is not None


def _planned(before: str, setting: Setting, action: str) -> str:
    if setting.target is True:
        return "planned"
    found = list(_AHEAD.finditer(before[-30:]))
    return "planned" if found and setting.target is None else action


def _release(
    name: str, start: int, end: int, action: str, rule: str, confidence: float, forced: str = ""
) -> Draft:
    whole = re.fullmatch(r"“([^“”]+)”", name)
    shown = whole[1] if whole else name
    if shown.count("“") != shown.count("”"):
        shown = re.sub(r"[“”]", "", shown)
    facts = ReleaseFacts(object=forced or kind_of_object(shown), name=shown, action=action)
    return Draft(
        kind=StatementKind.RELEASE, start=start, end=end, facts=facts,
        confidence=confidence, rule=rule,
    )  # fmt: skip


# ---- agreements -----------------------------------------------------------------------------

_RENAMED = re.compile(
    r"(?:升格为|更名为|改制为|升级为|转设为)"
    r"(?P<name>[^，。；、]{4,24}?(?:大学|学院|中心|集团|医院|研究院|实验室))(?=[，。；、]|$)"
)
_AGREEMENT = re.compile(
    r"(?:正式|共同|现场|成功)?(?:签署|签订|签下)(?:了)?(?P<name>[^，。；：]{0,30}?(?:协议书?|合同|备忘录|意向书))"
)


def _agreements(text: str, start: int, end: int, setting: Setting) -> Iterator[Draft]:
    for found in _RENAMED.finditer(text, start, end):
        begin = max(text.rfind(mark, start, found.start()) for mark in "，。；：、") + 1
        action = _planned(text[start : found.start()], setting, "founded")
        yield _release(
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
        action = _planned(text[begin : found.start()], setting, "signed")
        yield _release(
            found["name"], begin, found.end(), action, "release.agreement", 0.85, forced="agreement"
        )


def is_counted(name: str) -> bool:
    """Tell whether a name begins like a count: 一批, 多份."""
    return re.match(r"一批|多[份项个]|系列|若干|[一二三四五六七八九十]+[份项个]", name) is not None


# ---- what happened to it stands behind the name ---------------------------------------------


def _happened(
    text: str, low: int, high: int, setting: Setting, sentence: tuple[int, int]
) -> Iterator[Draft]:
    begin = low
    for verb in _state_verbs().finditer(text, low, high):
        if verb.start() < begin:
            continue
        start, end = _subject(text, begin, verb.start())
        begin = verb.end()
        if end - start < 3:
            continue
        action = _action_of(verb.group())
        action = _planned(text[sentence[0] : start] + text[end : verb.start()], setting, action)
        yield from _subjects(text, start, end, verb, action)
        while begin < high and text[begin] in "、并和":
            begin += 1


def _subject(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip what stands around the names: dates and openings before, adverbs behind."""
    trimmed = True
    while trimmed and start < end:
        found = _LEAD.match(text[start:end]) or _ITEM_LEAD.match(text[start:end])
        trimmed = found is not None and found.end() > 0
        start += found.end() if found else 0
    while found := _ADVERBS.search(text[start:end]):
        if not found.group():
            break
        end = start + found.start()
    return start, end


def _subjects(text: str, start: int, end: int, verb: re.Match[str], action: str) -> Iterator[Draft]:
    start = _behind_verb(text, start, end)
    names = _headed(split_list(text, start, end))
    if verb.group() in words("happenings", "releases", "issued") and not _issuable(text, end, verb):
        return
    tail = text[names[-1].end : end] if names else ""
    physical = verb.group() not in _ACTS
    several = len(names) > 1 and (physical or _ending_fits(tail, names))
    for name in names:
        marked = _worded(name)
        if _verbal(marked) or not _nameable(name, marked, verb.group(), several):
            continue
        quote_start = name.start
        yield _release(marked, quote_start, verb.end(), action, "release.happened", 0.85)


_ACTS = (
    "建成",
    "落地",
    "落地见效",
    "启动",
    "成立",
    "设立",
    "组建",
    "开放",
    "交付",
    "完工",
    "发布",
    "推出",
    "公布",
    "出台",
    "贯通",
    "开放",
    "量产",
    "首发",
)


_FOUNDING = ("启动", "成立", "组建", "设立")
_VAGUE = ("落地", "落地见效", "发布", "推出", "公布", "开放", "启动", "量产")
# Structures that have a name of their own however short it is.
_STRUCTURE = re.compile(
    r"(?:高铁|铁路|高速|高速公路|机场|水库|大桥|特大桥|隧道|地铁|\d号线|电站|枢纽|航道|运河|大学|医院|水厂|核电站|港区)$"
)


def _nameable(name: Name, marked: str, verb: str, several: bool) -> bool:
    """Several names in a list vouch for each other; a single one needs a mark or a known ending."""
    if is_proper(marked, strong=True) or is_proper(name.text, strong=True):
        return True
    if several and verb not in ("落地", "落地见效", "发布", "推出", "公布", "贯通", "开放", "量产"):
        return is_proper(marked)
    if verb.startswith(("揭牌", "挂牌")) and is_marked(marked) and len(marked) >= 6:
        return is_proper(marked)
    if "“" in name.text and _action_of(verb) == "founded":
        return is_proper(marked)
    if _STRUCTURE.search(marked) and len(marked) >= 4 and verb not in _VAGUE:
        return is_proper(marked)
    if verb in _ACTS:
        return verb in _FOUNDING and is_known(marked, "organisation")
    return is_known(marked, "project", "platform", "organisation", "product") or is_known(
        marked, "organisation", least=4
    )


_MIDDLE = re.compile(
    r"(?:同步推进|集中|推进|举行|举办|完成|实现|促进|争取|鼓励|引导|要求|希望|支持|推动|加快|确保|保障)(?=[^，。；]{4,}$)"
)


def _behind_verb(text: str, start: int, end: int) -> int:
    """A subject that holds a verb of its own begins behind it: ``同步推进…项目签约``."""
    part = text[start:end]
    found = [
        mark
        for mark in _MIDDLE.finditer(part)
        if part[: mark.start()].count("“") == part[: mark.start()].count("”")
    ]
    return start + found[-1].end() if found else start


def _issuable(text: str, end: int, verb: re.Match[str]) -> bool:
    """``技术需求发布`` names an act; ``…清单同步发布`` says that something was issued."""
    between = text[end : verb.start()]
    known = endings("policy", "list", "platform", "product", "fund").search(
        text[max(0, end - 30) : end]
    )
    named = between or text[end - 1] in "”》" or "“" in text[max(0, end - 20) : end]
    return bool(named) and known is not None


def _headed(names: list[Name]) -> list[Name]:
    """Lend a name without a head that of the next one: 清河、白沙|水利枢纽."""
    shape = endings("platform", "project", "organisation", "product")
    headed: list[Name] = []
    head = ""
    for name in reversed(names):
        found = shape.search(name.text)
        if found is not None:
            head = found.group() if found.start() >= 2 else ""
        headed.append(name if found else replace(name, text=name.text + head))
    return headed[::-1]


def _ending_fits(tail: str, names: list[Name]) -> bool:
    return endings("platform", "project", "organisation", "product").search(
        tail
    ) is not None or any(
        endings("platform", "project", "organisation", "product", "list", "policy").search(
            name.text
        )
        for name in names
    )


def _worded(name: Name) -> str:
    quoted = re.search(r"“([^“”]{2,12}号)”$", name.text)
    if quoted:
        return quoted[1]
    return re.sub(
        r"^(?:由[^，]{2,20}?(?:的|建设|打造)|(?:全国|我国|全省|国内)首[个家座条支])", "", name.text
    ).strip()


def _verbal(name: str) -> bool:
    """A clause with a verb of its own is no name: ``推动企业``, ``坚持…``."""
    if re.search(
        r"进行|围绕|面向|要求|表示|强调|指出|作为|成为|获评|入选|荣获|以及时|正在|已经|共同|累计",
        name,
    ):
        return True
    return (
        re.match(
            r"(?:推动|支持|坚持|完善|优化|加强|强化|深化|提升|实施|开展|持续|进一步|打造|形成|帮助|鼓励|引导|做好|抓好|统筹|围绕|聚焦|通过|建立|健全|发挥|争取|保障|带动|完成|新增|增加|扩大|减少|全力|积极|着力|大力|有序|稳步|扎实|深入|全面)",
            name,
        )
        is not None
    )


# ---- what was done stands before the name ---------------------------------------------------

# Drafting a document is a task; only a title in 《》 makes it a release.
_DRAFTING = ("修订", "编制", "起草", "实施", "制定", "研究制定", "制修订", "审议")
_FUTURE = re.compile(r"(?P<verb>将(?:实施|启动|建设|打造)|筹建|规划建设|拟建|共建)(?!的)")


def _opened(
    text: str, low: int, high: int, setting: Setting, sentence: tuple[int, int]
) -> Iterator[Draft]:
    found = None
    for shape in (_FUTURE, _openers()):
        found = next((m for m in shape.finditer(text, low, high) if high - m.end() >= 4), None)
        if found:
            break
    if found is None or text[found.end() : found.end() + 1] in "《":
        return
    if found.group().startswith(_DRAFTING):
        return
    start = found.end()
    while start < high and text[start] in "了的":
        start += 1
    if _SEVERAL.match(text, start, high):
        return
    action = _action_before(found["verb"], text[sentence[0] : found.start()], setting)
    for name in split_list(text, start, high):
        marked = _worded(name)
        marked = re.sub(r"^(?:总规模|首期规模|规模)?\d[^的]{0,12}(?:元|亿)的?", "", marked)
        counted = re.match(r"\d+[项个家支款份]", marked)
        marked = marked[counted.end() :] if counted else marked
        sure = is_proper(marked, strong=True) or is_proper(name.text, strong=True)
        sure = sure or _vouched(found.group(), name.text)
        issued = kind_of_object(marked) == "policy" and found.group().startswith(
            words("happenings", "releases", "issue")
        )
        if not sure or (_verbal(marked) and not issued) or (counted and not is_local(marked)):
            continue
        if setting.kind == "measures" and kind_of_object(marked) not in ("fund", "list", "policy"):
            continue
        yield _release(marked, found.start(), name.end, action, "release.opened", 0.78)


def _vouched(verb: str, name: str) -> bool:
    """Some verbs say by themselves that a named thing follows: 启动实施…行动, 公布了…智能体."""
    if verb.startswith(("开工建设", "建成投用", "建成开通", "开通", "建成投产")):
        return is_known(name, "project", least=4)
    if verb.startswith(("启动实施", "将实施")):
        return is_known(name, "other")
    if verb.startswith(("发布", "推出", "公布")):
        return is_known(name, "product") or re.fullmatch(r"“[^“”]{4,}”", name) is not None
    return False


_SEVERAL = re.compile(r"一批|一大批|若干|多个|更多|一系列")
_WORKS_ON = re.compile(
    r"(?:提出|明确|表示|将|计划)[^。；]{0,40}?，?(?:高质量|高标准|高水平|加快|积极|全力|谋划)*(?P<verb>建设|加快)(?P<name>[^，。；、]{4,30}?(?:湾区|基地|中心|平台|实验室|先导区|试验区|示范区))(?=建设|[，。；])"
)


def _proposed(text: str, start: int, end: int) -> Iterator[Draft]:
    """News of plans: ``某省提出，建设国家…中试基地`` announces a thing with a proper name."""
    for found in _WORKS_ON.finditer(text, start, end):
        name = found["name"]
        if (
            is_marked(name)
            and is_proper(name, strong=True)
            and "建设" not in name
            and not _verbal(name)
        ):
            yield _release(
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
    return _planned(before, setting, action)


def _distinct(found: list[Draft]) -> list[Draft]:
    seen: set[str] = set()
    kept = []
    for draft in sorted(found, key=lambda item: (item.start, -item.confidence)):
        facts = draft.facts
        if isinstance(facts, ReleaseFacts) and facts.name not in seen:
            seen.add(facts.name)
            kept.append(draft)
    return kept
