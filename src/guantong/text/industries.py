"""Industries by GB/T 4754-2017, strategic emerging industries, and how near two fields are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.text.normalize import fold_key
from guantong.text.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_CODE = re.compile(r"(?P<section>[a-t])?(?P<digits>\d{2,4})?")
_LEADING_CODE = re.compile(r"[a-t]?\d{2,4}(?!\d)")
_ENDINGS = ("制造业", "加工业", "行业", "产业", "制造", "加工", "业")
_SAME_FIELD = 0.7
_COARSE = 0.4
# By level shared: section, division, group, class.
_SHARED = (0.0, 0.1, 0.5, 0.8, 1.0)


@dataclass(frozen=True, slots=True, order=True)
class Industry:
    """An industry: the section's letter with up to four digits, and the name in the standard."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """Return 1 for a section (门类), 2 for a division, 3 for a group, 4 for a class (小类)."""
        return max(1, len(self.code) - 1)


def all_industries() -> Iterable[Industry]:
    """Return every industry in the order of the standard, each before those inside it."""
    return _industries().values()


def resolve_industry(name: str) -> Industry:
    """Return the industry that a code (C3841, 3841) or a name means.

    Of two industries of one name the wider one is meant. Raises :class:`InputError` with the code
    ``text.industry_unknown``.
    """
    found = lookup_industry(name)
    if found is None:
        raise InputError("text.industry_unknown", name=name)
    return found


def lookup_industry(name: str) -> Industry | None:
    """Return the industry that a code or a name means, ``None`` if there is none."""
    key = fold_key(name)
    by_name = _industries_by_name()
    known = by_name.get(key) or _of_code(key)
    if known is None and (leading := _LEADING_CODE.match(key)):
        known = by_name.get(key[leading.end() :])
        # Shorter codes are left alone: 12英寸晶圆 and G60科创走廊 only begin like one.
        if known is None and len(leading[0]) == len("C3841"):
            known = _of_code(leading[0])
    return known or by_name.get(_bare(key))


def parents(industry: Industry) -> tuple[Industry, ...]:
    """Return the wider industries that hold ``industry``, the section first."""
    codes = [industry.code[:1], *(industry.code[:end] for end in range(3, len(industry.code)))]
    known = _industries()
    return tuple(known[code] for code in codes if code != industry.code)


def industry_similarity(first: Industry, second: Industry) -> float:
    """Return 1.0 for one industry, 0.8 in one group, 0.5 in one division, 0.1 in one section.

    A wider industry is as near to a narrower one as the levels they share.
    """
    if first == second:
        return 1.0
    one = [*(held.code for held in parents(first)), first.code]
    other = [*(held.code for held in parents(second)), second.code]
    return _SHARED[sum(a == b for a, b in zip(one, other, strict=False))]


def strategic_industries() -> Mapping[str, str]:
    """Return the names of the strategic emerging industries (战略性新兴产业, 2018) by code."""
    return {row["code"]: row["name"] for row in read_table("strategic_industries.csv")}


def technology_field(name: str) -> str:
    """Return the broad field that a field's name belongs to, ``""`` if it is not known."""
    key = fold_key(name)
    fields = _fields()
    if key in fields:
        return fields[key]
    inside = [known for known in fields if len(known) > 1 and known in key]
    return fields[max(inside, key=len)] if inside else ""


def field_similarity(first: Sequence[str], second: Sequence[str]) -> float:
    """Return how near two lists of fields are, from 0 to 1, each from coarse to fine.

    The coarsest fields make 0.4 of it and the nearest pair of finer ones the rest; where one side
    has a single level the nearest pair decides. Nothing said on one side gives 0.
    """
    one, other = _said(first), _said(second)
    if not one or not other:
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return _nearest(one, other)
    fine = _nearest(one[1:], other[1:])
    return _COARSE * _likeness(one[0], other[0]) + (1 - _COARSE) * fine


def _said(fields: Iterable[str]) -> list[str]:
    return [field for field in fields if fold_key(field)]


def _nearest(first: Sequence[str], second: Sequence[str]) -> float:
    return max(_likeness(one, other) for one in first for other in second)


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> float:
    """Compare two names of fields: as industries, as names of a known field, or by characters."""
    key, other_key = fold_key(one), fold_key(other)
    if key == other_key:
        return 1.0
    industry, other_industry = lookup_industry(one), lookup_industry(other)
    if industry and other_industry:
        return industry_similarity(industry, other_industry)
    field = technology_field(one)
    alike = _SAME_FIELD if field and field == technology_field(other) else 0.0
    return max(alike, _shared_pairs(key, other_key))


def _shared_pairs(one: str, other: str) -> float:
    """Return the Dice coefficient of the two texts' pairs of adjacent characters."""
    pairs = {one[place : place + 2] for place in range(len(one) - 1)}
    other_pairs = {other[place : place + 2] for place in range(len(other) - 1)}
    if not pairs or not other_pairs:
        return 0.0
    return 2 * len(pairs & other_pairs) / (len(pairs) + len(other_pairs))


@cache
def _industries() -> Mapping[str, Industry]:
    return {row["code"]: Industry(row["code"], row["name"]) for row in read_table("industries.csv")}


@cache
def _industries_by_name() -> Mapping[str, Industry]:
    """Return the industries by folded name, with and without 制造 and 业; the widest wins."""
    names: dict[str, Industry] = {}
    ordered = sorted(_industries().values(), key=lambda industry: (industry.level, industry.code))
    for industry in ordered:
        names.setdefault(fold_key(industry.name), industry)
    for industry in ordered:
        names.setdefault(_bare(fold_key(industry.name)), industry)
    return names


@cache
def _sections() -> Mapping[str, str]:
    return {code[1:]: code[0] for code in _industries() if len(code) == 3}


def _of_code(key: str) -> Industry | None:
    found = _CODE.fullmatch(key)
    if not key or not found:
        return None
    digits = found["digits"] or ""
    section = (found["section"] or "").upper() or _sections().get(digits[:2], "")
    return _industries().get(section + digits)


def _bare(key: str) -> str:
    """Return a name without its ending: 锂离子电池制造 is 锂离子电池."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) > 1:
            return key.removesuffix(ending)
    return key


@cache
def _fields() -> Mapping[str, str]:
    """Return the broad field by every folded name that belongs to it."""
    source = files("guantong.text").joinpath("data/fields.txt").read_text(encoding="utf-8")
    fields: dict[str, str] = {}
    for line in source.splitlines():
        if line and not line.startswith("#"):
            names = [name.strip() for name in line.split("|")]
            fields.update({fold_key(name): names[0] for name in names})
    return fields
