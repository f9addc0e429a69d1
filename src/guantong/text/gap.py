"""Whether what is promised meets what is demanded, indicator by indicator, and by how much not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from guantong.text.naming import same_names
from guantong.text.quantities import Comparator, Quantity, find_quantities
from guantong.text.units import convert

if TYPE_CHECKING:
    from guantong.text.indicators import Indicator

_LOWEST_LIKENESS = 0.34
_ABOUT = Decimal("0.05")
_CONDITIONS = re.compile("范围|温度|湿度|量程|频段|波长|频率|电压|区间|海拔")
_NO_WORDS = re.compile(r"[\s，,、。的在于下时]")
_MORE_IS_BETTER = frozenset({"产能", "处理量"})
_OPEN_BELOW = frozenset({Comparator.AT_MOST, Comparator.LESS})
_OPEN_ABOVE = frozenset({Comparator.AT_LEAST, Comparator.MORE})


class Verdict(StrEnum):
    """How a promise stands to a demand; unknown is not failed."""

    MET = "met"
    SHORT = "short"
    PARTLY = "partly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """The answer for one demand; ``shortfall``, in the demand's unit, says what is missing.

    ``condition_differs`` marks figures that were stated under different conditions (-20℃, 25℃):
    they are compared all the same, and a person has to judge what that is worth.
    """

    verdict: Verdict
    shortfall: Decimal | None = None
    unit: str = ""
    condition_differs: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """One demand, the promise that answers it (``None`` where nothing does) and the gap.

    Of promises with the same name the one under the demand's own condition answers it;
    ``likeness`` says how alike the two names are, from 0 to 1.
    """

    demand: Indicator
    promise: Indicator | None
    gap: Gap
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class _Interval:
    """The values an indicator allows; ``None`` leaves an end open, ``open_*`` excludes the end."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False


def compare(demand: Indicator, promise: Indicator) -> Gap:
    """Say whether ``promise`` meets ``demand``, and how much is missing, in the demand's unit.

    The demand's comparator says which way is better: with ``≥`` more is, with ``≤`` less is, a
    range must be covered. Where the units do not compare, or one tells a change and the other a
    level, the answer is unknown. A condition that one side leaves out does not differ.
    """
    differs = _agreement(demand.condition, promise.condition) is _Agreement.DIFFERENT
    return replace(_compare(demand, promise), condition_differs=differs)


def _compare(demand: Indicator, promise: Indicator) -> Gap:
    if demand.change != promise.change:
        return Gap(Verdict.UNKNOWN, unit=demand.unit)
    offered = _in_unit(promise, demand.unit)
    if offered is None:
        return Gap(Verdict.UNKNOWN, unit=demand.unit)
    if demand.comparator is Comparator.BETWEEN:
        return _against_range(demand, offered)
    if demand.comparator is Comparator.WITHIN:
        return _against_limit(demand, _magnitude(offered, promise.comparator), upwards=False)
    return _against_value(demand, offered, promise)


def gap_table(
    demands: tuple[Indicator, ...] | list[Indicator],
    promises: tuple[Indicator, ...] | list[Indicator],
) -> tuple[GapRow, ...]:
    """Return a row for each demand, in order, beside the promise whose name and unit fit best."""
    return tuple(_row(demand, promises) for demand in demands)


def name_likeness(name: str, other: str) -> float:
    """Return how alike two indicator names are, 0 to 1: same thing, else shared character pairs."""
    if not name or not other:
        return 0.0
    if name == other:
        return 1.0
    first, second = _canonical(name), _canonical(other)
    if first == second:
        return 0.9
    pairs, others = _bigrams(first), _bigrams(second)
    shared = len(pairs & others)
    # The head of a Chinese noun phrase stands last: 表面硬度 is a 硬度, 表面温度 is not.
    head = 0.2 if first[-2:] == second[-2:] else 0.0
    return min(0.89, 2 * shared / (len(pairs) + len(others)) * 0.8 + head)


