"""Technical indicators (技术指标) out of free text, and whether a promise meets a demand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guantong.text.quantities import Comparator
from guantong.text.spans import Span


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable promise or demand: name, comparator, value, unit, test condition.

    ``name`` is the shortest phrase that says what is measured, empty where the text names nothing.
    ``upper`` is set for ranges (``-40℃~85℃``). ``span`` is ``None`` when a person entered it.
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
