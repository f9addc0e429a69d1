"""Figures in a text: a value or a range, its unit and how it is meant (近5000万元, 5%左右)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from guantong.errors import InputError
from guantong.text.figure_pattern import comparator_before, figure_pattern
from guantong.text.numbers import HALF_WIDTH, read_number, scale
from guantong.text.spans import Span
from guantong.text.units import CURRENCIES, is_count, lookup, normalise_unit


class Comparator(StrEnum):
    """How a stated value relates to the true one."""

    EQUAL = "="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    ABOUT = "~"
    BETWEEN = ".."
    WITHIN = "±"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text: ``近5000万元`` is about 50,000,000 元.

    ``value`` is in base numbers (万 and 亿 multiplied out); ``upper`` is set for ranges only;
    ``unit`` is as written, without 万 and 亿, and empty where there is none. ``vague`` marks
    counts that name no number of their own (百余, 上千, 十余).
    """

    value: Decimal
    unit: str
    comparator: Comparator
    span: Span
    upper: Decimal | None = None
    vague: bool = False


_REACHED = re.compile(r"(?:达到|达|过|上|超)$")
_BARE_MORE = {"上": Comparator.AT_LEAST, "过": Comparator.MORE}
_AFTER = {
    **dict.fromkeys(("以上", "之上"), Comparator.AT_LEAST),
    **dict.fromkeys(("以下", "以内", "之内", "之下", "封顶"), Comparator.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Comparator.ABOUT),
}
_STRICT = {Comparator.AT_LEAST: Comparator.MORE, Comparator.AT_MOST: Comparator.LESS}
_RANGE = re.compile(r" ?(?:[-‐‑﹣－]{1,4}|—{1,2}|–|~{1,2}|～|∼|−|至|到) ?")
_SIGNS = {"-": -1, "−": -1, "+": 1}
_NO_SIGN_AFTER = re.compile(r"[0-9A-Za-z%‰℃°′″Ω²³½¹⁴)-]")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
# After letters a hyphen joins a type number (TD-3500), after a figure with its unit a range.
_DASHED = re.compile(
    r"(?<![A-Za-z\d.])(?P<low>\d[\d.]*[ ]?(?P<unit>[A-Za-zμΩ°%][A-Za-zμΩ°%/·²³½()\d]{0,11}?))"
    r"(?P<dash>-|–|—{1,2}|‐|‑)(?=(?P<high>\d[\d.]*)[ ]?[A-Za-zμΩ°%])"
)
_LIST = re.compile("[、和与及]")
_CHANGING = re.compile(r"(?:(?<![自理缘])由|(?<!服)从|自(?![由动重]))[^，。；\n]{0,6}$")
_NAMED = frozenset('“"《〈「『#＃')
_YEARS_AROUND = re.compile(r"(?:近|未来|今后|过去|这|前|头|后|最近|每|此后|之后|第) ?$")
_TWO_DIGITS = re.compile("[一二两三四五六七八九]{2}")
_LARGE = re.compile("(?:亿|.万)$")
_LAST_NUMERAL = re.compile(
    r"([\d零一二两三四五六七八九十百千万亿])(?=[^\d零一二两三四五六七八九十百千万亿]*$)"
)
_BARE_SCALE = re.compile("[十百千万亿]+")
_LARGEST_ITEM = 100
_RAISED = re.compile(r"<sup>([-−]?\d)</sup>")
_CALENDAR = re.compile("19\\d\\d|20\\d\\d|2100")
_COMPARED = frozenset("≥≤<>=⩾⩽")
_RATIO_PLACES = 9
_INDEFINITE = frozenset({"百分点", "倍"})


@dataclass(slots=True)
class _Figure:
    """One number of the text with what surrounds it, before ranges are joined."""

    start: int
    end: int
    value: Decimal
    scale: Decimal
    unit: str
    comparator: Comparator
    after: bool
    bare: bool
    upper: Decimal | None = None
    vague: bool = False
    left: int = -1


