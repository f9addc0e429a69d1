"""Units of measurement and measure words: one spelling for each, and conversion between them.

The table ``data/units.csv`` answers for the units that Chinese technical texts use, alone and
combined (``克/立方厘米``, ``W/(m·K)``). A unit it does not know goes to pint, which is loaded then.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from typing import Any

CURRENCIES = frozenset({"元", "美元", "欧元", "港元", "日元", "英镑"})

# 3月 and 3日 are dates, 8分 a score and 5k a count, but 台/月, 吨/日, 转/分 and w/m·k are units.
_ONLY_BELOW = frozenset({"月", "分", "日", "k"})
_FOLD = str.maketrans(
    "²³⁻⁰¹⁴⁵⁶⁷⁸⁹.⋅•∙*×／µΩ（）−－％",
    "23-0145" + "6789" + "·····" + "·/μΩ()--%",
)
_LIFT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_PREFIXES = frozenset("μµ")
_PIECE = re.compile(r"[·/()]|[^·/()]+")
_EXPONENT = re.compile(r"(.*[^\d-])\^?(-?\d)")
_FOREIGN = re.compile(r"[A-Za-zμΩÅ°′″%/·()\d-]{1,40}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in base terms: ``base = value * factor + offset``, with sorted base dimensions."""

    symbol: str
    factor: Decimal
    offset: Decimal
    dimensions: tuple[tuple[str, int], ...]


@lru_cache(maxsize=4096)
def normalise_unit(text: str) -> str:
    """Return the symbol of a unit however it is spelt: ``克/立方厘米`` → ``g/cm³``.

    What the table does not know comes back as written, without spaces.
    """
    unit = lookup(text)
    return unit.symbol if unit else re.sub(r"\s+", "", text)


@lru_cache(maxsize=4096)
def convert(value: Decimal, unit: str, into: str) -> Decimal | None:
    """Return ``value`` of ``unit`` expressed in ``into``; ``None`` where the two do not compare."""
    source, target = lookup(unit), lookup(into)
    if source and target:
        if source.dimensions != target.dimensions:
            return None
        if (source.factor, source.offset) == (target.factor, target.offset):
            return value
        base = value * source.factor + source.offset - target.offset
        return _tidy(base / target.factor)
    if normalise_unit(unit) == normalise_unit(into):
        return value
    return _convert_with_pint(value, normalise_unit(unit), normalise_unit(into))


def comparable(unit: str, other: str) -> bool:
    """Say whether values in the two units can be compared."""
    return convert(Decimal(1), unit, other) is not None


def is_money(unit: str) -> bool:
    """Say whether the unit is a currency, alone or for each of something (``元/吨``)."""
    return normalise_unit(unit).partition("/")[0] in CURRENCIES


def is_count(unit: str) -> bool:
    """Say whether the unit is a measure word for things or people (家, 项, 台, 人)."""
    known = lookup(unit)
    if known is None or not _is_chinese(known.symbol):
        return False
    return known.dimensions == ((known.symbol, 1),)


@lru_cache(maxsize=4096)
def lookup(text: str) -> Unit | None:
    """Return what the table knows about a unit or a combination of units, ``None`` if nothing."""
    folded = re.sub(r"\s+", "", text).translate(_FOLD)
    return _atoms().get(folded) or _combined(folded[:1] + folded[1:].replace("每", "/"))


@cache
def unit_pattern() -> str:
    """Return a regular expression source that matches a unit as written in running text."""
    words = sorted(_spellings(), key=lambda entry: len(entry[0]), reverse=True)
    alone = "|".join(_guarded(*word) for word in words if word[0] not in _ONLY_BELOW)
    below = "|".join(_guarded(*word) for word in words)
    exponent = r"(?:(?<=[A-Za-z])(?:[-−]\d(?![\dA-Za-z.])|⁻?[¹²³⁴]))?"
    inverse = r"(?:(?<=[A-Za-z])[-−][1-4](?![\d.%~～-]|[ ]?[A-Za-z\d一-鿿]))"
    more = rf"(?:(?:[/·•⋅*.]\(?|每)(?:{below}|a(?![A-Za-z])){exponent}\)?)"
    return rf"(?:(?:{alone})(?:⁻?[¹²³⁴]|{inverse})?{more}{{0,3}})"


