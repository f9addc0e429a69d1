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
    by how much something rises or falls (效率提高20%). ``span`` is ``None`` when a person entered it.
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
_SENTENCE_END = re.compile(r"[。；;！？\n]")
# People, firms, papers and patents are counted in needs but never what the technology does.
_NEVER = frozenset("人户家项篇部本册位岁所亩栋座款类种个名起笔张例组") | {"人次", "学时"}
_BESIDE = re.compile(r"[×xX*✕/][ ]?$")
_AHEAD = re.compile(r"[ ]?[×xX*✕][ ]?\d|[ ]?级|型|号|版|届|[ ]?[:：]\d")
_AFTER_PAREN = re.compile(r"[ ]?[（(]([^（()）\n]{2,40})[)）]")
_DIMENSION = re.compile("[ ]?(厚|长|宽|高|深|直径)")
_UNIT_IN_NAME = re.compile(
    r"[(（,，/]?[ ]?([A-Za-zμ°℃%‰Ω/²³·]{1,12}(?:\([A-Za-z]\))?)[ ]?[)）]?[ ]?[:：]?[ ]?$"
)
_PLAIN = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.MORE})
_UNITLESS_NAMES = re.compile(r"(?:pH值?|PH值?|Ra|Rz|HRC|HV|系数|指数|折射率|碱度|酸值|[比值度数])$")
_HARDNESS = frozenset({"HRC", "HRB", "HV", "HB"})


def extract_indicators(text: str) -> list[Indicator]:
    """Return the technical figures of a free text in order, each with its quote and span.

    Money, dates, people, premises, the market and sections on the firm itself are left out.
    """
    if not _HAS_FIGURE.search(text):
        return []
    found = [pair for pair in scan(text) if not is_money(pair[0].unit)]
    if not found:
        return []
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    skipped = _other_passages(text)
    indicators: list[Indicator] = []
    waiting: list[tuple[int, Span]] = []
    for quantity, bare in found:
        if any(low <= quantity.span.start < high for low, high in skipped):
            continue
        sentence = starts[bisect_right(starts, quantity.span.start) - 1]
        indicator = _indicator(text, quantity, bare, sentence)
        if indicator is None:
            waiting.append((sentence, quantity.span))
            continue
        indicators.append(_with_condition(indicator, text, sentence, waiting))
    return indicators


def _indicator(text: str, quantity: Quantity, bare: bool, sentence: int) -> Indicator | None:
    start, end = quantity.span.start, quantity.span.end
    if _BESIDE.search(text[max(0, start - 2) : start]) or _AHEAD.match(text[end : end + 4]):
        return None
    written = None if quantity.unit else _unit_in_name(text, sentence, start)
    if written:
        quantity, start = replace(quantity, unit=written[1]), written.start()
    naming = name_before(text, sentence, start)
    if naming.origin:
        return None
    if written and written[1] in _HARDNESS and not naming.name:
        naming = replace(naming, name="硬度", start=start)
    if not _is_technical(text, quantity, bare, naming):
        return None
    return _build(text, quantity, naming)


def _is_technical(text: str, quantity: Quantity, bare: bool, naming: Naming) -> bool:
    name, unit = naming.name, normalise_unit(quantity.unit)
    clause = text[max(0, quantity.span.start - 24, naming.start - 12) : quantity.span.start]
    if quantity.vague or any_of("not_technical").search(_last_clause(clause)):
        return False
    if not unit:
        return bool(_UNITLESS_NAMES.search(name)) and (not bare or quantity.upper is not None)
    if naming.per and not _stated_twice(name):
        return True
    if unit in _NEVER:
        return False
    if is_count(unit) or unit in ("年", "月", "天", "周"):
        return is_measurable(name) and len(name) > 1
    if quantity.comparator in _PLAIN:
        return bool(naming.change and name) or bool(naming.reached) or is_measurable(name)
    return True


def _stated_twice(name: str) -> bool:
    return name in ("年", "月", "日")


def _last_clause(text: str) -> str:
    return re.split("[，。；;\n]", text)[-1]


def _unit_in_name(text: str, sentence: int, figure: int) -> re.Match[str] | None:
    match = _UNIT_IN_NAME.search(text, max(sentence, figure - 18), figure)
    return match if match and lookup(match[1]) else None


def _build(text: str, quantity: Quantity, naming: Naming) -> Indicator:
    comparator, value, upper = _meaning(text, quantity, naming)
    unit = normalise_unit(quantity.unit)
    if unit == "°" and re.search("[温冷热冻]|零下", text[naming.start : quantity.span.start]):
        unit = "℃"
    if naming.per and "/" not in unit:
        unit = f"{unit}/{naming.per}"
    before = text[naming.start : quantity.span.start]
    if re.search("零下|负$", before) and value > 0:
        value, upper = -value, upper
    end = quantity.span.end
    name = naming.name.removesuffix("零下").removesuffix("在") if "零下" in before else naming.name
    dimension = _DIMENSION.match(text, end) if not name else None
    if dimension:
        name, end = {"直径": "直径"}.get(dimension[1], dimension[1] + "度"), dimension.end()
    paren = _AFTER_PAREN.match(text, end)
    condition = naming.condition
    if paren and not condition and re.search(r"\d|[下时]$|条件", paren[1]):
        condition = paren[1]
    start = min(naming.start, quantity.span.start) if naming.name else quantity.span.start
    span = Span(start, end)
    return Indicator(
        name, comparator, value, unit, upper, condition, "", span.of(text), span, naming.change
    )


def _meaning(
    text: str, quantity: Quantity, naming: Naming
) -> tuple[Comparator, Decimal, Decimal | None]:
    comparator = quantity.comparator
    if "±" in quantity.span.of(text)[:4]:
        return Comparator.WITHIN, quantity.value, None
    if comparator is Comparator.EQUAL and naming.reached:
        comparator = Comparator(naming.reached)
    return comparator, quantity.value, quantity.upper


def _with_condition(
    indicator: Indicator, text: str, sentence: int, waiting: list[tuple[int, Span]]
) -> Indicator:
    if indicator.condition or indicator.span is None:
        return indicator
    spans = [span for begins, span in waiting if begins == sentence]
    if not spans or spans[0].start >= indicator.span.start:
        return indicator
    stretch = text[spans[0].start : indicator.span.start].strip(" ，,、：:（(")
    if len(stretch) > _LONGEST_CONDITION:
        return indicator
    return replace(indicator, condition=stretch)


_LONGEST_CONDITION = 30


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
