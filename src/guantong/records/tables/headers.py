"""Which column a header means, which kind a row of headers belongs to, and near-misses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from guantong.records import kinds
from guantong.records.amounts import UNITS
from guantong.records.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.records.columns import Column
    from guantong.records.kind import Kind, Side

EXTRA_PREFIX = "extra:"
KIND_HEADERS = frozenset({"kind", "记录类别", "recordkind"})

_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_FILLER = re.compile(r"[\s_*:：/\\.·\-]+")
_UNIT = re.compile(r"((?:千万|百万|千|万|亿)?元)|(10k_?cny)|(yuan|cny|rmb)", re.IGNORECASE)
_UNIT_AT_END = re.compile(r"[/／，,\s:：]*(?:千万|百万|千|万|亿)?元\s*$")
_NEAR = 0.74


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the cells under one header go: to ``column``, or to ``extra`` under its own name."""

    header: str
    column: Column | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The headers of one table, read as columns of ``kind``; ``problems`` concern the headers."""

    kind: Kind
    slots: tuple[Slot, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def known(self) -> int:
        """Return how many headers are columns of the kind."""
        return sum(slot.column is not None for slot in self.slots)

    def has(self, key: str) -> bool:
        """Say whether one of the headers is the column ``key``."""
        return any(slot.column is not None and slot.column.key == key for slot in self.slots)


def layout(kind: Kind, headers: Sequence[str]) -> Layout:
    """Return what each header means for ``kind``; of two for one column a key, or the first."""
    slots: list[Slot] = []
    problems: list[Problem] = []
    taken = {header: header for header in headers if header in kind.by_key}
    used: set[str] = set()
    for header in headers:
        column = column_for(kind, header)
        if column and (column.key in used or taken.get(column.key, header) != header):
            problems.append(
                _remark("header.twice", header, first=taken[column.key], label=column.zh)
            )
            column = None
        if column is None:
            problems += _near_miss(kind, header, taken)
        else:
            taken[column.key] = header
            used.add(column.key)
            problems += _remarks_on(column, header)
        name = header if column else _apart(header, slots)
        slots.append(Slot(name, column, _unit(column, header)))
    return Layout(kind, tuple(slots), tuple(problems))


def _apart(header: str, slots: Sequence[Slot]) -> str:
    """Return a name for an extra column that no earlier one has: 备注, 备注 2."""
    names = {slot.header for slot in slots if slot.column is None}
    if not header or header not in names:
        return header
    numbered = (f"{header} {count}" for count in range(2, len(slots) + 3))
    return next(name for name in numbered if name not in names)


def column_for(kind: Kind, header: str) -> Column | None:
    """Return the column of ``kind`` that ``header`` names, with or without a bracketed unit.

    A key as such comes first: what one kind calls ``organisation`` may be another's title.
    """
    known = _columns_by_header(kind.name)
    exact = kind.by_key.get(header) or known.get(plain_header(header))
    bare = _UNIT_AT_END.sub("", _BRACKETS.sub("", header))
    return exact or known.get(plain_header(bare))


def plain_header(header: str) -> str:
    """Return a header without what people vary: width, case, spaces, ``_``, ``*`` and colons."""
    return _FILLER.sub("", unicodedata.normalize("NFKC", header).casefold())


@cache
def _columns_by_header(kind: str) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for column in kinds.get(kind).columns:
        for header in column.headers():
            known.setdefault(plain_header(header), column)
            known.setdefault(plain_header(_BRACKETS.sub("", header)), column)
    return known


def _unit(column: Column | None, header: str) -> str:
    if column is None or not column.unit:
        return ""
    stated = _UNIT.search(header)
    if stated is None:
        return column.unit
    if stated[1] in UNITS:
        return stated[1]
    return "万元" if stated[2] else "元"


def _remarks_on(column: Column, header: str) -> list[Problem]:
    if column.dropped:
        return [_remark("privacy.column_dropped", header)]
    if column.unit and not _UNIT.search(header) and header != column.key:
        return [_remark("header.unit_assumed", header, unit=column.unit)]
    return []


def _near_miss(kind: Kind, header: str, taken: dict[str, str]) -> list[Problem]:
    if not header or header.startswith(EXTRA_PREFIX) or plain_header(header) in KIND_HEADERS:
        return []
    known = _columns_by_header(kind.name)
    for near in get_close_matches(plain_header(header), known, n=3, cutoff=_NEAR):
        if known[near].key not in taken:
            return [_remark("header.near_miss", header, label=_shown(known[near], near))]
    return []


def _shown(column: Column, near: str) -> str:
    named = [header for header in column.headers() if plain_header(header) == near]
    return named[0] if named else column.zh


def _remark(code: str, header: str, **params: object) -> Problem:
    return Problem(code=code, severity=Severity.WARNING, column=header, value=header, params=params)


def score(kind: Kind, headers: Sequence[str], title: str = "") -> float:
    """Return how well a row of headers, under a sheet or file name, suits ``kind``.

    A kind's own word for the title says more than columns that many kinds share.
    """
    found = {column.key: header for header in headers if (column := column_for(kind, header))}
    points = float(len(found))
    if "title" in found and _own_title(kind, found["title"]):
        points += 2
    named = plain_header(title)
    if named and any(plain_header(name) in named for name in kind.names() if len(name) > 1):
        points += 1.5
    return points


def _own_title(kind: Kind, header: str) -> bool:
    plain = plain_header(header)
    others = (other for other in kinds.all_kinds() if other.name != kind.name)
    return not any(
        (column := column_for(other, header)) is not None and column.key == "title"
        for other in others
    ) and plain not in {"title", "name"}


def best_kinds(headers: Sequence[str], side: Side | None, title: str = "") -> list[Kind]:
    """Return the kinds that suit best: one, several on a tie, or none without a title column."""
    scores = {
        kind.name: score(kind, headers, title)
        for kind in kinds.all_kinds()
        if (side is None or kind.side == side) and layout_has_title(kind, headers)
    }
    best = max(scores.values(), default=0.0)
    return [kinds.get(name) for name, points in scores.items() if points == best]


def layout_has_title(kind: Kind, headers: Sequence[str]) -> bool:
    """Say whether one of the headers names the title of ``kind``."""
    columns = (column_for(kind, header) for header in headers)
    return any(column is not None and column.key == "title" for column in columns)