def _row(demand: Indicator, promises: tuple[Indicator, ...] | list[Indicator]) -> GapRow:
    best: GapRow | None = None
    for promise in promises:
        likeness = name_likeness(demand.name, promise.name)
        if likeness < _LOWEST_LIKENESS or demand.change != promise.change:
            continue
        if convert(promise.value, promise.unit, demand.unit) is None:
            continue
        row = GapRow(demand, promise, compare(demand, promise), likeness)
        if best is None or _preference(row) > _preference(best):
            best = row
    return best or GapRow(demand, None, Gap(Verdict.UNKNOWN, unit=demand.unit))


def _preference(row: GapRow) -> tuple[float, int, int, Decimal]:
    order = {Verdict.MET: 3, Verdict.PARTLY: 2, Verdict.SHORT: 1, Verdict.UNKNOWN: 0}
    stated = row.promise.condition if row.promise else ""
    agreement = _agreement(row.demand.condition, stated)
    missing = row.gap.shortfall or Decimal(0)
    return row.likeness, agreement, order[row.gap.verdict], -missing


class _Agreement(IntEnum):
    """How the conditions of two figures stand to each other, the better the higher."""

    DIFFERENT = 0
    LEFT_OPEN = 1
    SAME = 2


def _agreement(condition: str, other: str) -> _Agreement:
    """Compare conditions by their figures where both have some, else by their words."""
    first, second = _NO_WORDS.sub("", condition), _NO_WORDS.sub("", other)
    if first == second:
        return _Agreement.SAME
    if not first or not second:
        return _Agreement.LEFT_OPEN
    figures, others = find_quantities(condition), find_quantities(other)
    if figures and others:
        return _Agreement.SAME if _figures_agree(figures, others) else _Agreement.DIFFERENT
    return _Agreement.SAME if first in second or second in first else _Agreement.DIFFERENT


def _figures_agree(figures: list[Quantity], others: list[Quantity]) -> bool:
    """Say whether the figures of the shorter condition all stand in the longer one."""
    fewer, more = sorted((figures, others), key=len)
    return all(any(_equal(figure, other) for other in more) for figure in fewer)


def _equal(figure: Quantity, other: Quantity) -> bool:
    value = convert(other.value, other.unit, figure.unit)
    if value != figure.value or (figure.upper is None) != (other.upper is None):
        return False
    return figure.upper is None or (
        other.upper is not None and convert(other.upper, other.unit, figure.unit) == figure.upper
    )


def _canonical(name: str) -> str:
    synonyms = same_names()
    if name in synonyms:
        return synonyms[name]
    ending = next((name[at:] for at in range(1, len(name) - 1) if name[at:] in synonyms), "")
    return name.removesuffix(ending) + synonyms[ending] if ending else name


def _bigrams(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))}


def _in_unit(indicator: Indicator, unit: str) -> _Interval | None:
    value = convert(indicator.value, indicator.unit, unit)
    if value is None:
        return None
    if indicator.comparator is Comparator.BETWEEN and indicator.upper is not None:
        upper = convert(indicator.upper, indicator.unit, unit)
        return None if upper is None else _Interval(min(value, upper), max(value, upper))
    if indicator.comparator in _OPEN_ABOVE:
        return _Interval(value, None, open_low=indicator.comparator is Comparator.MORE)
    if indicator.comparator in _OPEN_BELOW:
        return _Interval(None, value, open_high=indicator.comparator is Comparator.LESS)
    if indicator.comparator is Comparator.WITHIN:
        return _Interval(-abs(value), abs(value))
    return _Interval(value, value)


def _magnitude(offered: _Interval, comparator: Comparator) -> _Interval:
    if comparator in _OPEN_BELOW:
        return offered
    ends = [abs(end) for end in (offered.low, offered.high) if end is not None]
    # A tolerance is a worst case: ±0.3 promises 0.3, not anything from nothing to 0.3.
    worst = None if offered.high is None else max(ends)
    return _Interval(worst, worst)


