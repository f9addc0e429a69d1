"""Technical indicators (技术指标) out of free text: 抗冲击韧性≥67%, -40℃~85℃, 年产15000台."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal  # noqa: TC003 - the field types are read at run time
from functools import cache

from guantong.text.naming import Naming, any_of, is_measurable, name_before
from guantong.text.quantities import Comparator, Quantity, scan
from guantong.text.spans import Span
from guantong.text.units import is_count, is_money, lookup, normalise_unit


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
_NEVER = frozenset("人户家项篇部本册位岁所亩栋座款类种个名起笔张例组") | {"人次", "学时"}
_BESIDE = re.compile(r"[×xX*✕/][ ]?$")
_AHEAD = re.compile(r"[ ]?[×xX*✕/][ ]?\d|[ ]?级|型|号|版|届|[ ]?[:：]\d")
_AFTER_PAREN = re.compile(r"[ ]?[（(]([^（()）\n]{2,40})[)）]")
_DIMENSION = re.compile("[ ]?(厚|长|宽|高|深|直径)")
_UNIT_IN_NAME = re.compile(
    r"(?P<sign>[≥≤<>＜＞])?[(（,，/]?[ ]?(?P<unit>[A-Za-zμ°℃%‰Ω/²³·]{1,12}(?:\([A-Za-z]\))?)"
    r"[ ]?[)）]?[ ]?[:：]?[ ]?$"
)
_OPENS_A_VALUE = frozenset(":：)）≥≤<>＜＞BCV")
_LONGEST_CONDITION = 30
_LONGEST_LEAD = 60
# P<0.05 is a level of significance.
_STATISTICS = re.compile(r"(?:^|[^A-Za-z])[Pp][ ]?(?:值)?[ ]?[<>=＜＞≤≥]?[ ]?$")
_MOMENT = re.compile(r"[\d.]+[ ]?(?:[A-Za-z℃%]+|天|小时|分钟|个?月|年)(?:[内后时下])?")
_SUPPOSED = re.compile("若(?!干)|如果|假如")
_SHARE_OF = re.compile("占(?!空比|用率)|的$")
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
    found = [pair for pair in scan(text) if not is_money(pair[0].unit)]
    if not found:
        return []
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    skipped = _other_passages(text)
    indicators: list[Indicator] = []
    sentence, waiting, previous = -1, -1, None
    for quantity, bare in found:
        if any(low <= quantity.span.start < high for low, high in skipped):
            continue
        begins = starts[bisect_right(starts, quantity.span.start) - 1]
        if begins != sentence:
            sentence, waiting, previous = begins, -1, None
        nearest = max(begins, quantity.span.start - _LONGEST_LEAD)
        indicator = _indicator(text, quantity, bare, nearest)
        if indicator is None:
            if previous is None and waiting < 0 and not bare and _is_setting(text, quantity):
                waiting = quantity.span.start
            continue
        first = previous is None and waiting >= 0
        indicator = _completed(indicator, previous, text[waiting:] if first else "", waiting)
        previous = indicator
        indicators.append(indicator)
    return indicators


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
    if bare and quantity.upper is None and text[start - 1 : start] not in _OPENS_A_VALUE:
        return None
    if _BESIDE.search(text[max(0, start - 2) : start]) or _AHEAD.match(text[end : end + 4]):
        return None
    lead = text[max(sentence, start - 24) : start]
    if _STATISTICS.search(lead) or "\\" in lead:
        return None
    written = None if quantity.unit else _unit_in_name(text, sentence, start)
    if written:
        quantity, start = _with_unit(quantity, written), written.start()
    cold = _COLD.search(text, max(sentence, start - 2), start)
    if cold:
        quantity, start = replace(quantity, value=-quantity.value), cold.start()
    naming = name_before(text, sentence, start)
    if written and written["unit"] in _HARDNESS and not naming.name:
        naming = replace(naming, name="硬度", start=start)
    if naming.change and not naming.name:
        following = _FOLLOWING.match(text, end)
        naming = replace(naming, name=following[1]) if following else naming
    return _build(text, quantity, naming) if _is_technical(text, quantity, bare, naming) else None


def _is_technical(text: str, quantity: Quantity, bare: bool, naming: Naming) -> bool:
    name, unit = naming.name, normalise_unit(quantity.unit)
    clause = text[max(0, quantity.span.start - 24, naming.start - 12) : quantity.span.start]
    clause = _last_clause(clause)
    if quantity.vague or naming.origin or _SUPPOSED.match(clause):
        return False
    if any_of("not_technical").search(clause):
        return False
    if not unit:
        return bool(_UNITLESS_NAMES.search(name)) and (not bare or quantity.upper is not None)
    if naming.per:
        return True
    if unit in _NEVER or (unit == "K" and "温" not in name):
        return False
    if name and (not _LETTERS.search(name) or name.endswith(("每", "年"))):
        return False
    return _is_named_well(text, quantity, naming, clause)


def _is_named_well(text: str, quantity: Quantity, naming: Naming, clause: str) -> bool:
    name, unit = naming.name, normalise_unit(quantity.unit)
    measurable = is_measurable(name) and len(name) > 1
    changed = bool(naming.change or naming.reached) and len(name) > 1
    if is_count(unit) or unit in ("年", "月", "天", "周"):
        within = quantity.comparator is Comparator.EQUAL and text[quantity.span.end :][:1] == "内"
        return measurable and not within
    ratio = unit in ("%", "倍", "‰")
    if ratio and _SHARE_OF.search(clause):
        return False
    explicit = bool(_IN_FRONT.match(quantity.span.of(text)))
    between = quantity.comparator is Comparator.BETWEEN and bool(name)
    if between or (quantity.comparator in _PLAIN and not explicit):
        return measurable or changed
    if ratio and not explicit:
        return measurable or changed or (naming.linked and len(name) > 1)
    return bool(name) or not ratio


def _last_clause(text: str) -> str:
    return re.split("[，。；;\n]", text)[-1]


def _unit_in_name(text: str, sentence: int, figure: int) -> re.Match[str] | None:
    match = _UNIT_IN_NAME.search(text, max(sentence, figure - 18), figure)
    return match if match and lookup(match["unit"]) else None


def _with_unit(quantity: Quantity, written: re.Match[str]) -> Quantity:
    comparator = _SIGNS.get(written["sign"] or "", quantity.comparator)
    return replace(quantity, unit=written["unit"], comparator=comparator)


def _build(text: str, quantity: Quantity, naming: Naming) -> Indicator:
    comparator, value, upper = _meaning(text, quantity, naming)
    name, end = naming.name, quantity.span.end
    dimension = None if is_measurable(name) else _DIMENSION.match(text, end)
    if dimension:
        name, end = dimension[1].removesuffix("度") + "度", dimension.end()
        name = "直径" if dimension[1] == "直径" else name
    condition = naming.condition
    paren = _AFTER_PAREN.match(text, end)
    if paren and not condition and re.search(r"\d|[下时]$|条件", paren[1]):
        condition = paren[1]
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
    stretch = ahead[: max(0, indicator.span.start - waiting)].strip(" ，,、：:（(的")
    return (
        replace(indicator, condition=stretch) if len(stretch) <= _LONGEST_CONDITION else indicator
    )


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
