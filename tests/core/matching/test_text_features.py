"""How near two texts are: the same is near, nothing shared is far, company changes nothing."""

import numpy as np
import pytest
from builders import THEMES, make_need, make_offer, make_organisation, reader
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.matching.features import MOST_WORDS, QUICK, TEXT_FEATURES, TextComparison
from guantong.matching.pairs import PairScorer
from guantong.matching.rarity import Rarity, shipped_rarity

MEANING, CHARACTERS, NEED_COVERED, OFFER_COVERED = range(len(TEXT_FEATURES))

themes = st.sampled_from(sorted(THEMES))
words = st.text(st.sampled_from("密封环材料耐磨高温pump 12，。电池"), max_size=40)
offers = st.one_of(
    st.builds(lambda theme: make_offer(theme=theme), themes),
    st.builds(lambda title, text: make_offer(title=title, description=text), words, words),
)
needs = st.one_of(
    st.builds(lambda theme: make_need(theme=theme), themes),
    st.builds(lambda title, text: make_need(title=title, description=text), words, words),
)


@pytest.fixture(scope="module")
def scorer():
    return PairScorer(reader())


def compared(scorer, need, *answers):
    return scorer.ranker.comparison.compared(scorer.form(need), scorer.texts(answers))


def features(scorer, need, *answers):
    return compared(scorer, need, *answers).features


@pytest.mark.parametrize("theme", THEMES)
def test_the_same_text_is_near_one_in_every_feature(scorer, theme):
    [row] = features(scorer, make_need(theme=theme), make_offer(theme=theme))
    assert row[MEANING] == pytest.approx(1, abs=0.02)
    assert row[CHARACTERS] > 0.9
    assert row[NEED_COVERED] == pytest.approx(1, abs=1e-3)
    assert row[OFFER_COVERED] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("theme", THEMES)
def test_every_feature_prefers_the_offer_on_the_same_theme(scorer, theme):
    answers = [make_offer(theme=other) for other in THEMES]
    found = features(scorer, make_need(theme=theme), *answers)
    assert (found.argmax(axis=0) == list(THEMES).index(theme)).all()


def test_texts_without_a_shared_character_share_no_character_pairs(scorer):
    [row] = features(scorer, make_need(title="密封环"), make_offer(title="rice breeding"))
    assert row[CHARACTERS] == 0
    assert row[MEANING] < 0.5


@pytest.mark.parametrize(
    ("wanted", "offered"), [("", ""), ("", "密封环"), ("密封环", ""), ("，", "。")]
)
def test_an_empty_text_is_near_nothing(scorer, wanted, offered):
    found = features(scorer, make_need(title=wanted), make_offer(title=offered))
    assert found.tolist() == [[0, 0, 0, 0]]


def test_an_empty_text_among_others_does_not_shift_them(scorer):
    full = make_offer(theme="seal")
    found = features(
        scorer, make_need(theme="seal"), make_offer(title=""), full, make_offer(title="")
    )
    assert found[1] == pytest.approx(features(scorer, make_need(theme="seal"), full)[0], abs=1e-6)
    assert not found[[0, 2]].any()


def test_no_offer_at_all_has_no_features(scorer):
    found = compared(scorer, make_need(theme="seal"))
    assert found.features.shape == (0, len(TEXT_FEATURES))


