"""Hard conditions: what may be matched at all. They filter, and say why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from guantong.records.model import Disclosure
from guantong.text.organisations import same_organisation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from guantong.records import Need, Offer

EVERYTHING = frozenset(Disclosure)


def readable_by(level: Disclosure) -> frozenset[Disclosure]:
    """Return what somebody may see who may see ``level``: all that is not more confidential."""
    order = list(Disclosure)
    return frozenset(order[: order.index(level) + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Who is looking and when.

    ``today`` is the day on which validity counts (``None``: nothing is expired); ``disclosures``
    are the levels that the reader may see; ``kinds`` narrows the kinds of offer.
    """

    today: date | None = None
    disclosures: frozenset[Disclosure] = EVERYTHING
    kinds: frozenset[str] | None = None

    def against(
        self, need: Need, *, organisation: str, valid_until: date | None, disclosure: str
    ) -> str | None:
        """Return the code of the condition that an offer with these fields fails, or ``None``."""
        if self.today is not None and valid_until is not None and valid_until < self.today:
            return "condition.expired"
        if Disclosure(disclosure) not in self.disclosures:
            return "condition.not_disclosed"
        if _excluded(need.excluded_organisations, organisation):
            return "condition.excluded"
        if organisation and _same(need.organisation, organisation):
            return "condition.own_offer"
        return None

    def let_pass(self, need: Need) -> bool:
        """Say whether no offer can fail for this need, whatever its fields."""
        return (
            self.today is None
            and self.disclosures >= EVERYTHING
            and not need.excluded_organisations
            and not need.organisation
        )

    def against_offer(self, need: Need, offer: Offer) -> str | None:
        """Return the code of the condition that an offer fails, or ``None``."""
        return self.against(
            need,
            organisation=offer.organisation,
            valid_until=offer.valid_until,
            disclosure=offer.disclosure.value,
        )

    def against_need(self, need: Need) -> str | None:
        """Return the code of the condition that a need fails by itself, or ``None``."""
        ends = [day for day in (need.valid_until, need.deadline) if day is not None]
        if self.today is not None and ends and min(ends) < self.today:
            return "condition.expired"
        return None if need.disclosure in self.disclosures else "condition.not_disclosed"


def _excluded(names: Collection[str], organisation: str) -> bool:
    return bool(organisation) and any(_same(name, organisation) for name in names)


@lru_cache(maxsize=100_000)
def _same(first: str, second: str) -> bool:
    return bool(first) and (first == second or same_organisation(first, second))
