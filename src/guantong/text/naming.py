"""What a figure in a text is called, and under which condition it holds."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from guantong.text.units import is_count, lookup, unit_pattern

_CLAUSE_BREAK = re.compile(r"[，。；;！？!?、\n\t,（(）)\[\]【】“”\"：:]|(?<!\d)\.|——+|\s{2,}")
_ITEM = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])(?:[)）、]|[.．](?!\d))\s*"
    r"|[①-⑳⑴-⒇●◆■★•·]\s*|[-–—](?!\d)\s*)+"
)
_CONDITION = re.compile(
    r"^(?:在|于|当|经|以)?"
    r"(?P<condition>.{1,24}?(?:[条情环状][件况境态]下|范围内|之?以?内|下|时|后|中))"
    r"[，, ]?(?P<name>.{2,})$"
)
_TRAILING_MARKS = re.compile(r"(?:[\s:：;；，,（(、<>≥≤=＝~φΦФ∅]|(?<![A-Za-z])[AD]C)+$")
_TRAILING = re.compile(r"[\s为:：<>≤≥=~-]+$")
_CHANGES = (
    (re.compile(r"(?:提高|提升|增加|增长|增大|上升|扩大|延长|增强)(?:了|大?约|近|到?至少)*$"), "+"),
    (
        re.compile(
            r"(?:降低|减少|下降|缩短|减小|(?<![压温沉升速])降|(?<![衰递加])减|节约|节省|减低|缩小)(?:了|大?约|近|至少)*$"
        ),
        "-",
    ),
)
_MOVES = (
    (re.compile(r"(?:提高|提升|增加|增长|上升|扩大|延长|增强|增|升|提)(?:到|至|为)$"), ">="),
    (re.compile(r"(?:降低|减少|下降|缩短|减小|降噪|降|减|减低|缩小|压缩)(?:到|至|为)$"), "<="),
)
_FROM = re.compile(r"(?:(?<![自理缘])由|(?<!服)从|(?:比|较|相[比较对])[^，]{0,8}的)[^\d，]{0,8}$")
_RISE = re.compile(r"(?:(?<![自理缘])由|(?<!服)从)[^，]*?\d[^，]*$")
_OUTPUT = re.compile(
    r"(?P<name>(?P<period>年|月|日|天|班|时|小时|亩)(?:产量?|产能|处理能力|处理量?|生产能力|生产|加工|发电量?|供热)"
    r"|(?P<span>[年日])(?:处理|加工|产)(?![值业品出生能量])[^\d，。；：:、（(达为约可能提增降减超比较]{1,6})"
    r"(?:能力)?(?:达到|可达|达|为|约|[:：])?[ ]?$"
)
_EACH = re.compile(r"(?:每|/)(?P<period>秒|分钟|小时|天|日|月|年)(?:约|可达|达)?$")
_VERB = re.compile(
    r"(?:(?P<rise>提高|提升|增加|增大|延长|增强)|(?P<fall>降低|减少|缩短|减小|节约|节省))(?=.{2})"
)
_VERSUS = re.compile(
    r"(?<=..)(?:比(?![表例重值强容热较率色])|较(?![高低大小好])|相比|相较|相对).*$|^(?:比|较|相比|相较|相对).*$"
)
_WEAK_ENDING = re.compile(
    r"(?:可以?|能够|分别|各自|则|(?<![性功产智节耗])能|将|再|目前|现在|只|预期|计划|拟|的|其中|有的|但|而"
    r"|预计|大约|平均|目标|较[低高大小长短好差]|(?<![项个大类])指标|要求|参数|(?<=..)水平|零下|负|都|可调)$"
)
_CUT = re.compile(
    r".*(?:公司|拟开发|开发|制备|生产(?!效率|能力|周期|节拍|速度|线|耗能|能耗|成本)|目前|对于|用在|应用于|用于|由于|采用|通过"
    r"|提高|提升|增加|降低|减少|缩短|满足|实现|要求|预计|转为|采取|保证|确保|使得|利用(?!率)|适用)"
)
_LONG_NAME = 5
_NO_SETTINGS = frozenset({"dB", "bit", "byte", "像素"})
# 304N and 64K before a name are grades and sizes; 5A is a current.
_GRADES = frozenset("NKTFPHL")
_TIMES = frozenset({"次", "年", "月", "天", "周", "轮", "场次"})
_BRACKET = re.compile(r"[（(](?P<inner>[^（()）\n]{1,40})[)）]$")
_LEVEL = re.compile(r"(?:在|达到|到|至|保持|为)[ ]?$")
_DIGIT_INSIDE = re.compile(r"(?<![A-Za-z.\d])\d")
_LONGEST_SETTING = 16
_NAME_CHARACTER = re.compile(r"[^\W\d_][ ]?$")
_SAYS_WHEN = re.compile(r"\d|[下时后]$|条件|[常高低室]温")
_PERIODS = {
    "年": "年",
    "月": "月",
    "日": "天",
    "天": "天",
    "班": "班",
    "时": "h",
    "小时": "h",
    "秒": "s",
    "分钟": "min",
    "亩": "亩",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of a figure, where it begins in the text, and what else stands before it.

    ``change`` is ``+`` or ``-`` where the figure says by how much something rises or falls;
    ``reached`` is the comparator that 提高到 and 降至 imply; ``per`` is the period of 年产, 每秒;
    ``origin`` marks the value a change starts from (由60%), ``linked`` a name followed by 为, 达.
    """

    name: str
    start: int
    condition: str = ""
    change: str = ""
    reached: str = ""
    per: str = ""
    origin: bool = False
    linked: bool = False