@given(needs, st.lists(offers, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_features_lie_between_zero_and_one(scorer, need, answers):
    found = features(scorer, need, *answers)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()


@given(needs, st.lists(offers, min_size=2, max_size=5), st.randoms())
@settings(max_examples=40, deadline=None)
def test_an_offer_is_compared_alike_alone_in_company_and_in_any_order(scorer, need, answers, dice):
    together = features(scorer, need, *answers)
    order = list(range(len(answers)))
    dice.shuffle(order)
    shuffled = features(scorer, need, *(answers[at] for at in order))
    for at, answer in enumerate(answers):
        alone = features(scorer, need, answer)[0]
        assert together[at] == pytest.approx(alone, abs=1e-6)
        assert shuffled[order.index(at)] == pytest.approx(alone, abs=1e-6)


@given(needs, st.lists(offers, min_size=1, max_size=5), st.data())
@settings(max_examples=30, deadline=None)
def test_what_is_taken_of_a_comparison_is_as_if_it_had_been_compared_alone(
    scorer, need, answers, data
):
    places = data.draw(st.lists(st.integers(0, len(answers) - 1), max_size=5))
    taken = compared(scorer, need, *answers).take(np.array(places, np.intp))
    expected = compared(scorer, need, *(answers[place] for place in places))
    assert taken.features == pytest.approx(expected.features, abs=1e-6)
    for at in range(len(places)):
        partners, likeness = taken.nearest_words(at)
        others, other_likeness = expected.nearest_words(at)
        assert likeness == pytest.approx(other_likeness, abs=1e-6)
        sure = likeness > 0.999
        assert partners[sure].tolist() == others[sure].tolist()


@given(needs, st.lists(offers, min_size=1, max_size=5))
@settings(max_examples=20, deadline=None)
def test_the_quick_features_are_the_first_of_all(scorer, need, answers):
    form, texts = scorer.form(need), scorer.texts(answers)
    quick = scorer.ranker.comparison.quick(form, texts)
    whole = scorer.ranker.comparison.compared(form, texts)
    assert TEXT_FEATURES[: len(QUICK)] == QUICK
    assert quick.tolist() == whole.features[:, : len(QUICK)].tolist()
    given_quick = scorer.ranker.comparison.compared(form, texts, quick)
    assert given_quick.features.tolist() == whole.features.tolist()


def test_a_long_offer_covers_a_short_need_but_not_the_other_way_round(scorer):
    need = make_need(title="碳化硅密封环")
    long = make_offer(title="密封研究", description="。".join(THEMES.values()) + "。碳化硅密封环")
    [row] = features(scorer, need, long)
    assert row[NEED_COVERED] > 0.95
    assert row[OFFER_COVERED] < row[NEED_COVERED] - 0.2


def test_a_short_offer_is_covered_by_a_long_need_but_not_the_other_way_round(scorer):
    need = make_need(title="密封研究", description="。".join(THEMES.values()) + "。碳化硅密封环")
    [row] = features(scorer, need, make_offer(title="碳化硅密封环"))
    assert row[OFFER_COVERED] > 0.95
    assert row[NEED_COVERED] < row[OFFER_COVERED] - 0.2


def test_a_word_of_like_meaning_covers_more_than_an_unrelated_one(scorer):
    found = features(
        scorer, make_need(title="电池"), make_offer(title="蓄电池"), make_offer(title="水稻")
    )
    assert found[0, NEED_COVERED] > found[1, NEED_COVERED]


def test_a_rare_shared_word_counts_more_than_a_frequent_one(scorer):
    need = make_need(title="研究谐波减速器")
    found = features(scorer, need, make_offer(title="谐波减速器"), make_offer(title="研究"))
    assert found[0, NEED_COVERED] > found[1, NEED_COVERED]


def test_weights_of_the_words_of_a_need_sum_to_one_however_many_there_are(scorer):
    comparison = scorer.ranker.comparison
    short = scorer.form(make_need(title="密封环材料"))
    long = scorer.form(make_need(title="密封", description="。".join(THEMES.values())))
    assert len(long.words) > MOST_WORDS
    for form in (short, long):
        words, weights = comparison.need_words(form)
        assert len(words) == len(weights) == min(MOST_WORDS, len(form.words))
        assert float(weights.sum()) == pytest.approx(1, abs=1e-5)
        assert set(words.tolist()) <= set(form.words.tolist())


def test_words_that_every_text_has_weigh_nothing_and_divide_by_nothing(scorer):
    shipped = shipped_rarity()
    worthless = Rarity(words=np.zeros_like(shipped.words), grams=np.zeros_like(shipped.grams))
    comparison = TextComparison(reader().table, worthless)
    need = make_need(title="密封", description="。".join(THEMES.values()))
    found = comparison.compared(scorer.form(need), scorer.texts([make_offer(theme="seal")]))
    assert np.isfinite(found.features).all()
    assert found.features[0, CHARACTERS] == 0


def test_the_nearest_word_of_an_offer_is_the_word_itself_where_it_has_it(scorer):
    found = compared(scorer, make_need(title="碳化硅密封环"), make_offer(theme="seal"))
    table = reader().table
    partners, likeness = found.nearest_words(0)
    for word, partner, near in zip(found.words, partners, likeness, strict=True):
        assert near <= 1
        if near > 0.999:
            assert table.word(int(word)) == table.word(int(partner))


def test_records_of_any_kind_have_texts(scorer):
    texts = scorer.texts([make_organisation(title="密封研究所"), make_need(theme="seal")])
    assert len(texts) == 2
    assert texts.word_counts.all()
