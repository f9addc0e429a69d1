"""Judged pairs speak for pairs like them: the same need most, like needs and like offers less."""

import numpy as np
import pytest
from builders import THEMES, make_model, make_need, make_offer, make_precedent, reader
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.matching.pairs import PairScorer
from guantong.matching.precedents import (
    Precedents,
    need_likeness,
    offer_likeness,
    pair_likeness,
    title_vectors,
)

titles = st.text(st.sampled_from("密封环材料耐磨高温电池水稻pump 12，"), max_size=10)
pairs = st.lists(st.tuples(st.integers(0, 3), titles), min_size=1, max_size=12)
weights = st.tuples(*(st.floats(-1, 1) for _ in range(3)))


def vectors(*texts):
    return title_vectors(reader().table, texts)


def title(theme):
    return THEMES[theme].split(" ", 1)[0]


def kernel(needs, offers, places):
    """Return the likeness of all pairs, computed one by one from the definition."""
    return np.array(
        [
            [
                (places[one] == places[two])
                * (0.3 + np.exp((float(offers[one] @ offers[two]) - 1) / 0.4))
                + 3
                * float(needs[one] @ needs[two])
                * np.exp((float(offers[one] @ offers[two]) - 1) / 0.4)
                for two in range(len(offers))
            ]
            for one in range(len(offers))
        ]
    )


def likeness(need_vectors, offer_vectors, places):
    return pair_likeness(
        places[:, None] == places[None, :],
        need_likeness(need_vectors, need_vectors),
        offer_likeness(offer_vectors, offer_vectors),
    )