def _against_value(demand: Indicator, offered: _Interval, promise: Indicator) -> Gap:
    if promise.comparator is Comparator.WITHIN:
        offered = _magnitude(offered, promise.comparator)
    if demand.comparator in _OPEN_ABOVE:
        return _against_limit(demand, offered, upwards=True)
    if demand.comparator in _OPEN_BELOW:
        return _against_limit(demand, offered, upwards=False)
    capacity = _canonical(demand.name) in _MORE_IS_BETTER
    if demand.change or capacity or promise.comparator in _OPEN_ABOVE:
        return _against_limit(demand, offered, upwards=True)
    if promise.comparator in _OPEN_BELOW:
        return _against_limit(demand, offered, upwards=False)
    return _against_point(demand, offered)


def _against_limit(demand: Indicator, offered: _Interval, *, upwards: bool) -> Gap:
    """Compare with one limit: the worst promised value decides, the best one tells what is open."""
    worst, best = (offered.low, offered.high) if upwards else (offered.high, offered.low)
    limit = abs(demand.value) if demand.comparator is Comparator.WITHIN else demand.value
    strict = demand.comparator in (Comparator.MORE, Comparator.LESS)
    beyond = offered.open_low if upwards else offered.open_high
    if worst is not None and _reaches(worst, limit, upwards, strict and not beyond):
        return Gap(Verdict.MET, unit=demand.unit)
    if best is not None and not _reaches(best, limit, upwards, strict=False):
        return Gap(Verdict.SHORT, abs(limit - best), demand.unit)
    if worst is None:
        # A promise of ≤30 says nothing about a demand of ≥10.
        return Gap(Verdict.UNKNOWN, unit=demand.unit)
    verdict = Verdict.SHORT if best is None else Verdict.PARTLY
    return Gap(verdict, abs(limit - worst), demand.unit)


def _reaches(value: Decimal, limit: Decimal, upwards: bool, strict: bool) -> bool:
    if value == limit:
        return not strict
    return value > limit if upwards else value < limit


def _against_range(demand: Indicator, offered: _Interval) -> Gap:
    """Compare with a range: to be covered where it is a span of conditions, else to be kept to."""
    low, high = demand.value, demand.upper if demand.upper is not None else demand.value
    below = max(offered.low - low, Decimal(0)) if offered.low is not None else Decimal(0)
    above = max(high - offered.high, Decimal(0)) if offered.high is not None else Decimal(0)
    if below == above == 0:
        return Gap(Verdict.MET, unit=demand.unit)
    if offered.low is not None and offered.low > high:
        return Gap(Verdict.SHORT, offered.low - high, demand.unit)
    if offered.high is not None and offered.high < low:
        return Gap(Verdict.SHORT, low - offered.high, demand.unit)
    if _lies_within(offered, low, high) and not _is_span_of_conditions(demand):
        return Gap(Verdict.MET, unit=demand.unit)
    return Gap(Verdict.PARTLY, below + above, demand.unit)


def _lies_within(offered: _Interval, low: Decimal, high: Decimal) -> bool:
    if offered.low is None or offered.high is None:
        return False
    return low <= offered.low and offered.high <= high


def _is_span_of_conditions(demand: Indicator) -> bool:
    return demand.unit in ("℃", "K", "℉") or bool(_CONDITIONS.search(demand.name))


def _against_point(demand: Indicator, offered: _Interval) -> Gap:
    low, high = offered.low, offered.high
    if low is None or high is None:
        return Gap(Verdict.UNKNOWN, unit=demand.unit)
    slack = abs(demand.value) * _ABOUT if demand.comparator is Comparator.ABOUT else Decimal(0)
    distance = max(low - demand.value, demand.value - high, Decimal(0))
    if distance <= slack:
        return Gap(Verdict.MET, unit=demand.unit)
    return Gap(Verdict.SHORT, distance, demand.unit)