@cache
def words(table: str) -> tuple[str, ...]:
    """Return one list of ``data/indicator_words.toml``, longest words first."""
    return tuple(sorted(_tables()[table], key=len, reverse=True))


@cache
def name_endings() -> frozenset[str]:
    """Return the characters that names of measurable properties end with."""
    return frozenset(str(_tables()["name_endings"]))


@cache
def same_names() -> dict[str, str]:
    """Return the first name of its group for every name that has synonyms."""
    return {name: group[0] for group in _tables()["same_names"] for name in group}


@cache
def letter_units() -> dict[str, str]:
    """Return, for units of one capital letter, the characters one of which its name must have."""
    return {entry[0]: entry[1:] for entry in words("letter_units")}


@cache
def any_of(table: str) -> re.Pattern[str]:
    """Return a pattern that finds any word of a list."""
    return re.compile("|".join(re.escape(word) for word in words(table)))


def name_before(text: str, sentence: int, figure: int) -> Naming:
    """Return the shortest phrase before ``figure`` that says what is measured.

    ``sentence`` is where the sentence begins. The name is empty where nothing names the figure. A
    bracket between name and figure is its condition: ``抗压强度（28d）≥50MPa``.
    """
    inner, figure = _bracket_before(text, sentence, figure)
    clause = _clause_start(text, sentence, figure)
    phrase = text[clause:figure]
    output = _OUTPUT.search(phrase)
    if output:
        period = output["period"] or output["span"]
        ahead, _ = _without_openings(phrase[: output.start()])
        condition = _both(ahead.strip() if _figure_ahead().match(ahead) else "", inner)
        return Naming(output["name"], clause + output.start(), condition, per=_PERIODS[period])
    each = _EACH.search(phrase)
    per = _PERIODS[each["period"]] if each else ""
    phrase = phrase[: each.start()] if each else phrase
    naming = _named(phrase, clause)
    return replace(naming, condition=_both(naming.condition, inner), per=per)


