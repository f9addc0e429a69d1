from dataclasses import replace
from datetime import date

import pytest
from match_makers import AMOUNTS, match, need, offer, told

from guantong.matching.conditions import Conditions
from guantong.matching.reports import Answer, MatchReport, NeedMatches
from guantong.matching.reports.building import assigned, match_all


class _Index:
    def chosen(self, side, ids):
        return [offer(id) for id in ids]


class _Matcher:
    """Finds the same two offers for every need, and remembers what it was asked."""

    index = _Index()

    def __init__(self):
        self.asked = []

    def offers_for(self, wanted, *, limit, conditions):
        self.asked.append((wanted.id, limit))
        found = [match(wanted.id, id, rank) for rank, id in enumerate(("A1", "A2"), 1)]
        return found[:limit]


def scored(need_id, offer_id, rank, score, level=3):
    amounts = {**dict.fromkeys(AMOUNTS, 0.0), "base": score}
    made = match(need_id, offer_id, rank, level, told(amounts))
    return Answer(replace(made, score=score), offer(offer_id))


def board(**rows):
    """Return a report out of ``N1=[("A1", 0.9), …]``."""
    return MatchReport(
        tuple(
            NeedMatches(
                need(id),
                tuple(
                    scored(id, offer_id, rank, score)
                    for rank, (offer_id, score) in enumerate(answers, 1)
                ),
            )
            for id, answers in rows.items()
        )
    )


def pairs(report):
    return {(wanted.id, answer.match.offer_id) for wanted, answer in report.answers()}


def test_every_need_is_matched_in_order_with_its_offers():
    matcher, done = _Matcher(), []
    report = match_all(
        matcher, [need("N2"), need("N1")], limit=1, conditions=Conditions(), progress=done.append
    )
    assert matcher.asked == [("N2", 1), ("N1", 1)]
    assert [(wanted.id, answer.offer.id) for wanted, answer in report.answers()] == [
        ("N2", "A1"),
        ("N1", "A1"),
    ]
    assert done == [1, 2]


def test_a_need_whose_deadline_has_passed_is_not_matched():
    late = need("N1", deadline=date(2026, 1, 1))
    matcher = _Matcher()
    conditions = Conditions(today=date(2026, 6, 1))
    report = match_all(matcher, [late, need("N2")], conditions=conditions)
    assert report.expired == (late,)
    assert matcher.asked == [("N2", 10)]


def test_an_assignment_serves_the_board_and_not_the_first_need():
    report = board(N1=[("A1", 0.9), ("A2", 0.8)], N2=[("A1", 0.85), ("A2", 0.1)])
    assert pairs(assigned(report, capacity=1)) == {("N1", "A2"), ("N2", "A1")}


def test_an_offer_with_room_for_two_serves_two():
    report = board(N1=[("A1", 0.9), ("A2", 0.8)], N2=[("A1", 0.85), ("A2", 0.1)])
    assert pairs(assigned(report, capacity=2)) == {("N1", "A1"), ("N2", "A1")}


def test_an_assigned_match_keeps_its_rank_and_a_need_left_alone_stays_listed():
    report = board(N1=[("A1", 0.9)], N2=[("A1", 0.5)])
    kept = assigned(report, capacity=1)
    assert [found.need.id for found in kept.needs] == ["N1", "N2"]
    assert [each.need.id for each in kept.unmatched()] == ["N2"]
    assert kept.needs[0].answers[0].match.rank == 1


@pytest.mark.parametrize("levels", [(4, 1), (2, 2), (1, 1), ()])
def test_a_need_counts_by_its_best_level(levels):
    found = NeedMatches(
        need(),
        tuple(scored("N1", f"A{at}", at, 0.5, level) for at, level in enumerate(levels, 1)),
    )
    assert found.best_level == max(levels, default=0)
    assert bool(MatchReport((found,)).unmatched()) == (found.best_level < 2)
