"""Figures in official Chinese text: value, unit, comparator, and where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from guantong.reading.statements.lexicon import alternation, pattern, table, words
from guantong.reading.statements.numerals import Spelled, below_hundred, find_spelled

_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TENTH = "一二两三四五六七八九十"
_RANGE = re.compile(r"^\s?(?:[-—–~～]{1,2}|至|到)\s?$")
_SHARED = re.compile(r"^[、和，]\s?$")


# 120家上下游企业, 40个起降点, 3台余热锅炉: a noun begins here and no comparison ends.
_BEGINS_NOUN = (
    r"(?:(?<=上下)游|(?<=左右)[岸侧两]|(?<=前后)[端方]|(?<=内)[部容地河陆资需贸涝科]"
    r"|(?<=起)[步草源飞降点重诉伏]|(?<=多)[元样功层彩维媒]|(?<=余)[热额量])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text.

    ``start`` is where the words of comparison begin and ``digits`` where the number does; ``end``
    is behind the unit and the words of comparison that follow it. ``value`` is in base units.
    ``before`` is the wording of the comparison. ``family`` is money, share, count, measure, people,
    none (no unit) or other (dates, ordinals, names).
    """

    start: int
    digits: int
    end: int
    value: Decimal
    unit: str
    family: str
    comparator: str
    before: str = ""
    after: str = ""
    upper: Decimal | None = None
    scale: Decimal = Decimal(1)
    doubled: bool = False


@cache
def _families() -> dict[str, str]:
    found = dict.fromkeys(words("figures", "units", "other"), "other")
    for family in ("count", "measure", "share", "money"):
        found.update(dict.fromkeys(words("figures", "units", family), family))
    return found


@cache
def _comparators(side: str) -> dict[str, str]:
    entries: dict[str, list[str]] = table("figures")[side]
    return {word: sign for sign, listed in entries.items() for word in listed}