def _named(phrase: str, clause: int) -> Naming:
    origin = bool(_FROM.search(phrase))
    change = next((sign for pattern, sign in _CHANGES if pattern.search(phrase)), "")
    reached = next((sign for pattern, sign in _MOVES if pattern.search(phrase)), "")
    if reached:
        phrase = _RISE.sub("", phrase)
    bare = without_lead_ins(phrase)
    linked = len(bare) < len(phrase.rstrip())
    bare, shift = _without_openings(bare)
    condition, bare, more = _split_condition(bare)
    if not condition:
        condition, bare, more = _after_figure(bare)
    name, last, inner = _shortest(bare, bool(change))
    # 提高合格率到98% names the level that is reached, 提高合格率3% the rise.
    inner = "" if _LEVEL.search(phrase) else inner
    if not name and not change:
        name, change = _whole_verb(bare)
    start = clause + shift + more + last
    return Naming(name, start, condition, change or inner, reached, "", origin, linked)


def _bracket_before(text: str, sentence: int, figure: int) -> tuple[str, int]:
    """Return the condition in a bracket before the figure, and where the bracket opens."""
    near = text[max(sentence, figure - 12) : figure]
    if ")" not in near and "）" not in near:
        return "", figure
    stretch = text[max(sentence, figure - 60) : figure]
    ahead = without_lead_ins(stretch)
    bracket = _BRACKET.search(ahead)
    if bracket is None or re.search("[的，,；;、]", stretch[len(ahead) :]):
        return "", figure
    if not _NAME_CHARACTER.search(ahead[: bracket.start()]):
        return "", figure
    inner = bracket["inner"].strip()
    opens = max(sentence, figure - 60) + bracket.start()
    return (inner if _SAYS_WHEN.search(inner) and not lookup(inner) else ""), opens


def _both(first: str, second: str) -> str:
    return "，".join(part for part in (first, second) if part)


def name_of(phrase: str) -> tuple[str, int]:
    """Return the name that a phrase holds and where in the phrase it begins."""
    naming = _named(phrase, 0)
    return naming.name, naming.start


def leads_on(phrase: str) -> bool:
    """Say whether a phrase holds nothing but words that lead into a figure (提高了, 达到)."""
    bare = without_lead_ins(phrase)
    for pattern, _ in (*_MOVES, *_CHANGES):
        bare = pattern.sub("", bare)
    return not without_lead_ins(bare).strip()


def is_measurable(name: str) -> bool:
    """Say whether a name ends as names of measurable properties do."""
    return bool(name) and (name[-1] in name_endings() or name.endswith(words("whole_endings")))


def _clause_start(text: str, sentence: int, figure: int) -> int:
    for match in reversed(list(_CLAUSE_BREAK.finditer(text, sentence, figure))):
        start = match.end()
        # 精度要求，由±2.5mm提升到±1.5mm: what rises is named one clause earlier.
        if text[start : start + 1] in ("由", "从") and match[0] in "，,":
            continue
        if without_lead_ins(text[start:figure]).strip() or match[0] not in ":：(（、;；":
            return start
    return sentence


def without_lead_ins(phrase: str) -> str:
    """Return a phrase without the words and marks that lead from it into a figure."""
    bare = phrase
    while True:
        trimmed = _TRAILING_MARKS.sub("", bare)
        trimmed = _lead_in().sub("", trimmed)
        if trimmed == bare:
            return bare
        bare = trimmed


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('lead_ins').pattern})$")


@cache
def _opener() -> re.Pattern[str]:
    whole = any_of("whole_names").pattern
    return re.compile(rf"\s*(?!{whole})(?:{any_of('openers').pattern})(?=.{{2}})[：:]?")


def _without_openings(phrase: str) -> tuple[str, int]:
    item = _ITEM.match(phrase)
    shift = item.end() if item else 0
    while shift < len(phrase):
        opener = _opener().match(phrase, shift)
        if not opener:
            break
        shift = opener.end()
    spaces = len(phrase[shift:]) - len(phrase[shift:].lstrip())
    return phrase[shift + spaces :], shift + spaces


def _split_condition(phrase: str) -> tuple[str, str, int]:
    match = _CONDITION.match(phrase)
    if match is None or not re.search(r"\d|条件|情况|环境|状态|温", match["condition"]):
        return _split_setting(phrase)
    return match["condition"], match["name"], match.start("name")


