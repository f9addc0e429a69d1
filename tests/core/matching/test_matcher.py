"""What belongs together is found, in one order, with one score whichever way it is looked for."""

from datetime import date
from decimal import Decimal

import pytest
from builders import (
    THEMES,
    build_index,
    make_instrument,
    make_model,
    make_need,
    make_offer,
    make_organisation,
    make_precedent,
    reader,
)

from guantong.errors import InputError
from guantong.matching.conditions import Conditions
from guantong.matching.index import Index
from guantong.matching.matcher import Effort, Matcher
from guantong.matching.pairs import PairScorer
from guantong.matching.store import Side
from guantong.records import Disclosure, Maturity, Money

TODAY = date(2026, 11, 22)
FACTS = {
    "region": "江苏省南京市",
    "maturity": Maturity(level=6),
    "money": Money(low=Decimal(100), high=Decimal(500)),
}


def offers():
    """Return three offers on each theme: the theme's own text, a part of it, and its title."""
    found = []
    for theme, text in THEMES.items():
        title, body = text.split(" ", 1)
        found += [
            make_offer(id=f"{theme}-1", title=title, description=body, **FACTS),
            make_offer(id=f"{theme}-2", title=title, description=body[: len(body) // 2]),
            make_offer(id=f"{theme}-3", title=title),
        ]
    return found


def needs():
    """Return one need on each theme, with wishes beside the text, and one in English."""
    return [
        *(make_need(id=f"need-{theme}", theme=theme, **FACTS) for theme in THEMES),
        make_need(id="need-english", title="Membranes for treating industrial waste water"),
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("city") / "index"
    with Index.open(build_index(path, *offers(), *needs())) as opened:
        yield opened


@pytest.fixture(scope="module")
def matcher(index):
    return Matcher(index)


@pytest.fixture
def matching(tmp_path):
    """Return a function that opens a matcher over some records of its own."""
    opened = []

    def build(*records, model=None, effort=None):
        index = Index.open(build_index(tmp_path / f"index-{len(opened)}", *records))
        opened.append(index)
        return Matcher(index, model, effort)

    yield build
    for index in opened:
        index.close()


@pytest.mark.parametrize("theme", THEMES)
def test_a_need_is_answered_by_the_offers_on_its_theme(matcher, theme):
    found = matcher.offers_for(make_need(theme=theme), limit=3)
    assert {match.offer_id for match in found} == {f"{theme}-{at}" for at in (1, 2, 3)}
    assert [match.rank for match in found] == [1, 2, 3]


@pytest.mark.parametrize("theme", THEMES)
def test_an_offer_finds_the_need_on_its_theme(matcher, theme):
    found = matcher.needs_for(make_offer(theme=theme), limit=2)
    assert found[0].need_id == f"need-{theme}"
    assert [match.rank for match in found] == [1, 2]


def test_the_best_match_comes_first(matcher):
    for need in needs():
        raws = [match.explanation.raw for match in matcher.offers_for(need, limit=24)]
        assert raws == pytest.approx(sorted(raws, reverse=True), abs=2e-6)


def test_a_pair_has_one_score_whichever_way_it_is_found(matcher):
    known = {offer.id: offer for offer in offers()}
    for need in needs():
        forwards = {match.offer_id: match for match in matcher.offers_for(need, limit=24)}
        [listed] = matcher.pairs.score_pairs([(need, [known[id] for id in forwards])])
        for pair in listed:
            match = forwards[pair.offer_id]
            assert pair.score == pytest.approx(match.score, abs=1e-6)
            assert pair.level == match.level
        best = next(iter(forwards.values()))
        explained = matcher.pairs.explain(need, known[best.offer_id])
        assert explained.score == pytest.approx(best.score, abs=1e-6)
        assert explained.explanation.terms == best.explanation.terms
        assert explained.explanation.gaps == best.explanation.gaps
        assert explained.explanation.need_sentence == best.explanation.need_sentence
        backwards = matcher.needs_for(known[best.offer_id], limit=9)
        [same] = [match for match in backwards if match.need_id == need.id]
        assert same.score == pytest.approx(best.score, abs=1e-6)
        assert same.level == best.level
        assert same.probabilities == pytest.approx(best.probabilities, abs=1e-5)


def test_an_index_and_a_file_score_alike_by_any_model(index):
    need, offer = needs()[0], offers()[0]
    judged = [make_precedent(need, offer, 4, 0.05), make_precedent(need, offers()[4], 1, -0.05)]
    model = make_model(precedents=judged, meaning=0.2, maturity=0.1, region=0.05)
    [match, *_] = Matcher(index, model).offers_for(need)
    [[pair]] = PairScorer(reader(), model).score_pairs([(need, [offer])])
    assert match.offer_id == offer.id
    assert match.score == pytest.approx(pair.score, abs=1e-6)
    assert {each.part for each in match.explanation.contributions} >= {"precedents", "maturity"}


@pytest.mark.parametrize("limit", [0, 1, 5, 24, 100])
def test_no_more_are_returned_than_asked_for_and_none_is_missed(matcher, limit):
    found = matcher.offers_for(make_need(theme="seal"), limit=limit)
    assert len(found) == min(limit, 24)
    assert len({match.offer_id for match in found}) == len(found)
    assert len(matcher.needs_for(make_offer(theme="seal"), limit=limit)) == min(limit, 9)


def test_a_shorter_list_is_the_beginning_of_a_longer_one(matcher):
    need = make_need(theme="water")
    longer = [match.offer_id for match in matcher.offers_for(need, limit=12)]
    assert [match.offer_id for match in matcher.offers_for(need, limit=4)] == longer[:4]


def test_equal_scores_go_by_id(matching):
    ids = ["o07", "o03", "o10", "o01", "o05", "o02", "o08"]
    found = matching(*(make_offer(id=id, theme="seal") for id in ids)).offers_for(
        make_need(theme="seal"), limit=5
    )
    assert [match.offer_id for match in found] == sorted(ids)[:5]
    assert [match.score for match in found] == pytest.approx([found[0].score] * 5, abs=1e-6)


def test_equal_needs_go_by_id(matching):
    ids = ["n07", "n03", "n10", "n01", "n05"]
    found = matching(*(make_need(id=id, theme="seal") for id in ids)).needs_for(
        make_offer(theme="seal"), limit=3
    )
    assert [match.need_id for match in found] == sorted(ids)[:3]


def test_two_indexes_of_the_same_records_answer_alike(matching, matcher):
    again = matching(*offers(), *needs())
    other_order = matching(*needs(), *reversed(offers()))
    for need in needs():
        expected = matcher.offers_for(need, limit=8)
        assert again.offers_for(need, limit=8) == expected
        found = other_order.offers_for(need, limit=8)
        assert [match.offer_id for match in found] == [match.offer_id for match in expected]


def test_a_need_without_text_finds_something_or_nothing_but_never_fails(matcher):
    for title in ("，", "。。。", "示例"):
        found = matcher.offers_for(make_need(title=title), limit=3)
        assert all(0 <= match.score <= 1 for match in found)
    assert matcher.search("") == []
    assert matcher.search("，。") == []


def test_an_empty_index_answers_with_nothing(matching):
    empty = matching()
    assert empty.offers_for(make_need(theme="seal")) == []
    assert empty.needs_for(make_offer(theme="seal")) == []
    assert empty.like(make_offer(theme="seal")) == []
    assert empty.search("密封") == []


def test_a_side_without_records_answers_with_nothing(matching):
    only_needs = matching(*needs())
    assert only_needs.offers_for(make_need(theme="seal")) == []
    assert only_needs.needs_for(make_offer(theme="seal"))


@pytest.mark.parametrize(
    ("stated", "conditions"),
    [
        ({"valid_until": date(2026, 11, 21)}, Conditions(today=TODAY)),
        (
            {"disclosure": Disclosure.NAMED},
            Conditions(disclosures=frozenset({Disclosure.PUBLIC})),
        ),
        ({"organisation": "南京理工"}, Conditions()),
        ({"organisation": "示例泵业股份有限公司"}, Conditions()),
    ],
)
def test_what_may_not_be_matched_is_not_found_either_way(matching, stated, conditions):
    need = make_need(
        id="n",
        theme="seal",
        organisation="示例泵业有限公司",
        excluded_organisations=("南京理工大学",),
    )
    barred = make_offer(id="barred", theme="seal", **stated)
    free = make_offer(id="free", theme="rice")
    found = matching(barred, free, need)
    assert [m.offer_id for m in found.offers_for(need, conditions=conditions)] == ["free"]
    assert found.needs_for(barred, conditions=conditions) == []
    assert [m.need_id for m in found.needs_for(free, conditions=conditions)] == ["n"]


@pytest.mark.parametrize(
    ("stated", "conditions"),
    [
        ({"deadline": date(2026, 11, 21)}, Conditions(today=TODAY)),
        ({"valid_until": date(2026, 11, 21)}, Conditions(today=TODAY)),
        (
            {"disclosure": Disclosure.REGISTERED},
            Conditions(disclosures=frozenset({Disclosure.PUBLIC})),
        ),
    ],
)
def test_needs_that_are_over_or_hidden_are_not_found(matching, stated, conditions):
    found = matching(make_need(id="over", theme="seal", **stated), make_need(id="n", theme="seal"))
    offer = make_offer(theme="seal")
    assert [m.need_id for m in found.needs_for(offer, conditions=conditions)] == ["n"]
    assert [m.need_id for m in found.needs_for(offer)] == ["n", "over"]


SMALL = Effort(hits=3, compared=3, weighed=3)


def test_a_search_looks_further_where_conditions_leave_too_few(matching):
    expired = [make_offer(theme="seal", valid_until=date(2020, 1, 1)) for _ in range(40)]
    standing = [make_offer(id=f"o{at}", theme="rice") for at in range(5)]
    found = matching(*expired, *standing, effort=SMALL)
    matches = found.offers_for(make_need(theme="seal"), limit=4, conditions=Conditions(today=TODAY))
    assert [match.offer_id for match in matches] == ["o0", "o1", "o2", "o3"]


def test_a_search_for_needs_looks_further_where_conditions_leave_too_few(matching):
    over = [make_need(theme="seal", deadline=date(2020, 1, 1)) for _ in range(40)]
    standing = [make_need(id=f"n{at}", theme="rice") for at in range(5)]
    found = matching(*over, *standing, effort=SMALL)
    matches = found.needs_for(make_offer(theme="seal"), limit=4, conditions=Conditions(today=TODAY))
    assert [match.need_id for match in matches] == ["n0", "n1", "n2", "n3"]


def test_a_search_for_needs_gives_up_where_nearly_all_are_barred(matching, monkeypatch):
    monkeypatch.setattr("guantong.matching.matcher._MOST_HITS", 12)
    over = [make_need(theme="seal", deadline=date(2020, 1, 1)) for _ in range(100)]
    found = matching(*over, make_need(theme="rice"), effort=SMALL)
    offer = make_offer(theme="seal")
    assert found.needs_for(offer, limit=1, conditions=Conditions(today=TODAY)) == []
    assert len(found.needs_for(offer, limit=1)) == 1


def test_where_all_are_barred_the_search_ends_with_nothing(matching):
    found = matching(*(make_offer(theme="seal", valid_until=date(2020, 1, 1)) for _ in range(30)))
    need = make_need(theme="seal")
    assert found.offers_for(need, conditions=Conditions(today=TODAY)) == []


def test_only_kinds_asked_for_are_found(matching):
    result, device = make_offer(id="r", theme="seal"), make_instrument(id="i", theme="seal")
    found = matching(result, device)

    def ids(*kinds):
        asked = Conditions(kinds=frozenset(kinds))
        return sorted(
            match.offer_id for match in found.offers_for(make_need(theme="seal"), conditions=asked)
        )

    assert ids("achievement") == ["r"]
    assert ids("instrument") == ["i"]
    assert ids("achievement", "instrument") == ["i", "r"]
    assert ids("pilot_platform") == []
    assert ids("no such kind") == []
    assert ids() == []


def test_search_may_be_narrowed_to_kinds(matching):
    found = matching(make_offer(id="r", theme="seal"), make_instrument(id="i", theme="seal"))
    assert {each.id for each in found.search("密封")} == {"r", "i"}
    [only] = found.search("密封", kinds_=frozenset({"instrument"}))
    assert (only.id, only.kind) == ("i", "instrument")


def test_more_like_a_record_leaves_out_the_record_itself(matcher):
    found = matcher.like(offers()[0], limit=2)
    assert {each.id for each in found} == {"seal-2", "seal-3"}
    assert all(each.kind == "achievement" for each in found)
    stranger = matcher.like(make_offer(id="new", theme="seal"), limit=3)
    assert {each.id for each in stranger} == {"seal-1", "seal-2", "seal-3"}


def test_more_like_a_need_are_needs(matching):
    alike = make_need(id="alike", title="泵用密封材料")
    found = matching(*needs(), *offers(), alike).like(needs()[0], limit=1)
    assert [each.id for each in found] == ["alike"]


def test_an_organisation_has_no_side_to_look_on(matcher):
    with pytest.raises(InputError) as caught:
        matcher.like(make_organisation())
    assert caught.value.code == "matching.not_matched"


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("耐磨密封环", "seal"),
        ("硅碳负极", "battery"),
        ("水稻 盐碱地", "rice"),
        ("肿瘤药物", "drug"),
    ],
)
def test_words_find_what_they_name(matcher, words, theme):
    found = matcher.search(words, limit=3)
    assert found[0].id.startswith(theme)
    assert all(0 <= each.score <= 1 for each in found)
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)


