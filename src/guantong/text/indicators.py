"""Technical indicators (技术指标) out of free text: 抗冲击韧性≥67%, -40℃~85℃, 年产15000台."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from guantong.text.listing import bracket_after, conditions_in_brackets, run_from, spread
from guantong.text.naming import (
    Naming,
    any_of,
    is_measurable,
    letter_units,
    name_before,
    words,
)
from guantong.text.quantities import Comparator, Quantity, scan
from guantong.text.spans import Span
from guantong.text.units import is_count, is_money, lookup, normalise_unit, unit_pattern


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable promise or demand: name, comparator, value, unit, test condition.

    ``name`` is the shortest phrase that says what is measured, empty where the text names nothing.
    ``upper`` is set for ranges (``-40℃~85℃``). ``change`` is ``+`` or ``-`` where the figure says
    by how much something rises or falls (效率提高20%). ``span`` is ``None`` where a person entered
    the figure.
    """

    name: str
    comparator: Comparator
    value: Decimal
    unit: str
    upper: Decimal | None = None
    condition: str = ""
    evidence: str = ""
    quote: str = ""
    span: Span | None = None
    change: str = ""


_HAS_FIGURE = re.compile(r"[\d⁰¹²³]|百分之|[一二两三四五六七八九]成|[一二三四五六七八九]倍")
_SENTENCE_END = re.compile(r"[。；！？\n]|;(?![ ]?[≥≤<>])|\.(?=\s)")
_TEX = re.compile(r"\$[^$\n]{0,400}\$")
# People, firms, papers and patents are counted in needs but never what the technology does.
_PEOPLE = frozenset("人户家篇部册岁名笔张") | {"人次", "学时"}
_NEVER = frozenset("项本位所亩栋座款类种个起例组")
_RATIOS = frozenset({"%", "倍", "‰"})
_PERIODS = frozenset({"年", "月", "天", "周"})
_HALF = 50
_NEXT_TO = 12
_BESIDE = re.compile(r"[×xX*✕/][ ]?$")
_AHEAD = re.compile(r"[ ]?[)）]?[ ]?[×xX*✕/][ ]?\d|[ ]?级|型|号|版|届|[ ]?[)）]?[ ]?[:：∶][ ]?\d")
_DIMENSION = re.compile("[ ]?(厚|长|宽|高(?!温|强|度)|深|直径)")
_UNIT_IN_NAME = re.compile(
    r"(?P<sign>[≥≤<>＜＞])?[(（,，/]?[ ]?(?P<unit>[A-Za-zμ°℃%‰Ω/²³·]{1,12}(?:\([A-Za-z]\))?)"
    r"[ ]?[)）]?[ ]?[:：]?[ ]?$"
)
_OPENS_A_VALUE = frozenset(":：=＝)）≥≤<>＜＞BCV")
_LONGEST_CONDITION = 30
_LONGEST_LEAD = 60
# P<0.05 is a level of significance.
_STATISTICS = re.compile(r"(?:^|[^A-Za-z])[Pp][ ]?(?:值)?[ ]?[<>=＜＞≤≥]?[ ]?$")
_MOMENT = re.compile(r"[\d.]+[ ]?(?:[A-Za-z℃%]+|天|小时|分钟|个?月|年)(?:[内后时下])?")
_SUPPOSED = re.compile("若(?!干)|如果|假如")
_SHARE_OF = re.compile("占(?!空比|用率|地)|的$")
_HAN = re.compile("[一-鿿]")
_SIGN = re.compile("[≥≤<>＜＞≧≦⩾⩽=＝±]")
_TOLERANCE = re.compile(r"\d[A-Za-zμ°℃%]{0,4}$")
_UNIT_AT_END = re.compile(r"^.*[\d.][ ]?(?=\D*$)")
# A sentence that opens with the country tells of the market and not of the technology.
_NATION = re.compile(r"\s*(?:据[^，。]{0,8}，)?(?:目前，?)?(?:我国|全国|全球)(?!首|第一|领先)")
_LOWER_LIMIT = re.compile(
    r"(?<![\d.])(?P<low>[-−]?\d+(?:\.\d+)?)[ ]?[A-Za-zμ%℃‰/]{0,6}[ ]?[≤<＜≦]"
    r"[ ]?(?P<name>[^\d≤≥<>，。；;\n（(]{1,14}?)[ ]?$"
)
_TAG = re.compile(r"</?[a-zA-Z]{1,6}$")
_EACH = re.compile("单(?!位)|每|吨|度电|千瓦|亩|公里|平米|平方米|立方米")
_BETTER = re.compile(r"(?:优于|好于|不劣于|不差于)[ ]?(?:[:：约]|达到?)?[ ]?$")
_PURE_NUMBER = re.compile(
    r"(?:[pP]H值?|Ra|Rz|摩擦系数|膨胀系数|折射率|介电常数|损耗因[子数]|短路比)"
    r"(?:[ ]?[为是达约]到?)?[ ]?$"
)
_LETTERS = re.compile(r"[^\W\d_]")
_FOLLOWING = re.compile("的([一-鿿]{2,8})(?=[，。；、,;\n]|$)")
_IN_FRONT = re.compile(r"^[≥≤<>＜＞≧≦]|^[不大小高低至]")
_COLD = re.compile("(?:零下|负)$")
_PLAIN = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.MORE})
_UNITLESS_NAMES = re.compile(r"(?:pH值?|PH值?|Ra|Rz|HRC|HV|系数|指数|折射率|碱度|酸值|[比值度数])$")
_SIGNS = {
    "≥": Comparator.AT_LEAST,
    "≤": Comparator.AT_MOST,
    ">": Comparator.MORE,
    "＞": Comparator.MORE,
    "<": Comparator.LESS,
    "＜": Comparator.LESS,
}
_HARDNESS = frozenset({"HRC", "HRB", "HV", "HB"})


