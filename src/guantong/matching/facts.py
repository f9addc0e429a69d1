"""What a need asks and an offer states beside the text: place, readiness, money, mode, time, field.

Each fact gives a value from -1 (against) through 0 (nothing known) to 1 (for) and, where the need
asks for something, a row of the gap table. What is not stated is unknown, never failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from guantong.records.model import PriceMode
from guantong.text.gap import GapRow, Verdict, gap_table
from guantong.text.indicators import extract_indicators
from guantong.text.industries import (
    field_similarity,
    industry_similarity,
    lookup_industry,
)
from guantong.text.regions import Proximity, Region, region_choices, relation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from guantong.records import Money, Need, Offer, Record
    from guantong.text.indicators import Indicator

FACT_FEATURES = ("field", "indicators", "maturity", "region", "mode", "money", "time")
"""The facts in the order of the columns of a feature matrix."""

_NEARNESS = {
    Proximity.SAME_DISTRICT: 1.0,
    Proximity.SAME_CITY: 1.0,
    Proximity.SAME_PROVINCE: 0.5,
    Proximity.NEIGHBOURING: 0.3,
    Proximity.ELSEWHERE: 0.0,
}
_VERDICT_VALUES = {Verdict.MET: 1.0, Verdict.PARTLY: 0.3, Verdict.SHORT: -0.5, Verdict.UNKNOWN: 0.0}
# One level of readiness is about a year of work; three or more make a match unlikely.
_LEVELS_TOO_FAR = 3
_MODE_DIFFERS = -0.3
# Whole texts are the keys: as many as an index keeps records, and names of places by the thousand.
_TEXTS_KEPT = 4_096
_PLACES_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class FactGap:
    """One wish of a need beside what the offer states.

    ``fact`` is one of :data:`FACT_FEATURES` but ``indicators``. ``shortfall`` is in ``unit``:
    readiness levels, 元 or days.
    """

    fact: str
    wanted: str
    offered: str
    verdict: Verdict
    shortfall: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of all facts by name, and both parts of the gap table."""

    values: Mapping[str, float]
    indicators: tuple[GapRow, ...]
    gaps: tuple[FactGap, ...]


def compare_facts(need: Need, offer: Offer) -> Facts:
    """Compare what a need asks with what an offer states."""
    rows = gap_table(indicators_of(need), indicators_of(offer))
    values = dict.fromkeys(FACT_FEATURES, 0.0)
    values["field"] = _field(need, offer)
    values["indicators"] = _met_share(rows)
    gaps: list[FactGap] = []
    for fact, (value, gap) in _compared(need, offer):
        values[fact] = value
        if gap is not None:
            gaps.append(gap)
    return Facts(values, rows, tuple(gaps))


def asks_nothing(need: Need) -> bool:
    """Say whether a need states nothing but text, so that no fact can count."""
    stated = (need.fields, need.industries, need.region, need.maturity, need.modes, need.money)
    return not any(stated) and need.deadline is None and not indicators_of(need)


