"""Matches as JSON objects: one line for each, the same keys always."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from guantong.matching.reports.gaps import GapLine, gap_lines
from guantong.matching.reports.reasons import sentences

if TYPE_CHECKING:
    from guantong.matching.pairs import Match
    from guantong.matching.reports.model import MatchReport
    from guantong.messages import Language
    from guantong.records import Need, Offer

_PLACES = 6


def match_object(need: Need, offer: Offer, match: Match, lang: Language = "zh") -> dict[str, Any]:
    """Return a match as one object; the contributions add up to the score."""
    return {
        "need_id": match.need_id,
        "offer_id": match.offer_id,
        "rank": match.rank,
        "score": round(match.score, _PLACES),
        "level": match.level,
        "need_title": need.title,
        "offer_title": offer.title,
        "offer_kind": offer.kind,
        "reasons": sentences(match, lang),
        "gaps": [gap_object(line) for line in gap_lines(match.explanation, lang)],
        "contributions": {
            each.part: round(each.amount, _PLACES) for each in match.explanation.contributions
        },
        "terms": [[term.need, term.offer, term.likeness] for term in match.explanation.terms],
    }


def pair_object(need: Need, offer: Offer, match: Match, lang: Language = "zh") -> dict[str, Any]:
    """Return the whole reasoning of one pair as one object."""
    return {
        **match_object(need, offer, match, lang),
        "probabilities": [round(share, _PLACES) for share in match.probabilities],
        "need_sentence": match.explanation.need_sentence,
        "offer_sentence": match.explanation.offer_sentence,
    }


def gap_object(line: GapLine) -> dict[str, Any]:
    """Return a line of the gap table; ``shortfall`` is a number in ``unit`` or nothing."""
    return {
        "row": line.row,
        "name": line.name,
        "wanted": line.wanted,
        "offered": line.offered,
        "verdict": line.verdict.value,
        "shortfall": None if line.shortfall is None else float(line.shortfall),
        "unit": line.unit,
        "note": line.note,
    }


def write_objects(target: TextIO, report: MatchReport, lang: Language = "zh") -> None:
    """Write every match on a line of its own."""
    for need, answer in report.answers():
        value = match_object(need, answer.offer, answer.match, lang)
        target.write(json.dumps(value, ensure_ascii=False) + "\n")