def find_quantities(text: str) -> list[Quantity]:
    """Return the figures of a text in order; dates, ordinals, versions and names are left out."""
    return [quantity for quantity, bare in scan(text) if not bare]


def scan(text: str) -> list[tuple[Quantity, bool]]:
    """Return every number of a text that may be a figure, and whether it is bare.

    A bare number has no unit, scale or comparator: it counts only beside a name (pH 7.0～8.0).
    """
    folded = text.translate(HALF_WIDTH)
    folded = _DASHED.sub(_as_range, folded)
    figures = [
        figure
        for match in figure_pattern().finditer(folded)
        if (figure := _figure(match, folded)) is not None
    ]
    return [(_quantity(figure), figure.bare) for figure in _joined(figures, folded)]


def _as_range(dashed: re.Match[str]) -> str:
    # g·kg-1 DM is no range but a unit with its exponent.
    exponent = dashed["high"] in "1234" and "·" in dashed["unit"]
    if exponent or lookup(dashed["unit"]) is None:
        return dashed[0]
    return dashed["low"] + "~" * len(dashed["dash"])


def _quantity(figure: _Figure) -> Quantity:
    return Quantity(
        figure.value,
        figure.unit,
        figure.comparator,
        Span(figure.left if figure.left >= 0 else figure.start, figure.end),
        figure.upper,
        figure.vague,
    )


def parse_amount(text: str, default_unit: str = "元") -> Quantity:
    """Return the one amount of money in ``text``: ``近5000万元`` is about 50,000,000 元.

    A number without a unit counts in ``default_unit`` (``万元`` for a column headed so); 美元 stays
    美元. Raises :class:`InputError` where there is no amount, or more than one.
    """
    written = re.sub(r"[\s¥￥]|人民币|RMB", "", text)
    found = [quantity for quantity in find_quantities(written) if quantity.unit in CURRENCIES]
    if not found:
        found = _bare_amounts(written, default_unit)
    if len(found) != 1:
        raise InputError("quantities.not_an_amount", text=text)
    return replace(found[0], span=Span(0, len(text)))


def _bare_amounts(text: str, default_unit: str) -> list[Quantity]:
    if any(quantity.unit for quantity in find_quantities(text)):
        return []
    words = re.fullmatch("([十百千万亿]*)(.*)", default_unit)
    size, unit = (scale(words[1]), words[2]) if words else (Decimal(1), default_unit)
    own_scale = re.search("[万亿]", text)
    completed = _LAST_NUMERAL.sub(r"\1元", text, count=1)
    found = [quantity for quantity in find_quantities(completed) if quantity.unit == "元"]
    factor = Decimal(1) if own_scale else size
    return [
        replace(
            quantity,
            value=quantity.value * factor,
            upper=None if quantity.upper is None else quantity.upper * factor,
            unit=unit or "元",
        )
        for quantity in found
    ]


def _figure(match: re.Match[str], text: str) -> _Figure | None:
    start, end = match.span()
    if match["digits"] is match["chinese"] is match["science"] is match["ratio"]:
        return _share(match, text)
    read = _read(match)
    if (
        read is None
        or text[start - 1 : start] in _NAMED
        or text[max(0, start - 5) : start] == "<sup>"
    ):
        return None
    value, size = read
    unit = match["unit"] or ""
    if unit.endswith(")") and "(" not in unit and not match["after"]:
        unit, end = unit[:-1], end - 1
    raised = _RAISED.match(text, end) if unit else None
    if raised:
        unit, end = unit + raised[1], raised.end()
    if _is_date(match, value, unit, text):
        return None
    figure = _Figure(
        start, end, value, size, _money_unit(unit), Comparator.EQUAL, bool(match["after"]), False
    )
    _sign(figure, text)
    _compare(figure, match, text)
    figure.bare = _is_bare(figure, match, text)
    return None if figure.bare and match["chinese"] is not None else figure