def _guarded(spelling: str, barred: tuple[str, ...]) -> str:
    last, stops = spelling[-1], [re.escape(word) for word in barred]
    if last in _PREFIXES or (last.isascii() and last.isalpha()):
        stops.append("[A-Za-zμµΩ]")
    elif last.isdigit():
        stops.append("[0-9.]")
    written = re.escape(spelling).replace("·", "[ ]?[·•⋅∙*.][ ]?")
    return written + (f"(?!{'|'.join(stops)})" if stops else "")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    source = files("guantong.text").joinpath("data", "units.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in source.splitlines() if not line.startswith("#")))


def _spellings() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (spelling, tuple(row["not_before"].split()))
        for row in _rows()
        for spelling in dict.fromkeys((row["unit"], *row["spellings"].split()))
    ]


@cache
def _atoms() -> dict[str, Unit]:
    atoms: dict[str, Unit] = {}
    for row in _rows():
        unit = Unit(
            row["unit"],
            Decimal(row["factor"]),
            Decimal(row["offset"]),
            _dimensions(row["dimension"]),
        )
        for spelling in (row["unit"], *row["spellings"].split()):
            atoms.setdefault(spelling.translate(_FOLD), unit)
    return atoms


def _dimensions(text: str) -> tuple[tuple[str, int], ...]:
    powers: Counter[str] = Counter()
    for part in text.split():
        name, power = re.fullmatch(r"(.*?)(-?\d*)", part).groups()  # type: ignore[union-attr]
        if name:
            powers[name] += int(power or 1)
    return tuple(sorted(powers.items()))


def _combined(folded: str) -> Unit | None:
    factor, dimensions = Decimal(1), Counter[str]()
    shown: dict[int, list[str]] = {1: [], -1: []}
    sign = 1
    for piece in _PIECE.findall(folded):
        if piece in "·()":
            continue
        if piece == "/":
            sign = -1
            continue
        atom, power = _power(piece)
        if atom is None:
            return None
        factor *= atom.factor ** (power * sign)
        for name, exponent in atom.dimensions:
            dimensions[name] += exponent * power * sign
        shown[1 if power * sign > 0 else -1].append(_raised(atom.symbol, abs(power)))
    if not shown[1] and not shown[-1]:
        return None
    left = tuple(sorted((name, power) for name, power in dimensions.items() if power))
    return Unit(_written(shown[1], shown[-1]), factor, Decimal(0), left)


def _power(piece: str) -> tuple[Unit | None, int]:
    direct = _atoms().get(piece)
    if direct:
        return direct, 1
    if piece == "a":
        return _atoms()["年"], 1
    parts = _EXPONENT.fullmatch(piece)
    return (_atoms().get(parts[1]), int(parts[2])) if parts else (None, 1)


def _raised(symbol: str, power: int) -> str:
    return symbol if power == 1 else symbol + str(power).translate(_LIFT)


def _written(above: list[str], below: list[str]) -> str:
    numerator = "·".join(above) or "1"
    if not below:
        return numerator
    return f"{numerator}/{below[0]}" if len(below) == 1 else f"{numerator}/({'·'.join(below)})"


def _tidy(value: Decimal) -> Decimal:
    # Reciprocal factors (5/9, 1/3.6) leave noise far below any figure a text can state.
    rounded = value.quantize(Decimal(1).scaleb(max(value.adjusted() - 20, -40))).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded


def _is_chinese(text: str) -> bool:
    return all("一" <= char <= "鿿" for char in text)


def _convert_with_pint(value: Decimal, unit: str, into: str) -> Decimal | None:
    if not (_FOREIGN.fullmatch(unit) and _FOREIGN.fullmatch(into)):
        return None
    pint, registry = import_module("pint"), _registry()
    try:
        converted = registry.Quantity(value, _for_pint(unit)).to(_for_pint(into)).magnitude
    except (pint.PintError, AttributeError, TypeError, ValueError, AssertionError):
        # What pint cannot parse either is a unit nobody can compare: unknown, not an error.
        return None
    return _tidy(Decimal(converted))


def _for_pint(unit: str) -> str:
    named = unit.translate(_FOLD).replace("℃", "degC").replace("℉", "degF").replace("%", "percent")
    return re.sub(r"(?<=[A-Za-zμΩ])(-?\d)", r"**\1", named).replace("·", "*")


@cache
def _registry() -> Any:
    return import_module("pint").UnitRegistry(non_int_type=Decimal)
