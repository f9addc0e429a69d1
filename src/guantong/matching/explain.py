"""Why a pair matches: what each part adds, the words and sentences that speak for it, the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.matching.model import FEATURES
from guantong.text.gap import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from guantong.matching.evidence import Prose, SharedTerm
    from guantong.matching.facts import FactGap, Facts
    from guantong.matching.model import Precedent
    from guantong.text.gap import GapRow

_TINY = 5e-4
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to the score.

    ``part`` is a feature's name, ``"base"`` (what a pair has before anything is known of it),
    ``"precedents"`` or ``"bounds"`` (what bends the ends so that the score stays within 0 and 1);
    ``value`` is the feature's own value. The amounts of a pair add up to its score.
    """

    part: str
    amount: float
    value: float | None = None


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
        """Return the score before its ends are bent into 0 to 1."""
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
    score: float,
) -> tuple[Contribution, ...]:
    """Return the parts of ``score``; parts that add nothing are left out."""
    parts = [Contribution("base", base)]
    parts += [
        Contribution(name, amount, value)
        for name, amount, value in zip(FEATURES, amounts.tolist(), features.tolist(), strict=True)
        if amount
    ]
    if precedents:
        parts.append(Contribution("precedents", precedents))
    bent = score - sum(part.amount for part in parts)
    if abs(bent) > _NOTHING:
        parts.append(Contribution("bounds", bent))
    return tuple(parts)


def explanation(
    *,
    contributions: tuple[Contribution, ...],
    terms: tuple[SharedTerm, ...],
    need: Prose,
    offer: Prose,
    facts: Facts | None,
    precedents: Sequence[JudgedBefore] = (),
) -> Explanation:
    """Put the reasoning of one pair together."""
    return Explanation(
        contributions=contributions,
        terms=terms,
        need_sentence=need.best_sentence((each.need, each.weight) for each in terms),
        offer_sentence=offer.best_sentence((each.offer, each.weight) for each in terms),
        indicators=facts.indicators if facts else (),
        gaps=facts.gaps if facts else (),
        precedents=tuple(each for each in precedents if abs(each.amount) > _TINY),
    )
