"""The assignment of a whole board is the best there is."""

from itertools import product

import pytest
from builders import make_match
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.matching.assignment import assign

boards = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")),
    st.tuples(st.integers(0, 64).map(lambda whole: whole / 64), st.integers(1, 4)),
    max_size=12,
).map(
    lambda found: [
        make_match(need, offer, score, level) for (need, offer), (score, level) in found.items()
    ]
)


def best_total(matches, capacity, least_level):
    """Return the greatest sum of scores over every possible assignment."""
    usable = [match for match in matches if match.level >= least_level]
    needs = sorted({match.need_id for match in usable})
    choices = [[None, *(m for m in usable if m.need_id == need)] for need in needs]
    totals = [0.0]
    for chosen in product(*choices):
        taken = [match for match in chosen if match is not None]
        offers = [match.offer_id for match in taken]
        if all(offers.count(offer) <= capacity for offer in offers):
            totals.append(sum(match.score for match in taken))
    return max(totals)


@given(boards, st.integers(1, 3), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_no_other_assignment_has_a_greater_sum_of_scores(matches, capacity, least_level):
    chosen = assign(matches, capacity=capacity, least_level=least_level)
    total = sum(match.score for match in chosen)
    assert total == pytest.approx(best_total(matches, capacity, least_level), abs=1e-6)


@given(boards, st.integers(1, 3), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_each_need_has_one_offer_and_each_offer_no_more_needs_than_it_can_serve(
    matches, capacity, least_level
):
    chosen = assign(matches, capacity=capacity, least_level=least_level)
    assert all(any(each is match for match in matches) for each in chosen)
    assert all(match.level >= least_level for match in chosen)
    needs = [match.need_id for match in chosen]
    assert needs == sorted(set(needs))
    offers = [match.offer_id for match in chosen]
    assert all(offers.count(offer) <= capacity for offer in offers)


@given(boards, st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_same_board_is_always_assigned_alike(matches, dice):
    first = assign(matches)
    assert assign(list(matches)) == first
    shuffled = list(matches)
    dice.shuffle(shuffled)
    total = sum(match.score for match in assign(shuffled))
    assert total == pytest.approx(sum(match.score for match in first), abs=1e-9)


def test_the_best_for_all_may_not_be_the_best_for_each():
    matches = [
        make_match("a", "x", 0.9),
        make_match("a", "y", 0.8),
        make_match("b", "x", 0.85),
        make_match("b", "y", 0.1),
    ]
    assert [(m.need_id, m.offer_id) for m in assign(matches)] == [("a", "y"), ("b", "x")]


def test_an_offer_that_can_serve_two_serves_both():
    matches = [make_match("a", "x", 0.9), make_match("b", "x", 0.8), make_match("b", "y", 0.1)]
    chosen = assign(matches, capacity=2)
    assert [match.offer_id for match in chosen] == ["x", "x"]


def test_even_a_match_worth_nothing_is_chosen_where_it_stands_in_nobodys_way():
    assert len(assign([make_match("a", "x", 0.0)])) == 1


@pytest.mark.parametrize("level", [1, 2, 3])
def test_weak_matches_are_left_out(level):
    matches = [make_match("a", "x", 0.9, level)]
    assert len(assign(matches, least_level=3)) == (level == 3)
    assert len(assign(matches)) == (level >= 2)


def test_an_empty_board_has_no_assignment():
    assert assign([]) == []
    assert assign(iter([make_match(level=1)])) == []


def test_of_two_matches_of_one_pair_one_is_chosen():
    assert len(assign([make_match("a", "x", 0.4), make_match("a", "x", 0.4)])) == 1


def test_a_capacity_beyond_all_needs_costs_nothing():
    matches = [make_match(f"n{at}", f"o{at % 3}", 0.5) for at in range(30)]
    assert len(assign(matches, capacity=10**9)) == 30


def test_offers_that_cannot_serve_serve_nobody():
    assert assign([make_match("a", "x", 0.9)], capacity=0) == []


def test_a_large_board_is_solved_exactly():
    needs = [f"n{at:03}" for at in range(200)]
    matches = [
        make_match(need, f"o{(at + shift) % 200:03}", 0.9 if shift == 7 else 0.5)
        for at, need in enumerate(needs)
        for shift in range(12)
    ]
    chosen = assign(matches)
    assert [match.need_id for match in chosen] == needs
    assert {match.score for match in chosen} == {0.9}
