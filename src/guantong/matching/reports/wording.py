"""Numbers, amounts, indicators and names as people read them, in Chinese and English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.records import kinds
from guantong.records.common import MODES
from guantong.text.gap import Verdict
from guantong.text.quantities import Comparator

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.text.indicators import Indicator

_SIGNS = {
    Comparator.EQUAL: "",
    Comparator.MORE: ">",
    Comparator.AT_LEAST: "≥",
    Comparator.LESS: "<",
    Comparator.AT_MOST: "≤",
    Comparator.WITHIN: "±",
}
_CLOSE_UNITS = frozenset("%‰℃°")
_HAN = re.compile("[一-鿿]")
_WAN, _YI, _MILLION = Decimal(10_000), Decimal(100_000_000), Decimal(1_000_000)
_HUNDREDTH = Decimal("0.01")
_DIGITS = 25
_UNITS_EN = {"元": "CNY", "天": "days", "次": "times", "倍": "times", "年": "years", "月": "months"}
_MODES_EN = {choice.value: choice.en for choice in MODES}


def level_name(level: int, lang: Language) -> str:
    """Return the word for a level from 1 to 4."""
    return render(f"level.{level}", lang)


def verdict_name(row: str, verdict: Verdict, lang: Language) -> str:
    """Return the word for a verdict; places and modes differ rather than fall short."""
    differs = verdict is Verdict.SHORT and row in ("region", "mode")
    return render("verdict.differs" if differs else f"verdict.{verdict.value}", lang)


def kind_name(kind: str, lang: Language) -> str:
    """Return the name of a kind of record, the word itself for one that is not installed."""
    known = kinds.find(kind)
    return known.label(lang) if known else kind


def signed(amount: float) -> str:
    """Return what something adds to a score, with its sign: ``+0.42``."""
    shown = f"{amount:+.2f}"
    return shown if shown not in ("-0.00", "+0.00") else "±0.00"


def plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing: ``35000``, ``0.9``."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def quantity(number: Decimal, unit: str, lang: Language = "zh") -> str:
    """Return a figure with its unit: ``0.9 t``, ``91.5%``, ``200 万元``."""
    if unit == "元":
        return money(number, lang)
    if unit == "TRL":
        return render("quantity.levels", lang, count=plain(number))
    shown = _UNITS_EN.get(unit, unit) if lang == "en" else unit
    return _joined(plain(number), shown)


def money(amount: Decimal, lang: Language = "zh") -> str:
    """Return an amount given in 元: ``200 万元``, ``1.2 亿元``, ``CNY 2 million``."""
    if lang == "en":
        if abs(amount) >= _MILLION:
            return f"CNY {_rounded(amount / _MILLION)} million"
        return f"CNY {_rounded(amount):,}" if abs(amount) >= _WAN else f"CNY {_rounded(amount)}"
    if abs(amount) >= _YI:
        return f"{plain(_rounded(amount / _YI))} 亿元"
    if abs(amount) >= _WAN:
        return f"{plain(_rounded(amount / _WAN))} 万元"
    return f"{plain(_rounded(amount))} 元"


def money_range(stated: str, lang: Language = "zh") -> str:
    """Return ``8000000`` or ``3000000~5000000`` (in 元) as it is read; empty stays empty."""
    ends = [money(Decimal(end), lang) for end in stated.split("~") if end]
    return (" – " if lang == "en" else "至").join(ends)


def modes(stated: str, lang: Language = "zh") -> str:
    """Return ways of cooperation that stand in one text between 、."""
    if lang == "zh" or not stated:
        return stated
    return ", ".join(_MODES_EN.get(mode, mode) for mode in stated.split("、"))


def indicator_name(indicator: Indicator, lang: Language = "zh") -> str:
    """Return what an indicator measures, its quotation where it has no name."""
    return indicator.name or indicator.quote or render("quantity.unnamed", lang)


def indicator_value(indicator: Indicator, lang: Language = "zh") -> str:
    """Return the figures of an indicator with comparator and condition: ``≥80%（1000次循环）``."""
    shown = quantity(indicator.value, indicator.unit, lang)
    if indicator.upper is not None:
        upper = quantity(indicator.upper, indicator.unit, lang)
        shown = f"{plain(indicator.value)}~{upper}"
    elif indicator.comparator is Comparator.ABOUT:
        shown = render("quantity.about", lang, figure=shown)
    else:
        shown = _SIGNS.get(indicator.comparator, "") + shown
    if indicator.change:
        code = "quantity.rises" if indicator.change == "+" else "quantity.falls"
        shown = render(code, lang, figure=shown)
    if indicator.condition:
        return render("quantity.under", lang, figure=shown, condition=indicator.condition)
    return shown


def cut(text: str, longest: int) -> str:
    """Return a text on one line, with … where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip("，,、；; ") + "…"


def _rounded(amount: Decimal) -> Decimal:
    # Beyond the digits that arithmetic carries there are no hundredths to round to.
    exact = amount.adjusted() >= _DIGITS
    return Decimal(plain(amount if exact else amount.quantize(_HUNDREDTH)))


def _joined(number: str, unit: str) -> str:
    close = not unit or unit in _CLOSE_UNITS or _HAN.match(unit)
    return number + unit if close else f"{number} {unit}"
