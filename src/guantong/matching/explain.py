"""Why a pair matches: what each part adds, the words and sentences that speak for it, the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.model import FEATURES
from guantong.records.kinds import search_parts
from guantong.text.gap import Verdict
from guantong.text.terms import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from guantong.matching.facts import FactGap, Facts
    from guantong.matching.features import ComparedTexts
    from guantong.matching.model import Precedent
    from guantong.matching.word_table import WordTable
    from guantong.records import Record
    from guantong.text.gap import GapRow

_MOST_TERMS = 8
_LEAST_LIKENESS = 0.45
_SAME_WORD = 0.999
_TINY = 5e-4


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to the score.

    ``part`` is a feature's name, ``"base"`` (what a pair has before anything is known of it),
    ``"precedents"`` or ``"bounds"`` (what is cut off so that the score stays within 0 and 1);
    ``value`` is the feature's own value. The amounts of a pair add up to its score.
    """

    part: str
    amount: float
    value: float | None = None


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A word of the need and the nearest word of the offer, by the cosine of their vectors."""

    need: str
    offer: str
    likeness: float
    weight: float


@dataclass(frozen=True, slots=True)
class JudgedBefore:
    """A judged pair like this one and what it adds to the score."""

    precedent: Precedent
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The whole reasoning of one pair."""

    contributions: tuple[Contribution, ...]
    terms: tuple[SharedTerm, ...]
    need_sentence: str
    offer_sentence: str
    indicators: tuple[GapRow, ...] = ()
    gaps: tuple[FactGap, ...] = ()
    precedents: tuple[JudgedBefore, ...] = ()

    @property
    def score(self) -> float:
        """Return the sum of the contributions: the score."""
        return sum(each.amount for each in self.contributions)

    @property
    def raw(self) -> float:
        """Return the score before it is kept within 0 and 1."""
        return sum(each.amount for each in self.contributions if each.part != "bounds")

    def verdicts(self) -> dict[Verdict, int]:
        """Return how many indicators are met, short, partly met and unknown."""
        counts = dict.fromkeys(Verdict, 0)
        for row in self.indicators:
            counts[row.gap.verdict] += 1
        return counts


def contributions_of(
    base: float,
    features: npt.NDArray[np.float32],
    amounts: npt.NDArray[np.float64],
    precedents: float,
) -> tuple[Contribution, ...]:
    """Return the parts of one score; parts that add nothing are left out."""
    parts = [Contribution("base", base)]
    parts += [
        Contribution(name, float(amount), float(value))
        for name, amount, value in zip(FEATURES, amounts, features, strict=True)
        if amount
    ]
    if precedents:
        parts.append(Contribution("precedents", precedents))
    total = sum(part.amount for part in parts)
    bounded = min(1.0, max(0.0, total))
    if abs(total - bounded) > 1e-12:
        parts.append(Contribution("bounds", bounded - total))
    return tuple(parts)


def shared_terms(compared: ComparedTexts, at: int, table: WordTable) -> tuple[SharedTerm, ...]:
    """Return the need's words that an offer has too or comes near to, the weightiest first."""
    partners, likeness = compared.nearest_words(at)
    support = compared.weights * likeness**2
    order = np.argsort(-support, kind="stable")
    chosen = [place for place in order if likeness[place] >= _LEAST_LIKENESS][:_MOST_TERMS]
    return tuple(
        SharedTerm(
            table.word(int(compared.words[place])),
            table.word(int(partners[place])),
            round(float(likeness[place]), 3),
            round(float(compared.weights[place]), 4),
        )
        for place in chosen
    )


def prose_of(record: Record) -> tuple[str, ...]:
    """Return the sentences of a record's searched text, the title's where there is no other."""
    text = search_parts(record).body or record.title
    return tuple(span.of(text).strip() for span in sentences(text))


def best_sentence(prose: Iterable[str], terms: Iterable[tuple[str, float]]) -> str:
    """Return the sentence in which the most of ``terms`` stand, ``""`` where none does."""
    weighted = list(terms)
    best, best_support = "", 0.0
    for sentence in prose:
        # Lower case will do: terms are normalised, but few of them differ in anything else.
        plain = sentence.lower()
        support = sum(weight for term, weight in weighted if term in plain)
        if support > best_support + 1e-9:
            best, best_support = sentence, support
    return best


def explanation(
    *,
    contributions: tuple[Contribution, ...],
    terms: tuple[SharedTerm, ...],
    need: Iterable[str],
    offer: Iterable[str],
    facts: Facts | None,
    precedents: Sequence[JudgedBefore] = (),
) -> Explanation:
    """Put the reasoning of one pair together; ``need`` and ``offer`` are their sentences."""
    return Explanation(
        contributions=contributions,
        terms=terms,
        need_sentence=best_sentence(need, ((each.need, each.weight) for each in terms)),
        offer_sentence=best_sentence(offer, ((each.offer, each.weight) for each in terms)),
        indicators=facts.indicators if facts else (),
        gaps=facts.gaps if facts else (),
        precedents=tuple(each for each in precedents if abs(each.amount) > _TINY),
    )
