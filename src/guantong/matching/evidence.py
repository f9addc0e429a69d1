"""The words and sentences on both sides that speak for a match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guantong.records.kinds import search_parts
from guantong.text.terms import officialese, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guantong.matching.features import ComparedTexts
    from guantong.matching.word_table import WordTable
    from guantong.records import Record

_LOOKED_AT = 12
_SHOWN = 8
_LEAST_LIKENESS = 0.45
_SAME = 0.999
_LONGEST = 8
_MEASURES = frozenset("条台个种项套件次年月日家吨层")


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A word of the need and the nearest word of the offer, by the cosine of their vectors."""

    need: str
    offer: str
    likeness: float
    weight: float

    @property
    def same(self) -> bool:
        """Say whether both sides use the very same word."""
        return self.need == self.offer and self.likeness >= _SAME


@dataclass(frozen=True, slots=True)
class Prose:
    """What a record says in sentences: as written, and in one piece in lower case."""

    sentences: tuple[str, ...]
    plain: str

    @classmethod
    def of(cls, record: Record) -> Prose:
        """Return the prose of a record's searched text, indicators left out."""
        parts = search_parts(record)
        figures = {f"{each.name} {each.unit}".strip() for each in record.indicators}
        body = "\n".join(line for line in parts.body.split("\n") if line not in figures)
        text = body or parts.title
        return cls(
            tuple(span.of(text).strip() for span in sentences(text)),
            f"{parts.title}\n{body}".lower(),
        )

    def best_sentence(self, terms: Iterable[tuple[str, float]]) -> str:
        """Return the sentence in which the most of ``terms`` stand, ``""`` where none does."""
        weighted = list(terms)
        best, best_support = "", 0.0
        for sentence in self.sentences:
            # Lower case will do: terms are normalised, but few of them differ in anything else.
            plain = sentence.lower()
            support = sum(weight for term, weight in weighted if term in plain)
            if support > best_support + 1e-9:
                best, best_support = sentence, support
        return best


def shared_terms(
    compared: ComparedTexts, at: int, table: WordTable, need: Prose, offer: Prose
) -> tuple[SharedTerm, ...]:
    """Return the need's words that an offer has too or comes near to, the weightiest first.

    Words that stand side by side in both texts are one term: 晶 and 圆 are 晶圆.
    """
    partners, likeness = compared.nearest_words(at)
    support = compared.weights * likeness**2
    order = np.argsort(-support, kind="stable")[:_LOOKED_AT]
    found = [
        SharedTerm(
            table.word(int(compared.words[place])),
            table.word(int(partners[place])),
            round(float(likeness[place]), 3),
            round(float(compared.weights[place]), 4),
        )
        for place in order
        if likeness[place] >= _LEAST_LIKENESS
    ]
    joined = _joined([term for term in found if term.same], need, offer)
    terms = joined + [term for term in found if not term.same]
    telling = [term for term in terms if _tells(term.need) and _tells(term.offer)]
    return tuple(sorted(telling or terms, key=lambda term: -term.weight)[:_SHOWN])


def _joined(terms: list[SharedTerm], need: Prose, offer: Prose) -> list[SharedTerm]:
    """Join the terms that follow each other in the need, as far as the offer has them joined."""
    starts: dict[int, SharedTerm] = {}
    joined: list[SharedTerm] = []
    for term in terms:
        start = need.plain.find(term.need)
        # Terms are normalised and the prose is not, so that some of them stand nowhere in it.
        if start < 0 or start in starts:
            joined.append(term)
        else:
            starts[start] = term
    taken: set[int] = set()
    for start in sorted(starts):
        if start in taken:
            continue
        term = starts[start]
        while (after := start + len(term.need)) in starts:
            both = term.need + starts[after].need
            if not _is_term(term.need, starts[after].need) or both not in offer.plain:
                break
            taken.add(after)
            weight = round(term.weight + starts[after].weight, 4)
            term = SharedTerm(both, both, 1.0, weight)
        joined.append(term)
    return joined


def _is_term(first: str, second: str) -> bool:
    """Say whether two neighbours may be one word: of one script, no measure word (18条产线)."""
    one_script = first[-1].isascii() == second[0].isascii()
    return one_script and len(first + second) <= _LONGEST and first not in _MEASURES


def _tells(word: str) -> bool:
    """Say whether a word tells what a text is about: 研发 and 技术 stand in every one."""
    return len(word) > 1 and word not in officialese()
