"""What a report is about: needs in order, each with the offers found for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.matching.pairs import Match
    from guantong.records import Need, Offer

RELATED = 2
"""The lowest level at which an offer counts as related to a need."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer with the match that brought it up."""

    match: Match
    offer: Offer


@dataclass(frozen=True, slots=True)
class NeedMatches:
    """A need and the offers found for it, the best first."""

    need: Need
    answers: tuple[Answer, ...]

    @property
    def best_level(self) -> int:
        """Return the highest level reached, 0 where nothing was found."""
        return max((answer.match.level for answer in self.answers), default=0)


class Lack(StrEnum):
    """Why a need has no match: a condition on the need itself, no offer at all, or none related."""

    EXPIRED = "expired"
    NOTHING = "nothing"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A need without a related offer, why, and what came nearest."""

    need: Need
    lack: Lack
    nearest: Answer | None = None


@dataclass(frozen=True, slots=True)
class MatchReport:
    """The matches of some needs, and the needs that were not matched for being expired.

    ``withheld`` counts those that the reader may not see: they stand nowhere in the report.
    """

    needs: tuple[NeedMatches, ...]
    expired: tuple[Need, ...] = ()
    withheld: int = 0

    def answers(self) -> Iterator[tuple[Need, Answer]]:
        """Yield every match with its need, in the order of the needs and then by rank."""
        for each in self.needs:
            for answer in each.answers:
                yield each.need, answer

    def unmatched(self) -> tuple[Unmatched, ...]:
        """Return the needs without any match of level 2 or higher."""
        lacking = [_lack(each) for each in self.needs if each.best_level < RELATED]
        return (*lacking, *(Unmatched(need, Lack.EXPIRED) for need in self.expired))

    def level_counts(self) -> dict[int, int]:
        """Return how many needs reach each level at best, from strong to none."""
        counts = dict.fromkeys((4, 3, 2, 1), 0)
        for each in self.needs:
            if each.answers:
                counts[each.best_level] += 1
        return counts


def _lack(found: NeedMatches) -> Unmatched:
    if not found.answers:
        return Unmatched(found.need, Lack.NOTHING)
    return Unmatched(found.need, Lack.WEAK, found.answers[0])
