"""Reports out of a matcher: the offers for each need, or for each the one it is assigned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from guantong.matching.reports.model import Answer, MatchReport, NeedMatches
from guantong.matching.store import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guantong.matching.conditions import Conditions
    from guantong.matching.matcher import Matcher
    from guantong.records import Need, Offer


def match_all(
    matcher: Matcher,
    needs: Sequence[Need],
    *,
    limit: int = 10,
    conditions: Conditions,
    progress: Callable[[int], None] | None = None,
) -> MatchReport:
    """Match every need; ``progress`` gets the number of needs done."""
    found: list[NeedMatches] = []
    expired: list[Need] = []
    withheld = 0
    for done, need in enumerate(needs, 1):
        barred = conditions.against_need(need)
        if barred == "condition.not_disclosed":
            withheld += 1
        elif barred:
            expired.append(need)
        else:
            matches = matcher.offers_for(need, limit=limit, conditions=conditions)
            offers = matcher.index.chosen(Side.OFFER, [match.offer_id for match in matches])
            answers = (
                Answer(match, cast("Offer", offer))
                for match, offer in zip(matches, offers, strict=True)
            )
            found.append(NeedMatches(need, tuple(answers)))
        if progress is not None:
            progress(done)
    return MatchReport(tuple(found), tuple(expired), withheld)


def assigned(report: MatchReport, *, capacity: int) -> MatchReport:
    """Keep for each need at most the one offer that serves the whole board best.

    An offer serves at most ``capacity`` needs; a match keeps the rank that it had.
    """
    from guantong.matching.assignment import assign

    chosen = {
        (match.need_id, match.offer_id)
        for match in assign((answer.match for _, answer in report.answers()), capacity=capacity)
    }
    kept = (
        NeedMatches(
            found.need,
            tuple(a for a in found.answers if (found.need.id, a.match.offer_id) in chosen),
        )
        for found in report.needs
    )
    return replace(report, needs=tuple(kept))