def test_english_words_find_english_text_and_needs_are_searched_too(matcher):
    found = matcher.search("waste water membranes", side=Side.NEED, limit=2)
    assert "need-english" in {each.id for each in found}


def test_english_words_find_chinese_text(matcher):
    found = {each.id.split("-")[0] for each in matcher.search("lithium battery anode", limit=4)}
    assert "battery" in found


def test_closer_text_scores_higher(matcher):
    ranked = [match.offer_id for match in matcher.offers_for(make_need(theme="chip"), limit=24)]
    assert ranked.index("chip-1") < ranked.index("chip-2")
    assert ranked.index("chip-3") < ranked.index("rice-1")


def test_wishes_that_are_met_raise_the_score_and_missed_ones_lower_it(matching):
    model = make_model(meaning=0.1, maturity=0.2, base=0.3)
    found = matching(
        make_offer(id="ready", theme="seal", maturity=Maturity(level=8)),
        make_offer(id="silent", theme="seal"),
        make_offer(id="early", theme="seal", maturity=Maturity(level=2)),
        model=model,
    ).offers_for(make_need(theme="seal", maturity=Maturity(level=7)))
    assert [match.offer_id for match in found] == ["ready", "silent", "early"]
    verdicts = [match.explanation.gaps[0].verdict.value for match in found]
    assert verdicts == ["met", "unknown", "short"]


def test_a_need_of_no_kind_is_answered_by_every_kind(matching):
    from guantong.records import Need

    found = matching(make_offer(id="r", theme="seal"), make_instrument(id="i", theme="seal"))
    plain = Need(id="n", title="耐磨密封环")
    assert {match.offer_id for match in found.offers_for(plain)} == {"r", "i"}


@pytest.mark.parametrize("limit", [1, 10, 50])
def test_effort_grows_with_what_is_asked_for(limit):
    effort = SMALL.enough_for(limit)
    assert effort.hits >= effort.compared >= effort.weighed >= max(3, limit)
    wider = effort.wider()
    assert wider.hits > effort.hits
    assert wider.compared > effort.compared
    assert wider.weighed > effort.weighed
