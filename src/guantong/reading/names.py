"""Which names of indicators mean the same: spellings, synonyms, and how alike two names are."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from guantong.text.normalize import fold_key
from guantong.text.regions import Level, gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_LIKENESS = 0.75
"""Names below this share of common pairs of characters are never taken for the same."""


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """A name in the form that is compared; ``headline`` marks a region's leading figures.

    ``place`` is the one that the name itself begins with, empty where it names none.
    """

    key: str
    headline: bool = False
    generic: bool = False
    place: str = ""


@lru_cache(maxsize=20_000)
def indicator_name(worded: str) -> IndicatorName:
    """Return the comparable form of a name as a text words it."""
    table = _table()
    key, place = _without_lead(_spelt(worded))
    known = table.synonyms.get(key, key)
    generic = not known or known in table.generic
    return IndicatorName(known, known in table.headlines, generic, place)


def unit_key(unit: str) -> str:
    """Return a unit for comparing: all measure words for single things are one."""
    return "个" if unit in _table().counting else unit


def likeness(one: str, other: str) -> float:
    """Return how alike two comparable names are, 0 to 1, by their pairs of characters (Dice).

    It is 0 where they differ in a word that tells indicators apart (城镇 and 农村).
    """
    if one == other:
        return 1.0
    if _marks(one) != _marks(other):
        return 0.0
    first, second = _pairs(one), _pairs(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def join_alike(members: Mapping[str, Iterable[int]]) -> dict[str, str]:
    """Return for each name the name of its group: the alike names of different documents.

    ``members`` tells in which documents a name occurs. A document that uses two names means two
    things by them, so names of one document are never joined.
    """
    owners = {name: set(documents) for name, documents in members.items()}
    groups = {name: name for name in owners}
    for _, one, other in sorted(_candidates(list(owners)), key=lambda each: (-each[0], *each[1:])):
        first, second = groups[one], groups[other]
        if first == second or owners[first] & owners[second]:
            continue
        kept, gone = sorted((first, second), key=lambda name: (-len(owners[name]), len(name), name))
        owners[kept] |= owners[gone]
        groups = {name: kept if group == gone else group for name, group in groups.items()}
    return groups


def _candidates(names: Sequence[str]) -> Iterable[tuple[float, str, str]]:
    by_pair: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        beside = {earlier for pair in _pairs(name) for earlier in by_pair[pair]}
        for earlier in sorted(beside):
            alike = likeness(names[earlier], name)
            if alike >= LEAST_LIKENESS:
                yield alike, names[earlier], name
        for pair in _pairs(name):
            by_pair[pair].append(place)


@dataclass(frozen=True, slots=True)
class _Table:
    synonyms: dict[str, str]
    headlines: frozenset[str]
    generic: frozenset[str]
    counting: frozenset[str]
    same_words: tuple[tuple[str, str], ...]
    distinguishing: tuple[str, ...]
    lead: re.Pattern[str]


@cache
def _table() -> _Table:
    source = files("guantong.reading").joinpath("data/indicator_names.toml")
    raw: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    same = [(fold_key(other), group[0]) for group in raw["same_words"] for other in group[1:]]
    spelt = tuple(sorted(same, key=lambda pair: -len(pair[0])))
    synonyms, headlines = {}, set()
    for entry in raw["name"]:
        name = _respelt(entry["name"], spelt)
        synonyms.update({_respelt(each, spelt): name for each in (entry["name"], *entry["also"])})
        headlines |= {name} if entry.get("headline") else set()
    lead = sorted((fold_key(word) for word in raw["lead"]), key=len, reverse=True)
    return _Table(
        synonyms,
        frozenset(headlines),
        frozenset(_respelt(name, spelt) for name in raw["generic"]),
        frozenset(raw["counting"]),
        spelt,
        tuple(sorted((_respelt(word, spelt) for word in raw["distinguishing"]), key=len)),
        re.compile(f"(?:{'|'.join(map(re.escape, lead))})"),
    )


def _respelt(name: str, same_words: tuple[tuple[str, str], ...]) -> str:
    key = fold_key(name)
    for other, kept in same_words:
        # A short word may stand inside the longer one that it replaces.
        if kept.casefold() not in key or kept.casefold() not in other:
            key = key.replace(other, fold_key(kept))
    return key


def _spelt(worded: str) -> str:
    return _respelt(worded.replace("的", ""), _table().same_words)


def _without_lead(key: str) -> tuple[str, str]:
    """Take off words such as 全年 and the name of the place whose figure it is; return both."""
    table = _table()
    place = ""
    while key and key not in table.synonyms:
        found = table.lead.match(key)
        end = found.end() if found else _end_of_place(key)
        if not end or len(key) - end < 2:
            break
        place = place if found else key[:end]
        key = key[end:]
    return key, place


def _end_of_place(key: str) -> int:
    for name, regions in gazetteer().names_at(key, 0):
        # Districts go by their full name only: 新建 and 城中 are words before they are places.
        if any(region.level < Level.DISTRICT or region.name == name for region in regions):
            return len(name)
    return 0


@lru_cache(maxsize=20_000)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[place : place + 2] for place in range(len(name) - 1))


@lru_cache(maxsize=20_000)
def _marks(name: str) -> frozenset[str]:
    """Return the telling words of a name; one inside a longer one does not count by itself."""
    return frozenset(word for word in _table().distinguishing if word in name)
