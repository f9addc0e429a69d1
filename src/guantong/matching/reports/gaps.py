"""The gap table of a match as lines: what is wanted, what is offered, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.matching.reports.wording import (
    indicator_name,
    indicator_value,
    modes,
    money_range,
    quantity,
    verdict_name,
)
from guantong.messages import render

if TYPE_CHECKING:
    from decimal import Decimal

    from guantong.matching.explain import Explanation
    from guantong.matching.facts import FactGap
    from guantong.messages import Language
    from guantong.text.gap import GapRow, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One wish of a need, worded; ``row`` is ``indicator`` or the fact that it is about.

    ``missing`` says the shortfall in words; ``shortfall`` is the bare number in ``unit``.
    """

    row: str
    name: str
    wanted: str
    offered: str
    verdict: Verdict
    verdict_name: str
    shortfall: Decimal | None
    unit: str
    missing: str
    note: str


def gap_lines(explanation: Explanation, lang: Language = "zh") -> tuple[GapLine, ...]:
    """Return the lines of the gap table: indicators first, then the other wishes."""
    indicators = (_indicator(row, lang) for row in explanation.indicators)
    facts = (_fact(gap, lang) for gap in explanation.gaps)
    return (*indicators, *facts)


def gap_counts(explanation: Explanation) -> dict[Verdict, int]:
    """Return how many wishes of any sort are met, short, partly met and unknown."""
    counts = explanation.verdicts()
    for gap in explanation.gaps:
        counts[gap.verdict] += 1
    return counts


def gap_summary(explanation: Explanation, lang: Language = "zh") -> str:
    """Return the counts in words (``3 项满足，1 项不足``), empty where nothing is asked."""
    counts = gap_counts(explanation)
    parts = [
        render(f"gaps.{verdict.value}", lang, count=count)
        for verdict, count in counts.items()
        if count
    ]
    return render("gaps.between", lang).join(parts)


def missing(shortfall: Decimal | None, unit: str, lang: Language) -> str:
    """Return a shortfall in words, empty where there is none."""
    return "" if shortfall is None else quantity(shortfall, unit, lang)


def _indicator(row: GapRow, lang: Language) -> GapLine:
    gap = row.gap
    return GapLine(
        row="indicator",
        name=indicator_name(row.demand, lang),
        wanted=indicator_value(row.demand, lang),
        offered=indicator_value(row.promise, lang) if row.promise else "",
        verdict=gap.verdict,
        verdict_name=verdict_name("indicator", gap.verdict, lang),
        shortfall=gap.shortfall,
        unit=gap.unit,
        missing=missing(gap.shortfall, gap.unit, lang),
        note=render("gaps.condition_differs", lang) if gap.condition_differs else "",
    )


def _fact(gap: FactGap, lang: Language) -> GapLine:
    return GapLine(
        row=gap.fact,
        name=render(f"part.{gap.fact}", lang),
        wanted=fact_value(gap.fact, gap.wanted, lang),
        offered=fact_value(gap.fact, gap.offered, lang),
        verdict=gap.verdict,
        verdict_name=verdict_name(gap.fact, gap.verdict, lang),
        shortfall=gap.shortfall,
        unit=gap.unit,
        missing=missing(gap.shortfall, gap.unit, lang),
        note="",
    )


def fact_value(fact: str, stated: str, lang: Language) -> str:
    """Return what one side states about a fact, as it is read."""
    if fact == "money":
        return money_range(stated, lang)
    return modes(stated, lang) if fact == "mode" else stated