def _read(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    size = scale(match["size"] or "")
    if match["science"] is not None:
        return _scientific(match) * size, size
    if match["ratio"] is not None:
        above, below = match["ratio"].split("/")
        value = _plain(round(Decimal(above) / Decimal(below), _RATIO_PLACES))
        return (value * size, size) if int(above) < int(below) else None
    if match["digits"] is not None:
        value = Decimal(match["digits"].replace(",", "")) * size
        if match["lead"]:
            value += Decimal(match["lead"]) * scale(match["leadsize"])
        return value, size
    numeral = match["chinese"]
    if _TWO_DIGITS.search(numeral.partition("点")[0]) or numeral[0] in "零〇":
        return None
    value_or_none = read_number(numeral)
    return None if value_or_none is None else (value_or_none * size, size)


def _scientific(match: re.Match[str]) -> Decimal:
    mantissa = Decimal(match["mantissa"] or match["whole"] or 1)
    power = match["power"] or match["plain_power"] or match["low_power"]
    if power is None:
        power = match["raised"].translate(_LOWERED)
    return mantissa.scaleb(int(power.replace("−", "-")))


def _is_date(match: re.Match[str], value: Decimal, unit: str, text: str) -> bool:
    start, end = match.span()
    if unit == "年":
        calendar = bool(_CALENDAR.fullmatch(match["digits"] or "")) and match["size"] is None
        calendar = calendar and text[start - 1 : start] not in _COMPARED
        return calendar or bool(_YEARS_AROUND.search(text[max(0, start - 2) : start]))
    if match["chinese"] is not None:
        return False
    return text[end : end + 1] in (":", "：") and text[end + 1 : end + 2].isdigit()


def _money_unit(unit: str) -> str:
    if unit and unit[0] in "元块人R" and normalise_unit(unit) == "元":
        return "元"
    return unit


def _compare(figure: _Figure, match: re.Match[str], text: str) -> None:
    start = figure.start
    before = comparator_before(text, start)
    if before:
        figure.comparator, figure.left = Comparator[before[0]], before[1]
    after = _AFTER.get(match["after"][-2:]) if match["after"] else None
    if match["more"] or match["also"]:
        figure.comparator = Comparator.MORE
    elif after is Comparator.ABOUT:
        if figure.comparator is Comparator.EQUAL:
            figure.comparator = after
    elif after and figure.comparator is not _STRICT[after]:
        figure.comparator = after


def _is_bare(figure: _Figure, match: re.Match[str], text: str) -> bool:
    numeral = match["chinese"]
    if match["ratio"]:
        return not figure.unit or is_count(figure.unit)
    if numeral is None:
        if match["science"] and match["science"][0] != "1":
            return False
        strong = figure.comparator not in (Comparator.EQUAL, Comparator.ABOUT)
        return not (figure.unit or match["size"] or strong)
    if not figure.unit:
        return figure.comparator is Comparator.EQUAL or not _LARGE.search(numeral)
    if _BARE_SCALE.fullmatch(numeral) and text[figure.start - 1 : figure.start] in ("数", "几"):
        return True
    if _BARE_SCALE.fullmatch(numeral) and numeral != "十":
        return _bare_scale(figure, match, text)
    if numeral == "十":
        figure.vague = bool(match["more"])
    return (
        numeral == "一"
        and not match["size"]
        and figure.unit not in _INDEFINITE
        and (not normalise_unit(figure.unit).isascii())
    )


def _bare_scale(figure: _Figure, match: re.Match[str], text: str) -> bool:
    start = figure.start
    previous = text[start - 1 : start]
    if match["more"]:
        figure.vague = True
        return False
    if figure.comparator is Comparator.EQUAL and previous in _BARE_MORE:
        figure.comparator = _BARE_MORE[previous]
        figure.left = start - 1
        figure.vague = previous == "上"
        return False
    return figure.comparator is Comparator.EQUAL and not _REACHED.search(text[:start][-2:])


def _sign(figure: _Figure, text: str) -> None:
    start = figure.start
    before = text[max(0, start - 2) : start]
    if before[-1:] in _SIGNS and not _NO_SIGN_AFTER.match(before[:-1]):
        figure.value *= _SIGNS[before[-1]]
        figure.start = start - 1


def _share(match: re.Match[str], text: str) -> _Figure | None:
    value, unit = _share_value(match)
    if value is None:
        return None
    start, end = match.span()
    figure = _Figure(
        start, end, value, Decimal(1), unit, Comparator.EQUAL, bool(match["after"]), False
    )
    before = comparator_before(text, start)
    if before:
        figure.comparator, figure.left = Comparator[before[0]], before[1]
    after = _AFTER.get(match["after"][-2:]) if match["after"] else None
    if after and figure.comparator is Comparator.EQUAL:
        figure.comparator = after
    if match["halves"] and figure.comparator is Comparator.EQUAL:
        return None
    return figure


def _share_value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["share"]:
        part = read_number(match["part"])
        if match["share"] == "百分之":
            return part, "%"
        return (part, "‰") if match["share"] == "千分之" else (part and part / 100, "%")
    if match["tenths"]:
        tenths = read_number(match["tenths"])
        return (tenths and tenths * 10 + (5 if match["half"] else 0)), "%"
    if match["below"]:
        below, above = read_number(match["below"]), read_number(match["above"])
        if not below or above is None or above >= below:
            return None, "%"
        return round(above / below * 100, 2), "%"
    if match["halves"]:
        return Decimal(50), "%"
    times = re.search("[两二三23]", match[0])
    doublings = {"三": 3, "3": 3}.get(times[0], 2) if times else 1
    return Decimal(100 * (2**doublings - 1)), "%"


def _joined(figures: list[_Figure], text: str) -> list[_Figure]:
    joined: list[_Figure] = []
    for figure in reversed(figures):
        following = joined[-1] if joined else None
        if following is not None and following.start - figure.end <= 5:
            gap = text[figure.end : following.start]
            if _RANGE.fullmatch(gap) and _make_range(figure, following, text):
                joined[-1] = figure
                continue
            if _LIST.fullmatch(gap):
                _share_unit(figure, following, text)
        joined.append(figure)
    joined.reverse()
    return [figure for figure in joined if not _ends_a_name(figure, text)]


def _make_range(low: _Figure, high: _Figure, text: str) -> bool:
    if high.upper is not None or low.after or (high.bare and not low.bare):
        return False
    factor = _between_units(low.unit, high.unit)
    if factor is None or _CHANGING.search(text[max(0, low.start - 8) : low.start]):
        return False
    value, upper = low.value, high.value * factor
    if not low.unit and low.scale == 1 and value * high.scale < high.value:
        value *= high.scale
    if value >= upper:
        return False
    unit = low.unit if factor != 1 else high.unit
    low.value, low.upper, low.unit, low.end = value, upper, unit, high.end
    low.comparator = Comparator.BETWEEN
    low.bare = high.bare
    return True


def _between_units(low: str, high: str) -> Decimal | None:
    """Return what turns ``high`` into ``low`` (10MHz~67GHz); ``None`` where they do not compare."""
    if not low or low == high or normalise_unit(low) == normalise_unit(high):
        return Decimal(1)
    first, second = lookup(low), lookup(high)
    if not first or not second or first.dimensions != second.dimensions:
        return None
    shifted = first.offset or second.offset
    return None if shifted else _plain(second.factor / first.factor)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _share_unit(figure: _Figure, following: _Figure, text: str) -> None:
    if not figure.bare or following.bare or not following.unit:
        return
    previous = text[figure.start - 1 : figure.start]
    # 3、200家 at the head of a line is item 3 of a list and not a pair of counts.
    heads_a_line = not previous or not ("一" <= previous <= "鿿" or previous in ">≥<≤")
    if heads_a_line and figure.value < _LARGEST_ITEM:
        return
    figure.value *= following.scale
    figure.unit, figure.bare = following.unit, False


def _ends_a_name(figure: _Figure, text: str) -> bool:
    return bool(re.search(r"[0-9A-Za-z)%][-/:：]$", text[max(0, figure.start - 2) : figure.start]))
