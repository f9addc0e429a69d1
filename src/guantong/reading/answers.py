"""What a model answers, checked against the text before it becomes a record."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guantong.reading.documents import BlockKind
from guantong.reading.statements import (
    AchievementFacts,
    Change,
    EventFacts,
    IndicatorFacts,
    Modality,
    ReleaseFacts,
    Statement,
    StatementKind,
    SupportFacts,
)
from guantong.reading.statements.figures import find_figures
from guantong.text.normalize import fold_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guantong.reading.documents import Block, Document
    from guantong.reading.statements import Facts
    from guantong.text.spans import Span

CONFIDENCE = 0.5
_LONGEST = 400
_COMPARATORS = frozenset({"=", ">", ">=", "<", "<=", "~"})
_INSTRUMENTS = frozenset({"补助", "奖励", "贴息", "贷款", "基金", "券", "减免", "其他"})
_OBJECTS = frozenset(
    {"policy", "platform", "list", "agreement", "fund", "organisation", "project", "product"}
    | {"other"}
)
_ACTIONS = frozenset({"issued", "launched", "signed", "founded", "planned"})
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class _Unusable(Exception):  # noqa: N818 - never leaves this module
    """A field that is missing, of the wrong sort or not borne out by the quote."""


def statement_from(
    record: object, document: Document, blocks: Sequence[tuple[int, Block]], rule: str
) -> Statement | None:
    """Return what a model said as a record, or nothing where it does not stand up to the text.

    The quote must stand in one of the ``blocks`` (numbers and blocks of ``document``), the names
    and figures in the quote.
    """
    if not isinstance(record, dict) or not isinstance(quote := record.get("quote"), str):
        return None
    place = _located(quote.strip(), blocks)
    if place is None:
        return None
    number, span = place
    try:
        kind = StatementKind(str(record.get("kind")))
        facts = _READERS[kind](record, quote)
    except (ValueError, KeyError, _Unusable):
        return None
    return Statement(
        kind=kind,
        quote=span.of(document.text),
        span=span,
        facts=facts,
        confidence=CONFIDENCE,
        rule=rule,
        block=number,
        trail=(rule,),
    )


def _located(quote: str, blocks: Sequence[tuple[int, Block]]) -> tuple[int, Span] | None:
    if not 2 <= len(quote) <= _LONGEST:
        return None
    for number, block in blocks:
        start = -1 if block.kind is BlockKind.NOISE else block.clean.find(quote)
        if start >= 0:
            return number, block.original_span(start, start + len(quote))
    return None


def _indicator(record: Mapping[str, Any], quote: str) -> Facts:
    value = _figure(record.get("value"), quote)
    high = record.get("value_max")
    return IndicatorFacts(
        indicator=_named(record.get("indicator"), quote),
        value=value,
        value_max=None if high is None else _figure(high, quote),
        unit=_text(record.get("unit")) or "",
        comparator=_one_of(record.get("comparator"), _COMPARATORS),
        change=Change(str(record.get("change"))),
        modality=Modality(str(record.get("modality"))),
        time=_text(record.get("time")),
        place=_text(record.get("place")),
    )


def _support(record: Mapping[str, Any], quote: str) -> Facts:
    rate, amount, cap = (record.get(name) for name in ("rate", "amount", "cap"))
    return SupportFacts(
        beneficiary=_text(record.get("beneficiary")),
        instrument=_one_of(record.get("instrument"), _INSTRUMENTS),
        rate=None if rate is None else _figure(rate, quote, share=True),
        base=_text(record.get("base")),
        amount=None if amount is None else _figure(amount, quote),
        cap=None if cap is None else _figure(cap, quote),
    )


def _achievement(record: Mapping[str, Any], quote: str) -> Facts:
    holders = record.get("holders") or []
    if not isinstance(holders, list) or not all(isinstance(each, str) for each in holders):
        raise _Unusable
    return AchievementFacts(name=_named(record.get("name"), quote), holders=tuple(holders))


def _release(record: Mapping[str, Any], quote: str) -> Facts:
    return ReleaseFacts(
        object=_one_of(record.get("object"), _OBJECTS),
        name=_named(record.get("name"), quote),
        action=_one_of(record.get("action"), _ACTIONS),
    )


def _event(record: Mapping[str, Any], quote: str) -> Facts:
    day = _text(record.get("date"))
    if day is not None and not _DAY.fullmatch(day):
        raise _Unusable
    name = _named(record.get("name"), quote)
    return EventFacts(name=name, date=day, place=_text(record.get("place")))


_READERS: dict[StatementKind, Callable[[Mapping[str, Any], str], Facts]] = {
    StatementKind.INDICATOR: _indicator,
    StatementKind.SUPPORT: _support,
    StatementKind.ACHIEVEMENT: _achievement,
    StatementKind.RELEASE: _release,
    StatementKind.EVENT: _event,
}


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str | int) or isinstance(value, bool) or len(str(value)) > _LONGEST:
        raise _Unusable
    return str(value)


def _one_of(value: object, known: frozenset[str]) -> str:
    if value not in known:
        raise _Unusable
    return str(value)


def _named(value: object, quote: str) -> str:
    """Return a name of which every character stands in the quote, in the same order."""
    name = _text(value) or ""
    rest = iter(fold_key(quote))
    if not fold_key(name) or not all(character in rest for character in fold_key(name)):
        raise _Unusable
    return name


def _figure(value: object, quote: str, *, share: bool = False) -> Decimal:
    """Return a number that the quote states; of a share in percent the hundredth part counts."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Unusable
    number = Decimal(str(value))
    stated = [each for figure in find_figures(quote) for each in (figure.value, figure.upper)]
    scale = 100 if share else 1
    if all(each is None or abs(each - number * scale) > Decimal("1e-6") for each in stated):
        raise _Unusable
    return number
