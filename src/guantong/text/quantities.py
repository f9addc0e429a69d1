"""What a measured figure is: a value or a range, its unit and how it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from guantong.text.spans import Span


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
    ``unit`` is as written, without 万 and 亿, and empty where there is none.
    """

    value: Decimal
    unit: str
    comparator: Comparator
    span: Span
    upper: Decimal | None = None