@given(pairs, st.lists(titles, min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_likeness_of_pairs_is_symmetric_positive_and_as_defined(judged, need_titles):
    places = np.array([need for need, _ in judged])
    needs = vectors(*need_titles)[places]
    offers = vectors(*(offer for _, offer in judged))
    found = likeness(needs, offers, places)
    assert found == pytest.approx(kernel(needs, offers, places), abs=1e-4)
    assert np.linalg.eigvalsh((found + found.T).astype(float) / 2)[0] > -1e-4


def test_many_needs_judged_on_one_offer_still_make_a_positive_kernel():
    # All round a circle: a likeness cut off at 0 would have eigenvalues far below it.
    angles = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    needs = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    offers = np.repeat(vectors(title("seal")), len(needs), axis=0)
    found = likeness(needs, offers, np.arange(len(needs)))
    assert np.linalg.eigvalsh(found.astype(float))[0] > -1e-3


def test_titles_are_compared_by_their_distinct_words():
    one, twice, other, nothing = vectors("密封环", "密封环，密封环", "水稻", "")
    assert one == pytest.approx(twice, abs=1e-6)
    assert float(one @ one) == pytest.approx(1, abs=1e-5)
    assert float(one @ other) < 0.5
    assert not nothing.any()


def test_like_offers_count_more_the_nearer_they_are():
    near = offer_likeness(vectors("密封环"), vectors("密封环", "密封材料", "水稻"))[0]
    assert near[0] == pytest.approx(1, abs=1e-4)
    assert near[0] > near[1] > near[2] > 0


def test_a_judgement_counts_more_for_the_same_need_than_for_another_of_the_same_title():
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    known = Precedents([make_precedent(need, offer, 4, 0.5)], reader().table)
    asked, answered = vectors(need.title)[0], vectors(offer.title)
    own = known.worth(need.id, asked, answered)
    foreign = known.worth("another", asked, answered)
    assert own.shape == (1, 3)
    assert (own > foreign).all()
    assert (foreign > 0).all()


def test_any_judgement_on_the_same_need_counts_however_different_the_offer():
    need = make_need(theme="seal")
    known = Precedents([make_precedent(need, make_offer(theme="rice"), 1, -0.5)], reader().table)
    own = known.worth(need.id, vectors("")[0], vectors(""))
    assert (own <= -0.5 * 0.3).all()


def test_judgements_on_unlike_needs_and_offers_hardly_count():
    known = Precedents(
        [make_precedent(make_need(theme="rice"), make_offer(theme="drug"), 4, 0.5)],
        reader().table,
    )
    worth = known.worth("new", vectors(title("chip"))[0], vectors(title("robot")))
    assert abs(worth).max() < 0.2


@given(st.lists(st.tuples(st.integers(0, 2), titles, weights), min_size=1, max_size=8), titles)
@settings(max_examples=40, deadline=None)
def test_worth_is_the_sum_of_weights_times_likeness(judged, asked):
    needs = [
        make_need(id=f"n{at}", title=text) for at, text in enumerate(["密封环", "电池", "水稻"])
    ]
    known = Precedents(
        [make_precedent(needs[at], make_offer(title=text), 2, *each) for at, text, each in judged],
        reader().table,
    )
    answers = vectors(asked, "密封")
    worth = known.worth("n1", vectors("密封材料")[0], answers)
    for row, answer in enumerate(answers):
        expected = np.zeros(3)
        for at, text, each in judged:
            near = float(vectors("密封材料")[0] @ vectors(needs[at].title)[0])
            alike = np.exp((float(answer @ vectors(text)[0]) - 1) / 0.4)
            expected += np.array(each) * ((at == 1) * (0.3 + alike) + 3 * near * alike)
        assert worth[row] == pytest.approx(expected, abs=0.02)


def test_the_strongest_precedents_are_those_that_move_the_score_most():
    need = make_need(theme="seal")
    known = [
        make_precedent(need, make_offer(theme=theme), 3, weight)
        for theme, weight in (("seal", 0.1), ("chip", -0.4), ("rice", 0.02), ("robot", 0.3))
    ]
    precedents = Precedents(known, reader().table)
    asked, answered = vectors(need.title)[0], vectors(title("seal"))[0]
    every = precedents.strongest(need.id, asked, answered, 10)
    moves = [abs(amount) for _, amount in every]
    assert moves == pytest.approx(sorted(moves, reverse=True), abs=2e-6)
    assert {id(each) for each, _ in every} == set(map(id, known))
    assert precedents.strongest(need.id, asked, answered, 2) == every[:2]
    worth = precedents.worth(need.id, asked, answered[None])[0].mean()
    assert sum(amount for _, amount in every) == pytest.approx(float(worth), abs=1e-5)


def test_moves_of_equal_size_stay_in_the_order_of_the_model():
    need = make_need(theme="seal")
    known = [make_precedent(need, make_offer(id=f"o{at}", theme="seal"), 3, 0.1) for at in range(5)]
    found = Precedents(known, reader().table).strongest(
        need.id, vectors(need.title)[0], vectors(title("seal"))[0], 3
    )
    assert [each.offer_id for each, _ in found] == ["o0", "o1", "o2"]


@pytest.mark.parametrize(("level", "weight"), [(4, 0.2), (1, -0.2)])
def test_a_judged_pair_pulls_pairs_like_it_its_own_way(level, weight):
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    plain = PairScorer(reader(), make_model(meaning=0.1))
    taught = PairScorer(
        reader(),
        make_model(meaning=0.1, precedents=[make_precedent(need, offer, level, weight)]),
    )

    def change(asked, answer):
        before, after = plain.explain(asked, answer), taught.explain(asked, answer)
        return after.explanation.raw - before.explanation.raw

    itself = change(need, offer)
    like_it = change(need, make_offer(title="耐磨密封环"))
    elsewhere = change(make_need(theme="seal"), make_offer(title="耐磨密封环"))
    unlike = change(make_need(theme="rice"), make_offer(theme="drug"))
    assert itself * weight > 0
    assert abs(itself) > abs(like_it) > abs(elsewhere) > abs(unlike)


def test_what_judged_before_is_told_with_how_much_it_adds():
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    known = make_precedent(need, offer, 4, 0.1, 0.2, 0.3)
    match = PairScorer(reader(), make_model(precedents=[known])).explain(need, offer)
    [told] = match.explanation.precedents
    [part] = [each for each in match.explanation.contributions if each.part == "precedents"]
    assert told.precedent is known
    assert told.amount == pytest.approx(part.amount, abs=1e-6)


def test_a_title_in_two_languages_is_compared_as_it_was_learnt():
    need = make_need(theme="seal", title_en="Wear resistant seals for hot pumps")
    form = PairScorer(reader()).form(need)
    learnt = vectors(f"{need.title} {need.title_en}")[0]
    assert float(form.title_vector @ learnt) == pytest.approx(1, abs=1e-4)