def _split_setting(phrase: str) -> tuple[str, str, int]:
    """Part the figure a name begins with from the name: -25℃|续航损失, 0.6%盐分灌溉|亩产."""
    figure = _figure_ahead().match(phrase)
    if figure is None or figure["unit"] in _GRADES:
        return "", phrase, 0
    acts = [act.end() for act in any_of("test_acts").finditer(phrase, figure.end())]
    cut = next((end for end in reversed(acts) if len(phrase) - end > 1), 0)
    # 3dB带宽 and 95%分位值 are names as they stand; a temperature or voltage is a setting.
    if not cut and not is_setting_unit(figure["unit"]):
        return "", phrase, 0
    cut = cut or figure.end()
    following = _figure_ahead().match(phrase, cut)
    cut = following.end() if following and is_setting_unit(following["unit"]) else cut
    cut += len(phrase[cut:]) - len(phrase[cut:].lstrip("的 "))
    if len(phrase) - cut < 2 or phrase[cut] in "以及左内范":
        return "", phrase, 0
    return phrase[:cut].rstrip("的 "), phrase[cut:], cut


def _after_figure(phrase: str) -> tuple[str, str, int]:
    """Part a name from the figure that stands before it in the phrase: 粒径≤2mm|占比."""
    if not _DIGIT_INSIDE.search(phrase):
        return "", phrase, 0
    figures = [each for each in _figure_ahead().finditer(phrase) if each.start() > 1]
    last = figures[-1] if figures else None
    if last is None or not is_setting_unit(last["unit"]) or last["unit"] in letter_units():
        return "", phrase, 0
    end = last.end()
    cut = end + _without_openings(phrase[end:])[1]
    if len(phrase) - cut < 2 or phrase[cut] in "左以及":
        return "", phrase, 0
    return (phrase[:end] if end <= _LONGEST_SETTING else ""), phrase[cut:], cut


def is_setting_unit(unit: str) -> bool:
    """Say whether a figure in this unit before a name tells under what the name is measured."""
    known = lookup(unit)
    if known is None or not known.dimensions or known.symbol in _NO_SETTINGS:
        return False
    return known.symbol in _TIMES or not is_count(unit)


@cache
def _figure_ahead() -> re.Pattern[str]:
    number = r"[-−+±≤≥<>]?\d+(?:\.\d+)?"
    return re.compile(
        rf"{number}(?:(?:[ ]?{unit_pattern()})?[ ]?[-~～至][ ]?{number})?[ ]?"
        rf"(?P<unit>{unit_pattern()})"
    )


def _whole_verb(phrase: str) -> tuple[str, str]:
    return (phrase, "") if phrase.endswith(words("whole_endings")) else ("", "")


def _shortest(phrase: str, changed: bool) -> tuple[str, int, str]:
    """Return the name in a phrase, where it begins, and the change that a verb before it tells."""
    stem = phrase
    for pattern, _ in (*_MOVES, *_CHANGES):
        stem = pattern.sub("", stem)
    stem = _WEAK_ENDING.sub("", _TRAILING.sub("", stem))
    if phrase.endswith(words("whole_endings")):
        stem = phrase
    if changed:
        stem = _WEAK_ENDING.sub("", _VERSUS.sub("", stem))
    verb = None if changed else next(iter(_VERB.finditer(stem)), None)
    inner = "" if verb is None else "+" if verb["rise"] else "-"
    cut = stem.rfind("的") + 1
    if cut and len(stem) - cut < 2:
        cut = stem.rfind("的", 0, cut - 1) + 1
    rest, shift = _without_openings(stem[cut:])
    cut += shift
    long = _CUT.match(rest) if len(rest) > _LONG_NAME or verb else None
    if long and len(rest) - long.end() > 1:
        rest, cut = rest[long.end() :], cut + long.end()
    return rest.rstrip(), cut, inner


@cache
def _tables() -> dict[str, list[str]]:
    source = files("guantong.text").joinpath("data", "indicator_words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
