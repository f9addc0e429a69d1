"""Technology vocabulary: which words say the same thing, in Chinese, in English, in the plant.

A vocabulary file holds one group on a line, terms parted by ``|``; a term after ``~`` is related
and not the same; ``#`` starts a comment. A term may stand in several groups.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.text.normalize import normalize
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SAME = 0.9
RELATED = 0.5


@dataclass(frozen=True, slots=True)
class Expansion:
    """Another way to say a term; ``weight`` in (0, 1] is how nearly it says the same."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the vocabulary where it stands in a text."""

    term: str
    span: Span


@dataclass(frozen=True)
class Vocabulary:
    """Terms, normalised, with their expansions, the nearest first."""

    terms: Mapping[str, tuple[Expansion, ...]]
    _lengths: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths: dict[str, set[int]] = {}
        for term in self.terms:
            lengths.setdefault(term[:2], set()).add(len(term))
        ordered = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        object.__setattr__(self, "_lengths", MappingProxyType(ordered))

    def expand(self, term: str) -> tuple[Expansion, ...]:
        """Return what else ``term`` is called, the nearest first; empty for unknown terms."""
        return self.terms.get(normalize(term), ())

    def find(self, text: str) -> list[Found]:
        """Return the terms in a normalised ``text``, longest first where they overlap, in order.

        Latin terms match whole words only.
        """
        found: list[Found] = []
        place, last = 0, len(text) - 1
        while place < last:
            end = self._end_of_term(text, place)
            if end:
                found.append(Found(text[place:end], Span(place, end)))
                place = end
            else:
                place += 1
        return found

    def _end_of_term(self, text: str, start: int) -> int:
        """Return where the longest term that begins at ``start`` ends, or 0."""
        for length in self._lengths.get(text[start : start + 2], ()):
            end = start + length
            if text[start:end] in self.terms and _stands_alone(text, start, end):
                return end
        return 0


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that Guantong ships with."""
    source = files("guantong.text").joinpath("data/vocabulary.txt").read_text(encoding="utf-8")
    return parse_vocabulary(source.splitlines(), "vocabulary.txt")


def load_vocabulary(path: Path, *, with_shipped: bool = True) -> Vocabulary:
    """Return the vocabulary in a UTF-8 file, on top of the shipped one unless told otherwise."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("text.vocabulary_file", file=str(path), reason=str(error)) from error
    own = parse_vocabulary(lines, str(path))
    return _merge(vocabulary(), own) if with_shipped else own


def parse_vocabulary(lines: Iterable[str], file: str) -> Vocabulary:
    """Return the vocabulary of the groups in ``lines``; ``file`` names them in errors."""
    weights: dict[str, dict[str, float]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        group = [cell.strip() for cell in line.split("|")]
        terms = [(normalize(cell.lstrip("~")), cell.startswith("~")) for cell in group]
        if len(terms) < 2 or any(len(term) < 2 for term, _ in terms):
            raise InputError("text.vocabulary_line", file=file, line=number, text=line.strip())
        for term, other, weight in _pairs(terms):
            known = weights.setdefault(term, {})
            known[other] = max(weight, known.get(other, 0.0))
    return Vocabulary(MappingProxyType({term: _ranked(to) for term, to in weights.items()}))


def expand(term: str) -> tuple[Expansion, ...]:
    """Return what else the shipped vocabulary calls ``term``, the nearest first."""
    return vocabulary().expand(term)


def _pairs(terms: list[tuple[str, bool]]) -> Iterator[tuple[str, str, float]]:
    """Yield each term with each other of its group; two merely related ones are no pair."""
    for term, loose in terms:
        for other, other_loose in terms:
            if term != other and not (loose and other_loose):
                yield term, other, RELATED if loose or other_loose else SAME


def _ranked(weights: Mapping[str, float]) -> tuple[Expansion, ...]:
    found = [Expansion(text, weight) for text, weight in weights.items()]
    return tuple(sorted(found, key=lambda expansion: (-expansion.weight, expansion.text)))


def _merge(first: Vocabulary, second: Vocabulary) -> Vocabulary:
    merged: dict[str, tuple[Expansion, ...]] = dict(first.terms)
    for term, expansions in second.terms.items():
        weights = {known.text: known.weight for known in merged.get(term, ())}
        for expansion in expansions:
            weights[expansion.text] = max(expansion.weight, weights.get(expansion.text, 0.0))
        merged[term] = _ranked(weights)
    return Vocabulary(MappingProxyType(merged))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a term is not cut out of a longer Latin word or number."""
    return not (
        (start and _latin(text[start]) and _latin(text[start - 1]))
        or (end < len(text) and _latin(text[end - 1]) and _latin(text[end]))
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
