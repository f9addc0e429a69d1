"""Records as people read them: figures with 万 and 亿, supports, places in a document."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.statements import (
    AchievementFacts,
    Change,
    EventFacts,
    IndicatorFacts,
    MentionFacts,
    ReleaseFacts,
    SupportFacts,
    TaskFacts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.messages import Language
    from guantong.reading.sources import Source
    from guantong.reading.statements import Statement, StatementKind

_SCALES_ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_SCALES_EN = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_COMPARATORS = {"=": "equal", ">": "more", ">=": "at_least", "<": "less", "<=": "at_most"}
_MOST_PLACES = Decimal("0.0001")


def number(value: Decimal, unit: str, lang: Language = "zh") -> str:
    """Return a figure with its unit: ``5万亿元``, ``CNY 5 trillion``, ``8.7%``."""
    if lang == "zh":
        return _scaled(value, _SCALES_ZH, "") + unit
    if unit == "元":
        return f"CNY {_scaled(value, _SCALES_EN, ' ')}"
    return f"{_grouped(value)}{unit if unit == '%' else ' ' + unit}".rstrip()


def _scaled(value: Decimal, scales: Sequence[tuple[int, str]], between: str) -> str:
    for scale, word in scales:
        if abs(value) >= scale:
            return f"{_plain(value / scale)}{between}{word}"
    return _plain(value) if between == "" else _grouped(value)


def _plain(value: Decimal) -> str:
    shown = f"{value.quantize(_MOST_PLACES):f}"
    return shown.rstrip("0").rstrip(".")


def _grouped(value: Decimal) -> str:
    whole, point, rest = _plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"


def figure(facts: IndicatorFacts, lang: Language = "zh") -> str:
    """Return an indicator's figure in words: ``超5万亿元``, ``增长5%左右``, ``10家至15家``."""
    shown = number(facts.value, facts.unit, lang)
    if facts.value_max is not None:
        high = number(facts.value_max, facts.unit, lang)
        shown = render("reading.figure.range", lang, low=shown, high=high)
    shown = render(f"reading.figure.{_COMPARATORS.get(facts.comparator, 'about')}", lang, of=shown)
    if facts.change is Change.LEVEL:
        return shown
    return render(f"reading.change.{facts.change.value}", lang, of=shown)


def promise(facts: SupportFacts, lang: Language = "zh") -> str:
    """Return what a support gives: ``补助，总投资的35%，最高1亿元``."""
    parts = [render(f"reading.instrument.{facts.instrument}", lang)]
    if facts.rate is not None:
        rate = f"{_plain(facts.rate * 100)}%"
        key = "rate_of" if facts.base else "rate"
        parts.append(render(f"reading.support.{key}", lang, rate=rate, base=facts.base))
    if facts.amount is not None:
        amount = number(facts.amount, "元", lang)
        key = "amount_per" if facts.base and facts.rate is None else "amount"
        parts.append(render(f"reading.support.{key}", lang, amount=amount, base=_unit_of(facts)))
    if facts.cap is not None:
        parts.append(render("reading.support.cap", lang, amount=number(facts.cap, "元", lang)))
    return render("reading.between", lang).join(parts)


def _unit_of(facts: SupportFacts) -> str:
    return (facts.base or "").removeprefix("每")


def kind_name(kind: StatementKind, lang: Language = "zh") -> str:
    """Return the word for a kind of record."""
    return render(f"reading.kind.{kind.value}", lang)


def headline(statement: Statement, lang: Language = "zh", *, longest: int | None = None) -> str:
    """Return a record in one line; ``longest`` shortens whom or what it names, never a figure."""
    facts = statement.facts
    if isinstance(facts, IndicatorFacts):
        name = _short(facts.indicator, longest)
        return render("reading.of", lang, name=name, what=figure(facts, lang))
    if isinstance(facts, SupportFacts):
        who = facts.beneficiary or render("reading.support.nobody", lang)
        return render("reading.of", lang, name=_short(who, longest), what=promise(facts, lang))
    text = facts.text if isinstance(facts, TaskFacts) else facts.name
    return _short(text, longest)


def _short(text: str, longest: int | None) -> str:
    return cut(text, longest or len(text))


def details(statement: Statement, lang: Language = "zh") -> list[tuple[str, str]]:
    """Return what a record says beyond its headline, as pairs of label and words."""
    facts = statement.facts
    pairs: list[tuple[str, str | None]] = []
    if isinstance(facts, IndicatorFacts):
        modality = render(f"reading.modality.{facts.modality.value}", lang)
        pairs = [("modality", modality), ("time", facts.time), ("place", facts.place)]
    elif isinstance(facts, AchievementFacts):
        pairs = [("holders", "、".join(facts.holders))]
    elif isinstance(facts, ReleaseFacts):
        pairs = [
            ("object", render(f"reading.object.{facts.object}", lang)),
            ("action", render(f"reading.action.{facts.action}", lang)),
        ]
    elif isinstance(facts, EventFacts):
        pairs = [("date", facts.date), ("place", facts.place)]
    elif isinstance(facts, TaskFacts):
        pairs = [
            ("responsible", "、".join(facts.responsible)),
            ("deadline", facts.deadline),
            ("position", facts.position),
        ]
    elif isinstance(facts, MentionFacts):
        category = render(f"reading.category.{facts.category}", lang)
        pairs = [("category", category), ("organisation", facts.organisation)]
    return [(render(f"reading.field.{key}", lang), value) for key, value in pairs if value]


def where(source: Source, lang: Language = "zh", *, paged: bool = False) -> str:
    """Return a place in a document for people: ``第3页第12段``."""
    key = "page_block" if paged else "block"
    return render(f"reading.where.{key}", lang, page=source.page, block=source.block)


def cut(text: str, longest: int) -> str:
    """Return a text of one line, shortened to ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def cut_inside(text: str, longest: int) -> str:
    """Return a text of one line, shortened in its middle: quotes end with their point."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    tail = longest // 2
    return f"{line[: longest - tail - 1]}…{line[-tail:]}"