@cache
def _scanner() -> re.Pattern[str]:
    # 千瓦, 千克 and 千米 are units, not thousands of something.
    scales = re.sub("千$|千(?=[|])", "千(?![瓦克米伏卡焦])", pattern("figures", "scales"))
    units = alternation(_families())
    per = rf"(?:/(?:每)?(?:{units})(?:·(?:{units}))?)?"
    counted = alternation(unit for unit, family in _families().items() if family != "other")
    after = alternation(_comparators("after"))
    people = pattern("figures", "words", "people")
    return re.compile(
        rf"""(?=[\d{_TENTH}百千万亿半翻])(?:
            (?P<share>
                (?P<tenth>[{_TENTH}])成(?P<half>半)?(?![立为果功员长本品熟就都效交分])
              | (?P<fraction>[{_TENTH}百]+)分之(?P<part>[{_TENTH}]+)
              | (?P<halves>一半|半数)
              | (?P<lower>\d+)/(?P<under>\d+)(?=以上|以下|左右|[，。、；）的]|$)
              | 翻了?(?P<double>[一两三四])?番)
          | (?P<number>(?<![A-Za-z\d.+×*_])(?:{_NUMBER}))
              (?P<vague1>多|余|几)?\s?(?P<scale>{scales})?(?P<vague2>多|余|几)?\s?
              (?:(?P<unit>(?:{units}){per})(?:（[户个处次家所座人件种条项]）)?(?![a-z])|(?=(?:{people})))?
          | (?P<bare>{scales})(?:(?P<unit3>(?:{counted}){per})|(?=[，。、；）级的大]|$))
        )(?P<after>(?:{after})(?!{_BEGINS_NOUN}))?""",
        re.VERBOSE,
    )


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a width-normalised text in order; ranges and shared units joined."""
    found: list[Figure] = []
    for match in _scanner().finditer(text):
        figure = _read(match, text)
        if figure is not None and _ranks(text, figure):
            figure = replace(figure, family="other")
        if figure is not None and not _part_of_name(text, figure):
            found.append(figure)
    spelled = [_spelled(each) for each in find_spelled(text)]
    if spelled:
        found = sorted((*found, *spelled), key=lambda figure: figure.digits)
    return _joined(text, found)


def _spelled(found: Spelled) -> Figure:
    value, family = Decimal(found.value), _families()[found.unit]
    return Figure(found.start, found.start, found.end, value, found.unit, family, "=")


def _part_of_name(text: str, figure: Figure) -> bool:
    """5G and A4 are names; a number without a unit next to a letter is no figure."""
    return (
        figure.family == "none"
        and text[figure.end : figure.end + 1].isascii()
        and text[figure.end : figure.end + 1].isalpha()
    )


def _ranks(text: str, figure: Figure) -> bool:
    """前1% is a rank among others, 全球最高12米 what a thing is like."""
    if figure.family == "share":
        return text[figure.start - 1 : figure.start] == "前"
    if figure.family != "measure" or figure.before not in ("最高", "最大"):
        return False
    return text.endswith(_WORLDWIDE, 0, figure.start)


_WORLDWIDE = ("全球", "世界", "全国", "国内", "亚洲", "我国")


def _read(match: re.Match[str], text: str) -> Figure | None:
    before = _before(text, match.start())
    if match["number"]:
        return _plain(match, text, before)
    if match["share"]:
        return _share(match, before)
    return _bare(match, text, before)


def _before(text: str, end: int) -> str:
    """Return the longest word of comparison that ends right before ``end``."""
    known = _comparators("before")
    while end and text[end - 1] == " ":
        end -= 1
    for length in range(min(_longest(), end), 0, -1):
        word = text[end - length : end]
        if word in known:
            return "" if text.endswith(_VERBS, 0, end) else word
    return ""


# 签约4个, 通过3项: the last character of a verb is no comparison.
_VERBS = ("签约", "履约", "违约", "预约", "节约", "解约", "通过", "经过", "透过")


@cache
def _longest() -> int:
    return max(map(len, _comparators("before")))


def _plain(match: re.Match[str], text: str, before: str) -> Figure | None:
    if "几" in (match["vague1"], match["vague2"]):
        return None
    scale = Decimal(table("figures")["scales"].get(match["scale"], 1))
    value = Decimal(match["number"].replace(",", "")) * scale
    unit, family = _unit(match, text)
    after = match["after"] or ""
    sign = _sign(before, after, match["vague1"] or match["vague2"] or "")
    start = text.rindex(before, 0, match.start()) if before else match.start()
    return Figure(
        start, match.start(), match.end(), value, unit, family, sign, before, after, None, scale
    )


def _unit(match: re.Match[str], text: str) -> tuple[str, str]:
    unit = match["unit"] or ""
    if not unit:
        people = match["scale"] and re.compile(pattern("figures", "words", "people")).match(
            text, match.end()
        )
        return ("人", "people") if people else ("", "none")
    head = unit.split("/", 1)[0]
    family = _families()[head]
    if head.startswith("万") and head != "万":
        unit = unit[1:]
    rest = text[match.end("unit") : match.end("unit") + 1]
    if head == "人" and rest in ("口", "均"):
        return unit, "other"
    if (
        family == "count"
        and head == "个"
        and re.match(r"月|小时|工作日|百分点|五年|年|多|点", text[match.end("unit") :])
    ):
        return unit, "other"
    if family in ("count", "measure") and rest == "级":
        return unit, "other"
    return unit, family


def _sign(before: str, after: str, vague: str) -> str:
    if vague:
        return ">"
    if after:
        behind = _comparators("after")[after]
        if behind == "<=" or behind == "~" or before not in ("超", "超过", "突破", "近", "约"):
            return behind
    return _comparators("before").get(before, "=")


def _share(match: re.Match[str], before: str) -> Figure:
    value, doubled = _fraction(match)
    after = match["after"] or ""
    start, digits = match.start() - len(before), match.start()
    sign = _sign(before, after, "")
    return Figure(
        start, digits, match.end(), value, "%", "share", sign, before, after, doubled=doubled
    )


def _fraction(match: re.Match[str]) -> tuple[Decimal, bool]:
    tenths: dict[str, int] = table("figures")["words"]["tenths"]
    if match["tenth"]:
        return Decimal(tenths[match["tenth"]] * 10 + (5 if match["half"] else 0)), False
    if match["fraction"]:
        whole, part = _small(match["fraction"]), _small(match["part"])
        return _rounded(Decimal(part * 100) / Decimal(whole)), False
    if match["halves"]:
        return Decimal(50), False
    if match["lower"]:
        return _rounded(
            Decimal(int(match["lower"]) * 100) / max(Decimal(int(match["under"])), Decimal(1))
        ), False
    times = tenths[match["double"] or "一"]
    return Decimal((2**times - 1) * 100), True


def _rounded(value: Decimal) -> Decimal:
    return value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))


def _small(numeral: str) -> int:
    """Read a Chinese numeral below a hundred, or a hundred itself."""
    return 100 if numeral == "百" else below_hundred(numeral)


def _bare(match: re.Match[str], text: str, before: str) -> Figure | None:
    """Read 万亿元 and the like, which are figures only behind a word of comparison."""
    known = before.endswith(words("figures", "words", "bare_after"))
    if not known or re.match("级|大(?!关)", text[match.end() : match.end() + 2]):
        return None
    scale = Decimal(table("figures")["scales"][match["bare"]])
    unit, after = match["unit3"] or "", match["after"] or ""
    family = _families()[unit.split("/", 1)[0]] if unit else "none"
    start, digits = match.start() - len(before), match.start()
    sign = _sign(before, after, "")
    return Figure(start, digits, match.end(), scale, unit, family, sign, before, after, None, scale)


def _joined(text: str, found: list[Figure]) -> list[Figure]:
    """Join ``5%—5.5%`` and ``10至15家`` into one figure; lend units backwards in ``3、2、1个``."""
    result: list[Figure] = []
    for figure in reversed(found):
        later = result[-1] if result else None
        between = text[figure.end : later.digits] if later else ""
        if later and figure.family == "none" and _RANGE.match(between):
            scale = later.scale if figure.scale == 1 else Decimal(1)
            result[-1] = _ranged(replace(figure, value=figure.value * scale), later)
        elif later and figure.unit == later.unit and figure.unit and _RANGE.match(between):
            result[-1] = _ranged(figure, later)
        elif later and _share_points(text, figure, later):
            result.append(replace(figure, unit=later.unit, family=later.family))
        elif (
            later
            and figure.family == "none"
            and later.family not in ("none", "other")
            and _lends(text, figure, later)
        ):
            scale = later.scale if figure.scale == 1 else Decimal(1)
            result.append(
                replace(
                    figure,
                    value=figure.value * scale,
                    unit=later.unit,
                    family=later.family,
                    scale=later.scale,
                )
            )
        else:
            result.append(figure)
    return result[::-1]


def _share_points(text: str, figure: Figure, later: Figure) -> bool:
    """``2.4个、1个百分点``: both are points."""
    points = figure.unit == "个" and later.unit in ("个百分点", "个基点")
    return points and _SHARED.match(text[figure.end : later.digits]) is not None


def _ranged(low: Figure, high: Figure) -> Figure:
    return replace(
        low, end=high.end, upper=high.value, unit=high.unit, family=high.family,
        after=high.after, scale=high.scale,
        comparator=high.comparator if high.after else low.comparator,
    )  # fmt: skip


def _lends(text: str, figure: Figure, later: Figure) -> bool:
    return bool(_SHARED.match(text[figure.end : later.digits])) and not later.before