def indicators_of(record: Record) -> tuple[Indicator, ...]:
    """Return the indicators a person entered and those that stand in the text."""
    found = _indicators_in("\n".join((record.summary, record.description)))
    entered = {(each.name, each.value, each.unit) for each in record.indicators}
    return record.indicators + tuple(
        each for each in found if (each.name, each.value, each.unit) not in entered
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _indicators_in(text: str) -> tuple[Indicator, ...]:
    return tuple(extract_indicators(text))


def _field(need: Need, offer: Offer) -> float:
    alike = field_similarity(need.fields, offer.fields)
    for wanted in map(lookup_industry, need.industries):
        for served in map(lookup_industry, offer.industries):
            if wanted and served:
                alike = max(alike, industry_similarity(wanted, served))
    return alike


def _met_share(rows: tuple[GapRow, ...]) -> float:
    if not rows:
        return 0.0
    return sum(_VERDICT_VALUES[row.gap.verdict] for row in rows) / len(rows)


def _compared(need: Need, offer: Offer) -> Iterator[tuple[str, tuple[float, FactGap | None]]]:
    yield "maturity", _maturity(need, offer)
    yield "region", _region(need, offer)
    yield "mode", _mode(need, offer)
    yield "money", _money(need.money, offer.money)
    yield "time", _time(need.deadline, offer.valid_until)


def _maturity(need: Need, offer: Offer) -> tuple[float, FactGap | None]:
    if need.maturity is None:
        return 0.0, None
    wanted = need.maturity.level
    if offer.maturity is None:
        return 0.0, FactGap("maturity", f"TRL {wanted}", "", Verdict.UNKNOWN)
    short = wanted - offer.maturity.level
    verdict = Verdict.SHORT if short > 0 else Verdict.MET
    gap = FactGap(
        "maturity",
        f"TRL {wanted}",
        f"TRL {offer.maturity.level}",
        verdict,
        Decimal(short) if short > 0 else None,
        "TRL",
    )
    return (1.0 if short <= 0 else max(-1.0, -short / _LEVELS_TOO_FAR)), gap


def _region(need: Need, offer: Offer) -> tuple[float, FactGap | None]:
    if not need.region:
        return 0.0, None
    wanted, offered = _place(need.region), _place(offer.region)
    if wanted is None or offered is None:
        return 0.0, FactGap("region", need.region, offer.region, Verdict.UNKNOWN)
    if wanted.holds(offered):
        return 1.0, FactGap("region", need.region, offer.region, Verdict.MET)
    near = relation(wanted, offered)
    verdict = {
        Proximity.SAME_DISTRICT: Verdict.MET,
        Proximity.SAME_CITY: Verdict.MET,
        Proximity.ELSEWHERE: Verdict.SHORT,
    }.get(near, Verdict.PARTLY)
    return _NEARNESS[near], FactGap("region", need.region, offer.region, verdict)


@lru_cache(maxsize=_PLACES_KEPT)
def _place(name: str) -> Region | None:
    """Return the region that a name means for certain, ``None`` for an unknown or open one."""
    choices = region_choices(name) if name else ()
    return choices[0] if len(choices) == 1 else None


def _mode(need: Need, offer: Offer) -> tuple[float, FactGap | None]:
    if not need.modes:
        return 0.0, None
    wanted, offered = "、".join(need.modes), "、".join(offer.modes)
    if not offer.modes:
        return 0.0, FactGap("mode", wanted, "", Verdict.UNKNOWN)
    shared = shared_modes(need.modes, offer.modes)
    verdict = Verdict.MET if shared else Verdict.SHORT
    return (1.0 if shared else _MODE_DIFFERS), FactGap("mode", wanted, offered, verdict)


def shared_modes(wanted: Iterable[str], offered: Collection[str]) -> tuple[str, ...]:
    """Return those of the wanted ways of cooperation that are offered too."""
    # 转让 is 技术转让: people shorten the ways of cooperation.
    return tuple(one for one in wanted if any(one in other or other in one for other in offered))


def _money(wanted: Money | None, offered: Money | None) -> tuple[float, FactGap | None]:
    most = _first(wanted.high, wanted.low) if wanted else None
    if wanted is None or most is None:
        return 0.0, None
    shown = _range(wanted)
    least = _price(offered) if offered else None
    if offered is None or least is None:
        return 0.0, FactGap("money", shown, "", Verdict.UNKNOWN)
    short = least - most
    if short <= 0:
        # What is free states no figure, but 0 元 is what it costs.
        return 1.0, FactGap("money", shown, _range(offered) or "0", Verdict.MET)
    if wanted.high is None or offered.low is None:
        # 500 or more may well be 600, and a price of at most 100 may well be 80.
        return 0.0, FactGap("money", shown, _range(offered), Verdict.UNKNOWN)
    # A price of twice the budget speaks as clearly against a match as any higher one.
    value = -min(1.0, float(short / most)) if most > 0 else -1.0
    return value, FactGap("money", shown, _range(offered), Verdict.SHORT, short, "元")


def _price(offered: Money) -> Decimal | None:
    free = Decimal(0) if offered.mode is PriceMode.FREE else None
    return _first(offered.low, offered.high, free)


def _first(*ends: Decimal | None) -> Decimal | None:
    return next((end for end in ends if end is not None), None)


def _range(money: Money) -> str:
    ends = [f"{end:f}" for end in (money.low, money.high) if end is not None]
    return "~".join(dict.fromkeys(ends))


def _time(deadline: date | None, valid_until: date | None) -> tuple[float, FactGap | None]:
    if deadline is None:
        return 0.0, None
    wanted = deadline.isoformat()
    if valid_until is None:
        return 0.0, FactGap("time", wanted, "", Verdict.UNKNOWN)
    short = (deadline - valid_until).days
    offered = valid_until.isoformat()
    if short <= 0:
        return 1.0, FactGap("time", wanted, offered, Verdict.MET)
    return -0.5, FactGap("time", wanted, offered, Verdict.SHORT, Decimal(short), "天")