def extract_indicators(text: str) -> list[Indicator]:
    """Return the technical figures of a free text in order, each with its quote and span.

    Money, dates, people, premises, the market and sections on the firm itself are left out.
    """
    if not _HAS_FIGURE.search(text):
        return []
    if "$" in text:
        blanked = _TEX.sub(lambda formula: " " * len(formula[0]), text)
        if blanked != text:
            return [_as_written(indicator, text) for indicator in extract_indicators(blanked)]
    found = [pair for pair in scan(text) if not is_money(pair[0].unit) or _is_set(text, pair[0])]
    return _Reading(text).read(found) if found else []


class _Reading:
    """One pass over the figures of a text, and what carries over from one to the next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
        self._passages = _other_passages(text)
        self._brackets = deque(conditions_in_brackets(text))
        self._sentence, self._waiting = -1, -1
        self._previous: Indicator | None = None
        self._found: list[Indicator] = []

    def read(self, figures: list[tuple[Quantity, bool]]) -> list[Indicator]:
        """Return the indicators among the figures."""
        at = 0
        while at < len(figures):
            run = run_from(self._text, figures, at)
            at += len(run)
            start = run[0][0].span.start
            if not self._is_passed_over(start):
                self._take(run)
        return self._found

    def _is_passed_over(self, start: int) -> bool:
        while self._brackets and self._brackets[0][1] <= start:
            self._brackets.popleft()
        if self._brackets and self._brackets[0][0] <= start:
            return True
        return any(low <= start < high for low, high in self._passages)

    def _take(self, run: list[tuple[Quantity, bool]]) -> None:
        text, (quantity, bare) = self._text, run[0]
        start = quantity.span.start
        begins = self._starts[bisect_right(self._starts, start) - 1]
        if begins != self._sentence:
            self._sentence, self._waiting, self._previous = begins, -1, None
        nearest = max(begins, start - _LONGEST_LEAD)
        indicator = _indicator(text, quantity, bare, nearest)
        if indicator is None:
            if self._previous is None and self._waiting < 0 and not bare:
                self._waiting = start if _is_setting(text, quantity) else -1
            return
        self._drop_setting(indicator)
        first = self._previous is None and self._waiting >= 0
        ahead = text[self._waiting :] if first else ""
        indicator = _completed(indicator, self._previous, ahead, self._waiting)
        self._previous = indicator
        self._found.extend(spread(text, nearest, indicator, [each for each, _ in run]))
        if bracket := bracket_after(text, self._found[-1].span):
            self._brackets.appendleft(bracket)

    def _drop_setting(self, indicator: Indicator) -> None:
        """Take back a nameless figure that turns out to be the condition: 2~8℃保存≥18个月."""
        last = self._found[-1] if self._found else None
        if last is None or last.name or last.span is None or indicator.span is None:
            return
        near = indicator.span.start - last.span.end < _NEXT_TO
        if near and last.quote in indicator.condition:
            self._found.pop()
            self._previous = self._found[-1] if self._found else None


def _as_written(indicator: Indicator, text: str) -> Indicator:
    return replace(indicator, quote=indicator.span.of(text)) if indicator.span else indicator


def _is_setting(text: str, quantity: Quantity) -> bool:
    """Say whether a figure that is no indicator may be the condition of those that follow."""
    known, start = lookup(quantity.unit), quantity.span.start
    if known is None or not known.dimensions or is_count(quantity.unit):
        return False
    clause = _last_clause(text[max(0, start - 24) : start])
    return not (clause.endswith(("由", "从")) or any_of("not_technical").search(clause))


def _indicator(text: str, quantity: Quantity, bare: bool, sentence: int) -> Indicator | None:
    start, end = quantity.span.start, quantity.span.end
    if bare and not _may_stand_bare(text, quantity):
        return None
    if quantity.comparator is Comparator.WITHIN and _TOLERANCE.search(
        text, max(0, start - 8), start
    ):
        return None
    if _BESIDE.search(text[max(0, start - 2) : start]) or _AHEAD.match(text[end : end + 4]):
        return None
    if text[start] == ">" and _TAG.search(text, max(0, start - 8), start):
        return None
    lead = text[max(sentence, start - 24) : start]
    if _STATISTICS.search(lead) or "\\" in lead:
        return None
    quantity = _unit_after_bracket(text, quantity)
    written = None if quantity.unit else _unit_in_name(text, sentence, start)
    if written:
        quantity, start = _with_unit(quantity, written), written.start()
    cold = _COLD.search(text, max(sentence, start - 2), start)
    if cold:
        quantity, start = replace(quantity, value=-quantity.value), cold.start()
    naming = name_before(text, sentence, start)
    quantity, naming = _between_signs(text, sentence, quantity, naming)
    if written and written["unit"] in _HARDNESS and not naming.name:
        naming = replace(naming, name="硬度", start=start)
    quantity = _better(text, quantity, naming)
    if naming.change and not naming.name:
        following = _FOLLOWING.match(text, end)
        naming = replace(naming, name=following[1]) if following else naming
    return (
        _build(text, quantity, naming)
        if _is_technical(text, quantity, bare, naming, sentence)
        else None
    )


def _may_stand_bare(text: str, quantity: Quantity) -> bool:
    start = quantity.span.start
    if quantity.upper is not None or quantity.comparator not in _PLAIN:
        return True
    if text[start - 1 : start] in _OPENS_A_VALUE:
        return True
    return bool(_PURE_NUMBER.search(text, max(0, start - 10), start))


def _better(text: str, quantity: Quantity, naming: Naming) -> Quantity:
    """Give 优于 the direction that is better for what is measured."""
    start = quantity.span.start
    if quantity.comparator not in _PLAIN or not _BETTER.search(text, max(0, start - 6), start):
        return quantity
    precise = any_of("precision_names").search(naming.name) is not None
    # An accuracy of 95 % is better the higher, one of 1 % or 0.1 mm the lower.
    precise = precise and not (quantity.unit == "%" and quantity.value >= _HALF)
    lower = precise or any_of("lower_is_better").search(naming.name) is not None
    return replace(quantity, comparator=Comparator.AT_MOST if lower else Comparator.AT_LEAST)


def _is_set(text: str, quantity: Quantity) -> bool:
    """Say whether a figure is compared with something: limits on money are, sums of it are not."""
    plain = quantity.comparator in (Comparator.EQUAL, Comparator.ABOUT)
    return not plain or _is_demanded(text, quantity)


def _is_demanded(text: str, quantity: Quantity) -> bool:
    """Say whether a sign of comparison stands at the figure."""
    ahead = text[max(0, quantity.span.start - 2) : quantity.span.start].rstrip()
    return bool(_SIGN.match(quantity.span.of(text))) or ahead.endswith(("=", "＝"))


def _is_technical(text: str, quantity: Quantity, bare: bool, naming: Naming, sentence: int) -> bool:
    name, unit = naming.name, normalise_unit(quantity.unit)
    clause = text[max(0, quantity.span.start - 24, naming.start - 12) : quantity.span.start]
    clause = _last_clause(clause)
    if quantity.comparator in _PLAIN and _NATION.match(text, sentence):
        return False
    if quantity.vague or naming.origin or _SUPPOSED.match(clause):
        return False
    demanded = _is_demanded(text, quantity)
    if _is_off_topic(clause, name, demanded):
        return False
    if is_money(unit):
        return bool(any_of("unit_costs").search(name)) and ("/" in unit or bool(_EACH.match(name)))
    if not unit:
        return _is_pure_number(name, bare, quantity, demanded)
    if naming.per and unit not in _RATIOS:
        return True
    if _is_letter_only(text, quantity, name, demanded) or (unit == "K" and "温" not in name):
        return False
    if unit in _PEOPLE or (unit in _NEVER and not demanded):
        return False
    if name and (not _LETTERS.search(name) or name.endswith(("每", "年"))):
        return False
    return _is_named_well(text, quantity, naming, demanded)


def _is_off_topic(clause: str, name: str, demanded: bool) -> bool:
    # 占地≤20m² and 注册时间≤2min are demands on the thing, 占地80亩 is news about the firm.
    limited = frozenset(words("technical_when_limited")) if demanded and name else frozenset()
    return any(hit[0] not in limited for hit in any_of("not_technical").finditer(clause))


def _is_pure_number(name: str, bare: bool, quantity: Quantity, demanded: bool) -> bool:
    if demanded:
        chinese = len(_HAN.findall(name)) > 1 and is_measurable(name)
        return chinese or bool(_UNITLESS_NAMES.search(name))
    if bare and quantity.upper is None and quantity.comparator in _PLAIN:
        return bool(_PURE_NUMBER.search(name))
    return bool(_UNITLESS_NAMES.search(name))


def _is_letter_only(text: str, quantity: Quantity, name: str, demanded: bool) -> bool:
    """Say whether a capital after the digits (304N, 64K, 5A级) is taken for a unit by chance."""
    natures = letter_units().get(quantity.unit)
    end = quantity.span.end
    if natures is None or (demanded and name) or text[end - 1 : end] != quantity.unit:
        return False
    return not any(nature in name for nature in natures)


def _is_named_well(text: str, quantity: Quantity, naming: Naming, demanded: bool) -> bool:
    name, unit = naming.name, normalise_unit(quantity.unit)
    measurable = is_measurable(name) and len(name) > 1
    changed = bool(naming.change or naming.reached) and len(name) > 1
    if is_count(unit) or unit in _PERIODS:
        within = quantity.comparator is Comparator.EQUAL and text[quantity.span.end :][:1] == "内"
        lasting = unit in _PERIODS and name.endswith("强度")
        return (measurable or (demanded and len(name) > 1)) and not within and not lasting
    ratio = unit in _RATIOS
    if ratio and _SHARE_OF.search(_last_clause(text[naming.start : quantity.span.start])):
        return False
    explicit = demanded or bool(_IN_FRONT.match(quantity.span.of(text)))
    between = quantity.comparator is Comparator.BETWEEN and bool(name)
    if between or (quantity.comparator in _PLAIN and not explicit):
        return measurable or changed
    if ratio and not explicit:
        return measurable or changed or (naming.linked and len(name) > 1)
    if not name and not explicit and _HAN.match(text, quantity.span.end):
        # 110千伏及以上变压器 says which transformers, and nothing about them.
        return quantity.comparator is Comparator.BETWEEN or bool(
            _DIMENSION.match(text, quantity.span.end)
        )
    return bool(name) or not ratio


def _last_clause(text: str) -> str:
    return re.split("[，。；;\n]", text)[-1]


def _unit_in_name(text: str, sentence: int, figure: int) -> re.Match[str] | None:
    match = _UNIT_IN_NAME.search(text, max(sentence, figure - 18), figure)
    return match if match and lookup(match["unit"]) else None


def _unit_after_bracket(text: str, quantity: Quantity) -> Quantity:
    """Add the unit of a range in brackets: 桥丝电阻（2.4～2.9）Ω."""
    if quantity.unit or quantity.upper is None:
        return quantity
    match = _unit_behind().match(text, quantity.span.end)
    if match is None:
        return quantity
    return replace(quantity, unit=match["unit"], span=Span(quantity.span.start, match.end()))


def _between_signs(
    text: str, sentence: int, quantity: Quantity, naming: Naming
) -> tuple[Quantity, Naming]:
    """Join the two limits around a name or a unit: 10%≤含水率≤15%, 硬度180≤HB<240."""
    if quantity.comparator not in (Comparator.AT_MOST, Comparator.LESS):
        return quantity, naming
    match = _LOWER_LIMIT.search(text, max(sentence, quantity.span.start - 24), quantity.span.start)
    low = Decimal(match["low"]) if match else quantity.value
    if match is None or low >= quantity.value:
        return quantity, naming
    joined = replace(quantity, comparator=Comparator.BETWEEN, value=low, upper=quantity.value)
    if lookup(match["name"]):
        joined = replace(joined, unit=joined.unit or match["name"])
        return joined, name_before(text, sentence, match.start())
    return joined, replace(naming, name=match["name"].strip(), start=match.start(), condition="")


@cache
def _unit_behind() -> re.Pattern[str]:
    return re.compile(rf"[ ]?[)）][ ]?(?P<unit>{unit_pattern()})")


def _with_unit(quantity: Quantity, written: re.Match[str]) -> Quantity:
    comparator = _SIGNS.get(written["sign"] or "", quantity.comparator)
    return replace(quantity, unit=written["unit"], comparator=comparator)


def _build(text: str, quantity: Quantity, naming: Naming) -> Indicator:
    comparator, value, upper = _meaning(text, quantity, naming)
    name, end = naming.name, quantity.span.end
    known = lookup(quantity.unit)
    length = known is not None and known.dimensions == (("L", 1),) and not is_measurable(name)
    dimension = _DIMENSION.match(text, end) if length else None
    if dimension:
        name, end = dimension[1].removesuffix("度") + "度", dimension.end()
        name = "直径" if dimension[1] == "直径" else name
    paren = bracket_after(text, Span(start := quantity.span.start, end))
    said = text[paren[0] + 1 : paren[1] - 1].strip() if paren else ""
    condition = "，".join(part for part in (naming.condition, said) if part)
    start = min(naming.start, quantity.span.start) if naming.name else quantity.span.start
    span = Span(start, end)
    unit = _unit(text[max(0, start - 12) : quantity.span.start], quantity, naming)
    quote = span.of(text)
    return Indicator(
        name, comparator, value, unit, upper, condition, "", quote, span, naming.change
    )


def _unit(before: str, quantity: Quantity, naming: Naming) -> str:
    unit = normalise_unit(quantity.unit)
    if unit == "°":
        # 度 is an angle, a temperature or a kilowatt-hour: only the words around it tell.
        if re.search("[温冷热冻]|零下", before):
            unit = "℃"
        elif re.search("电|能耗|耗能", before):
            unit = "kWh"
    if unit == "t" and quantity.unit == "T" and "磁" in before:
        unit = "特斯拉"
    return f"{unit}/{naming.per}" if naming.per and "/" not in unit else unit


def _meaning(
    text: str, quantity: Quantity, naming: Naming
) -> tuple[Comparator, Decimal, Decimal | None]:
    comparator = quantity.comparator
    if "±" in quantity.span.of(text)[:4]:
        return Comparator.WITHIN, quantity.value, None
    if comparator is Comparator.EQUAL and naming.reached:
        comparator = Comparator(naming.reached)
    return comparator, quantity.value, quantity.upper


def _completed(
    indicator: Indicator, previous: Indicator | None, ahead: str, waiting: int
) -> Indicator:
    """Add the condition that stands before the figure, or the name and condition it shares."""
    if previous and _MOMENT.fullmatch(indicator.name) and previous.unit == indicator.unit:
        return replace(indicator, name=previous.name, condition=indicator.name)
    if indicator.condition or indicator.span is None:
        return indicator
    if previous and not ahead:
        own = indicator.quote in previous.condition
        return indicator if own else replace(indicator, condition=previous.condition)
    stretch = ahead[: max(0, indicator.span.start - waiting)].strip(" ，,、：:（()）的")
    # What is counted in the unit of the figure itself is another figure, and no condition of it.
    alike = (
        re.search("[=万亿]", stretch)
        or normalise_unit(_UNIT_AT_END.sub("", stretch)) == indicator.unit
    )
    short = 0 < len(stretch) <= _LONGEST_CONDITION
    return replace(indicator, condition=stretch) if short and not alike else indicator


def _other_passages(text: str) -> list[tuple[int, int]]:
    if "基础" not in text and "简介" not in text and not any_of("other_headings").search(text):
        return []
    passages: list[tuple[int, int]] = []
    begin: int | None = None
    for match in _headings().finditer(text):
        if match["other"] and begin is None:
            begin = match.start()
        elif match["technical"] and begin is not None:
            passages.append((begin, match.start()))
            begin = None
    if begin is not None:
        passages.append((begin, len(text)))
    return passages


@cache
def _headings() -> re.Pattern[str]:
    lead = (
        r"(?:^|(?<=[\n。；;]))[ \t\u3000]*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．]*[ \t]*)?"
    )
    return re.compile(
        rf"{lead}(?:(?P<other>{any_of('other_headings').pattern})"
        rf"|(?P<technical>[^\n。：:，]{{0,8}}(?:{any_of('technical_headings').pattern})))",
        re.MULTILINE,
    )
