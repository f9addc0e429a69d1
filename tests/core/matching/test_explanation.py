"""The reasons of a score add up to it, and what is quoted stands in the records."""

from decimal import Decimal

import numpy as np
import pytest
from builders import (
    THEMES,
    make_features,
    make_model,
    make_need,
    make_offer,
    make_precedent,
    reader,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.matching.evidence import Prose
from guantong.matching.explain import contributions_of
from guantong.matching.model import FEATURES, Calibration, Line, RankingModel, bounded
from guantong.matching.pairs import PairScorer
from guantong.records import Maturity, Money
from guantong.text.gap import Verdict

slopes = st.floats(-3, 3)
rungs = st.tuples(slopes, slopes, slopes)
THEME_NAMES = st.sampled_from(sorted(THEMES))


@st.composite
def lines(draw):
    bends = tuple(draw(st.lists(st.floats(-1, 1), max_size=3)))
    shape = st.tuples(*(slopes for _ in range(len(bends) + 1)))
    return Line(draw(st.floats(-1, 1)), draw(st.tuples(shape, shape, shape)), bends)


@st.composite
def models(draw):
    judged = draw(st.lists(st.tuples(THEME_NAMES, THEME_NAMES, rungs), max_size=3))
    return RankingModel(
        name="random",
        base=draw(rungs),
        lines=draw(st.dictionaries(st.sampled_from(FEATURES), lines(), max_size=6)),
        calibration=Calibration((0.3, 0.5, 0.7), (9.0, 9.0, 9.0)),
        precedents=tuple(
            make_precedent(make_need(id="n", theme=one), make_offer(theme=other), 2, *weights)
            for one, other, weights in judged
        ),
    )


def full(make, theme, **more):
    return make(
        id="n" if make is make_need else "o",
        theme=theme,
        region="江苏省南京市",
        modes=("技术转让",),
        maturity=Maturity(level=6),
        money=Money(high=Decimal(500), low=Decimal(100)),
        **more,
    )


@given(models(), THEME_NAMES, THEME_NAMES)
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_to_the_score(model, wanted, offered):
    match = PairScorer(reader(), model).explain(full(make_need, wanted), full(make_offer, offered))
    parts = match.explanation.contributions
    assert sum(each.amount for each in parts) == pytest.approx(match.score, abs=1e-9)
    assert match.explanation.score == pytest.approx(match.score, abs=1e-9)
    assert 0 <= match.score <= 1
    without = sum(each.amount for each in parts if each.part != "bounds")
    assert match.explanation.raw == pytest.approx(without, abs=1e-9)
    assert bounded(np.array([without]))[0] == pytest.approx(match.score, abs=1e-9)
    names = [each.part for each in parts]
    assert names[0] == "base"
    assert len(set(names)) == len(names)
    assert set(names) <= {"base", *FEATURES, "precedents", "bounds"}


@given(models(), THEME_NAMES, THEME_NAMES)
@settings(max_examples=30, deadline=None)
def test_an_explained_pair_has_the_score_and_level_of_a_scored_one(model, wanted, offered):
    scorer = PairScorer(reader(), model)
    need, offer = full(make_need, wanted), full(make_offer, offered)
    [[scored]] = scorer.score_pairs([(need, [offer])])
    match = scorer.explain(need, offer)
    assert (scored.need_id, scored.offer_id) == (match.need_id, match.offer_id) == ("n", "o")
    assert scored.score == match.score
    assert scored.level == match.level
    assert match.rank == 0
    assert sum(match.probabilities) == pytest.approx(1)


@pytest.mark.parametrize(
    ("base", "score", "bent"), [(0.4, 0.4, None), (1.5, 0.99, -0.51), (-0.25, 0.01, 0.26)]
)
def test_what_bends_the_ends_is_a_part_of_its_own(base, score, bent):
    parts = contributions_of(base, make_features()[0], np.zeros(len(FEATURES)), 0.0, score)
    found = [each.amount for each in parts if each.part == "bounds"]
    assert found == ([] if bent is None else [pytest.approx(bent)])
    assert sum(each.amount for each in parts) == pytest.approx(score)


def test_bent_ends_keep_the_order_and_stay_within_0_and_1():
    raw = np.linspace(-0.6, 1.6, 500)
    scores = bounded(raw)
    assert (np.diff(scores) > 0).all()
    assert scores.min() > 0
    assert scores.max() < 1
    inside = (raw >= 0.1) & (raw <= 0.9)
    assert (scores[inside] == raw[inside]).all()


def test_parts_that_add_nothing_are_left_out_and_others_show_their_value():
    amounts = np.zeros(len(FEATURES))
    amounts[FEATURES.index("region")] = 0.02
    parts = contributions_of(0.3, make_features(region=0.5, meaning=0.9)[0], amounts, 0.1, 0.42)
    assert [each.part for each in parts] == ["base", "region", "precedents"]
    assert [each.value for each in parts] == [None, 0.5, None]
    assert [each.amount for each in parts] == [0.3, 0.02, 0.1]


def test_the_features_are_explained_in_one_order():
    match = PairScorer(reader(), make_model(**dict.fromkeys(FEATURES, 0.1))).explain(
        full(make_need, "seal"), full(make_offer, "seal")
    )
    names = [each.part for each in match.explanation.contributions if each.part in FEATURES]
    assert names == [name for name in FEATURES if name in names]
    assert {"meaning", "maturity", "region", "mode", "money"} <= set(names)


def test_verdicts_count_every_indicator_once():
    need = make_need(description="抗弯强度不低于350MPa，硬度≥60HRC，孔隙率≤2%。")
    offer = make_offer(description="抗弯强度达到400MPa以上，孔隙率不超过5%。")
    explained = PairScorer(reader()).explain(need, offer).explanation
    counts = explained.verdicts()
    assert set(counts) == set(Verdict)
    assert sum(counts.values()) == len(explained.indicators) == 3
    assert counts[Verdict.MET] == counts[Verdict.SHORT] == counts[Verdict.UNKNOWN] == 1


def test_a_need_that_asks_nothing_has_no_gaps():
    explained = PairScorer(reader()).explain(make_need(theme="seal"), full(make_offer, "seal"))
    assert explained.explanation.gaps == ()
    assert explained.explanation.indicators == ()


def test_gaps_of_a_pair_are_those_of_its_facts():
    explained = PairScorer(reader()).explain(full(make_need, "seal"), make_offer(theme="seal"))
    gaps = explained.explanation.gaps
    assert [gap.fact for gap in gaps] == ["maturity", "region", "mode", "money"]
    assert {gap.verdict for gap in gaps} == {Verdict.UNKNOWN}


@pytest.mark.parametrize("theme", THEMES)
def test_shared_terms_stand_in_both_records_or_come_near(theme):
    need, offer = make_need(theme=theme), make_offer(theme=theme)
    terms = PairScorer(reader()).explain(need, offer).explanation.terms
    assert 0 < len(terms) <= 8
    for term in terms:
        assert term.need == term.offer
        assert term.need in (need.title + need.description).lower()
        assert term.likeness == pytest.approx(1, abs=1e-3)
    support = [term.weight * term.likeness**2 for term in terms]
    assert support == pytest.approx(sorted(support, reverse=True), abs=1e-3)


def test_no_shared_term_is_lost_where_a_text_is_written_otherwise():
    need, offer = make_need(title="納米銀線與電極漿料"), make_offer(title="纳米银线与电极浆料")
    terms = PairScorer(reader()).explain(need, offer).explanation.terms
    assert {"电极", "浆料"} < {term.need for term in terms}


def test_unlike_texts_share_no_terms_and_quote_nothing():
    explained = (
        PairScorer(reader())
        .explain(make_need(title="密封环"), make_offer(title="水稻"))
        .explanation
    )
    assert explained.terms == ()
    assert (explained.need_sentence, explained.offer_sentence) == ("", "")


def test_the_sentences_that_speak_for_a_match_are_quoted_as_written():
    need = make_need(title="密封", description="我们是一家泵厂。需要耐磨的Ｓｉｃ密封环。请联系。")
    offer = make_offer(title="密封环", description="单位成立于1990年。研制出耐磨密封环！已获奖。")
    explained = PairScorer(reader()).explain(need, offer).explanation
    assert explained.need_sentence == "需要耐磨的Ｓｉｃ密封环。"
    assert explained.offer_sentence == "研制出耐磨密封环！"


def test_a_record_without_a_text_speaks_by_its_title():
    assert Prose.of(make_offer(title="耐磨密封环")).sentences == ("耐磨密封环",)
    assert Prose.of(make_offer(title="")).sentences == ()


def test_the_best_sentence_holds_the_weightiest_terms_and_the_first_of_equals():
    prose = ("密封。", "密封和耐磨。", "耐磨密封。", "材料。")
    assert Prose(prose, "").best_sentence([("密封", 0.5), ("耐磨", 0.2)]) == "密封和耐磨。"
    assert Prose(prose, "").best_sentence([("水稻", 1.0)]) == ""
    assert Prose((), "").best_sentence([("密封", 1.0)]) == ""


def test_terms_in_latin_letters_are_found_whatever_their_case():
    assert (
        Prose(("用 MATLAB 仿真。", "用泵。"), "").best_sentence([("matlab", 1.0)])
        == "用 MATLAB 仿真。"
    )


def test_precedents_that_hardly_move_a_score_are_not_told():
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    told = [
        PairScorer(reader(), make_model(precedents=[make_precedent(need, offer, 4, weight)]))
        .explain(need, offer)
        .explanation.precedents
        for weight in (1e-5, 0.1)
    ]
    assert [len(each) for each in told] == [0, 1]


def test_no_more_than_three_precedents_are_told():
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    known = [make_precedent(need, make_offer(theme="seal"), 4, 0.1) for _ in range(5)]
    told = PairScorer(reader(), make_model(precedents=known)).explain(need, offer)
    assert len(told.explanation.precedents) == 3


def test_a_need_without_offers_has_no_scores():
    assert list(PairScorer(reader()).score_pairs([(make_need(theme="seal"), [])])) == [[]]


def test_pairs_come_back_in_the_order_given():
    needs = [make_need(theme=theme) for theme in ("seal", "rice")]
    offers = [make_offer(theme=theme) for theme in ("rice", "seal", "chip")]
    found = list(PairScorer(reader()).score_pairs([(need, offers) for need in needs]))
    assert [[each.need_id for each in row] for row in found] == [[n.id] * 3 for n in needs]
    assert [[each.offer_id for each in row] for row in found] == [[o.id for o in offers]] * 2
    best = [max(row, key=lambda each: each.score).offer_id for row in found]
    assert best == [offers[1].id, offers[0].id]


def test_a_score_does_not_depend_on_what_else_is_scored():
    scorer = PairScorer(reader())
    need = full(make_need, "seal")
    offers = [make_offer(theme=theme) for theme in THEMES] * 40
    [together] = scorer.score_pairs([(need, offers)])
    for at in (0, 3, len(offers) - 1):
        [[alone]] = scorer.score_pairs([(need, [offers[at]])])
        assert together[at].score == pytest.approx(alone.score, abs=1e-6)
        assert together[at].level == alone.level
