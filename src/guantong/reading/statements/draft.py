"""What passes hand on: a record before its quote is looked up in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guantong.reading.statements.model import Facts, StatementKind

_SENTENCE_END = re.compile(r"[。！？；]”?|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record over ``[start, end)`` of a passage's normalised text.

    From ``claims`` on, where set, its figures are no indicators.
    """

    kind: StatementKind
    start: int
    end: int
    facts: Facts
    confidence: float
    rule: str
    trail: tuple[str, ...] = ()
    claims: int = -1


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document lends to its passages.

    ``year`` is the year of writing; ``kind`` report, news, measures or plan; ``place`` the region
    whose document it is; ``target`` and ``time`` what the current section speaks of.
    """

    kind: str
    year: int | None
    place: str | None
    target: bool | None = None
    time: str | None = None
    month_day: str | None = None


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the stretches of the sentences and half-sentences of ``text``."""
    found, start = [], 0
    for mark in _SENTENCE_END.finditer(text):
        if mark.end() > start:
            found.append((start, mark.end()))
        start = mark.end()
    if start < len(text):
        found.append((start, len(text)))
    return found
