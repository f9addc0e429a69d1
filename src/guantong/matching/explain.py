"""Why a pair matches: what each part adds, the words and sentences that speak for it, the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.model import FEATURES
from guantong.records.kinds import search_parts
from guantong.text.gap import Verdict
from guantong.text.normalize import normalize
from guantong.text.terms import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from guantong.matching.facts import FactGap, Facts
    from guantong.matching.features import TextComparison
    from guantong.matching.forms import TextForm
    from guantong.matching.model import Precedent
    from guantong.matching.word_table import Codes
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


def shared_terms(
    comparison: TextComparison, need: TextForm, offer_words: Codes
) -> tuple[SharedTerm, ...]:
    """Return the need's words that the offer has too or comes near to, the weightiest first."""
    words, weights = comparison.need_words(need)
    if not len(words) or not len(offer_words):
        return ()
    table = comparison.table
    near = table.unit_vectors(words) @ table.unit_vectors(offer_words).T
    partners = near.argmax(axis=1)
    likeness = near[np.arange(len(words)), partners]
    support = weights * np.maximum(likeness, 0) ** 2
    order = np.argsort(-support, kind="stable")
    chosen = [at for at in order if likeness[at] >= _LEAST_LIKENESS][:_MOST_TERMS]
    return tuple(
        SharedTerm(
            table.word(int(words[at])),
            table.word(int(offer_words[partners[at]])),
            round(float(min(1.0, likeness[at])), 3),
            round(float(weights[at]), 4),
        )
        for at in chosen
    )


def best_sentence(record: Record, terms: Iterable[tuple[str, float]]) -> str:
    """Return the sentence of a record in which the most of ``terms`` stand, as it is written."""
    parts = search_parts(record)
    text = f"{parts.body}" or parts.title
    weighted = list(terms)
    best, best_support = "", 0.0
    for span in sentences(text):
        sentence = span.of(text)
        plain = normalize(sentence)
        support = sum(weight for term, weight in weighted if term in plain)
        if support > best_support + 1e-9:
            best, best_support = sentence.strip(), support
    return best


def explanation(
    *,
    contributions: tuple[Contribution, ...],
    terms: tuple[SharedTerm, ...],
    need: Record,
    offer: Record,
    facts: Facts | None,
    precedents: Sequence[JudgedBefore] = (),
) -> Explanation:
    """Put the reasoning of one pair together."""
    return Explanation(
        contributions=contributions,
        terms=terms,
        need_sentence=best_sentence(need, ((each.need, each.weight) for each in terms)),
        offer_sentence=best_sentence(offer, ((each.offer, each.weight) for each in terms)),
        indicators=facts.indicators if facts else (),
        gaps=facts.gaps if facts else (),
        precedents=tuple(each for each in precedents if abs(each.amount) > _TINY),
    )
