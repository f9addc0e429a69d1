"""Amounts of money in a cell: 500, 500-800, 不超过3000万, 1.2亿元, 面议, with the header's unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from guantong.records.codecs import NO_VALUE, text_of
from guantong.records.columns import Composite
from guantong.records.model import Money, PriceMode
from guantong.records.problems import CellError
from guantong.text.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guantong.messages import Language
    from guantong.records.columns import CellContext

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(10**3),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿元": Decimal(10**8),
}
_BY_AGREEMENT = frozenset({"面议", "协商", "双方协商", "待定", "议价", "negotiable", "tbd"})
_FREE = frozenset({"免费", "无偿", "公益", "free"})
_FOREIGN = re.compile(
    r"美元|美金|欧元|英镑|日元|港币|港元|\$|€|£|USD|EUR|GBP|JPY|HKD", re.IGNORECASE
)
_NOISE = re.compile(r"人民币|RMB|CNY|[¥￥]|\s|约|大约|左右|总计|共计|合计|整$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"^(?:不超过|不高于|不大于|少于|低于|小于|最高|最多|至多|上限|upto|<=|[≤<])|(?:以内|以下|之内|封顶)$"
)
_AT_LEAST = re.compile(
    r"^(?:不低于|不少于|不小于|超过|高于|大于|至少|最低|>=|[≥>])|(?:以上|起|\+)$"
)
_RANGE = re.compile(r"(?<=[\d万亿千百元])(?:-|~|—|–|至|到)(?=[\d一二三四五六七八九十两])")
_DIGIT = re.compile(r"[\d零一二三四五六七八九十两]")
_FIGURE = re.compile(r"(.*?[\d一二三四五六七八九十百千万亿两])(万|亿)?(元)?")


@dataclass(frozen=True, slots=True)
class MoneyCodec:
    """An amount or a range; a figure without 万 or 亿 is in the header's unit."""

    def parse(self, cell: object, context: CellContext) -> Money | None:
        """Return the amount in 元."""
        if isinstance(cell, dict):
            return _from_json(cell)
        if isinstance(cell, bool):
            raise CellError("cell.not_an_amount")
        if isinstance(cell, (int, float)):
            return _single(Decimal(repr(cell)) * UNITS[context.unit])
        text = text_of(cell)
        if text.lower() in NO_VALUE:
            return None
        return parse_money(text, context.unit)

    def cell(self, value: Money | None, lang: Language) -> object:
        """Return the amount in 万元: a number, or text for a range or a bound."""
        if value is None or (value.low is None and value.high is None):
            return ""
        if value.low == value.high and value.low is not None:
            return _in_cell(_shown(value.low))
        if value.low is None or value.high is None:
            bound, sign = (value.high, "≤") if value.low is None else (value.low, "≥")
            return sign + _shown(bound or Decimal(0))
        return f"{_shown(value.low)}-{_shown(value.high)}"

    def json(self, value: Money | None) -> object:
        """Return both ends in 元."""
        if value is None or (value.low is None and value.high is None):
            return None
        ends = {"low": value.low, "high": value.high}
        return {name: f"{end:f}" for name, end in ends.items() if end is not None}


def parse_money(text: str, unit: str = "万元") -> Money:
    """Read an amount as a table states it; raises :class:`CellError`."""
    if text.lower() in _BY_AGREEMENT:
        return Money(mode=PriceMode.NEGOTIATED)
    if text.lower() in _FREE:
        return Money(mode=PriceMode.FREE)
    if _FOREIGN.search(text):
        raise CellError("cell.foreign_currency")
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).replace(",", "")
    at_most, at_least = _AT_MOST.search(plain), _AT_LEAST.search(plain)
    plain = _AT_LEAST.sub("", _AT_MOST.sub("", plain))
    ends = _RANGE.split(plain)
    if len(ends) == 2 and not at_most and not at_least:
        return _range(ends[0], ends[1], unit)
    amount = _figure(plain, unit)
    if at_most or at_least:
        return Money(high=amount) if at_most else Money(low=amount)
    return _single(amount)


def _range(low: str, high: str, unit: str) -> Money:
    last = _FIGURE.fullmatch(high)
    # 500-800万元: the scale behind the second figure holds for both.
    stated = last is not None and (last[2] or last[3])
    if stated and not re.search("[万亿元]", low):
        low += high[last.end(1) :] if last else ""
    first, second = _figure(low, unit), _figure(high, unit)
    if first > second:
        raise CellError("cell.range_reversed")
    return Money(low=first, high=second)


def _figure(text: str, unit: str) -> Decimal:
    found = _FIGURE.fullmatch(text)
    bare = text.removesuffix("元")
    value = read_number(bare) if found and _DIGIT.search(bare) else None
    if value is None or value < 0:
        raise CellError("cell.not_an_amount")
    stated = text != bare or re.search("[万亿]", bare)
    return value if stated else value * UNITS[unit]


def _single(amount: Decimal) -> Money:
    if not amount.is_finite() or amount < 0:
        raise CellError("cell.not_an_amount")
    return Money(low=amount, high=amount)


def _shown(amount: Decimal) -> str:
    with localcontext(prec=60):
        text = f"{amount / UNITS['万元']:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in_cell(text: str) -> int | float | str:
    if "." not in text:
        return int(text) if len(text) < 15 else text
    number = float(text)
    return number if repr(number) == text else text


def _from_json(cell: Mapping[str, Any]) -> Money:
    ends: dict[str, Decimal] = {}
    for name in ("low", "high"):
        if cell.get(name) is None:
            continue
        try:
            ends[name] = Decimal(str(cell[name]))
        except ArithmeticError as error:
            raise CellError("cell.not_an_amount") from error
        _single(ends[name])
    mode = cell.get("mode")
    known = PriceMode(mode) if mode in list(PriceMode) else None
    return Money(low=ends.get("low"), high=ends.get("high"), mode=known)


def _build(parts: Mapping[str, Any]) -> Money | None:
    amount: Money = parts.get("amount") or Money()
    mode = parts.get("mode") or amount.mode
    if amount.low is None and amount.high is None and mode is None:
        return None
    return Money(low=amount.low, high=amount.high, mode=mode)


def _take(money: Money, piece: str) -> object:
    return money.mode if piece == "mode" else money


MONEY = Composite(_build, _take)
