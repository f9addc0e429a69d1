"""What is asked and stated beside the text is met, partly met, short or unknown (no fault)."""

from datetime import date
from decimal import Decimal

import pytest
from builders import make_need, make_offer
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.facts import (
    FACT_FEATURES,
    FactGap,
    asks_nothing,
    compare_facts,
    indicators_of,
    shared_modes,
)
from guantong.records import Maturity, Money, PriceMode
from guantong.text.gap import Verdict
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator

MET, SHORT, PARTLY, UNKNOWN = Verdict.MET, Verdict.SHORT, Verdict.PARTLY, Verdict.UNKNOWN
STRENGTH = Indicator("抗弯强度", Comparator.AT_LEAST, Decimal(350), "MPa")


def fact(name, need, offer):
    """Return the value of one fact and its row of the gap table."""
    found = compare_facts(make_need(**need), make_offer(**offer))
    gaps = [gap for gap in found.gaps if gap.fact == name]
    assert len(gaps) <= 1
    return found.values[name], gaps[0] if gaps else None


def trl(level):
    return {"maturity": Maturity(level=level)}


def yuan(low=None, high=None, mode=None):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return {"money": Money(low=ends[0], high=ends[1], mode=mode)}


def strong(value):
    return Indicator("抗弯强度", Comparator.AT_LEAST, Decimal(value), "MPa")


@pytest.mark.parametrize(
    "stated",
    [
        {"fields": ("新材料",)},
        {"industries": ("3441",)},
        {"region": "江苏省南京市"},
        {"modes": ("技术转让",)},
        {"indicators": (STRENGTH,)},
        {"valid_until": date(2027, 1, 1)},
        trl(6),
        yuan(high=100),
    ],
)
def test_what_only_the_offer_states_counts_neither_way(stated):
    found = compare_facts(make_need(), make_offer(**stated))
    assert found.values == dict.fromkeys(FACT_FEATURES, 0.0)
    assert found.gaps == ()
    assert found.indicators == ()


@pytest.mark.parametrize(
    ("name", "wish", "wanted"),
    [
        ("maturity", trl(6), "TRL 6"),
        ("region", {"region": "江苏省南京市"}, "江苏省南京市"),
        ("mode", {"modes": ("技术转让", "合作开发")}, "技术转让、合作开发"),
        ("money", yuan(high=5000000), "5000000"),
        ("time", {"deadline": date(2027, 6, 30)}, "2027-06-30"),
    ],
)
def test_what_the_offer_leaves_open_is_unknown_and_counts_neither_way(name, wish, wanted):
    value, gap = fact(name, wish, {})
    assert value == 0
    assert gap == FactGap(name, wanted, "", UNKNOWN)


@pytest.mark.parametrize(
    ("wanted", "offered", "value", "verdict", "short"),
    [
        (6, 6, 1, MET, None),
        (6, 9, 1, MET, None),
        (6, 5, -1 / 3, SHORT, 1),
        (6, 4, -2 / 3, SHORT, 2),
        (6, 3, -1, SHORT, 3),
        (9, 1, -1, SHORT, 8),
    ],
)
def test_readiness_below_the_level_asked_for_is_short_by_levels(
    wanted, offered, value, verdict, short
):
    found, gap = fact("maturity", trl(wanted), trl(offered))
    assert found == pytest.approx(value)
    assert gap.verdict is verdict
    assert (gap.wanted, gap.offered) == (f"TRL {wanted}", f"TRL {offered}")
    assert gap.shortfall == (None if short is None else Decimal(short))
    assert gap.unit == "TRL"


@pytest.mark.parametrize(
    ("wanted", "offered", "value", "verdict"),
    [
        ("江苏省南京市江宁区", "江宁区", 1, MET),
        ("江苏省南京市江宁区", "南京市鼓楼区", 1, MET),
        ("南京", "江苏省南京市", 1, MET),
        ("上海市", "上海市浦东新区", 1, MET),
        ("江苏省南京市", "江苏省常州市", 0.5, PARTLY),
        ("江苏省南京市", "江苏省", 0.5, PARTLY),
        ("江苏省南京市", "安徽省合肥市", 0.3, PARTLY),
        ("江苏省南京市", "广东省深圳市", 0, SHORT),
    ],
)
def test_the_nearer_the_place_the_better(wanted, offered, value, verdict):
    found, gap = fact("region", {"region": wanted}, {"region": offered})
    assert found == value
    assert gap == FactGap("region", wanted, offered, verdict)


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [("南京市", "某地"), ("某地", "南京市"), ("鼓楼区", "南京市"), ("南京市", "鼓楼区")],
)
def test_a_place_that_nobody_knows_or_that_may_be_several_is_unknown(wanted, offered):
    value, gap = fact("region", {"region": wanted}, {"region": offered})
    assert value == 0
    assert gap == FactGap("region", wanted, offered, UNKNOWN)


def test_one_shared_way_of_cooperating_is_enough():
    wish = {"modes": ("技术转让", "合作开发")}
    assert fact("mode", wish, {"modes": ("合作开发", "技术咨询")}) == (
        1,
        FactGap("mode", "技术转让、合作开发", "合作开发、技术咨询", MET),
    )


def test_a_shortened_way_of_cooperating_is_the_same_one():
    assert fact("mode", {"modes": ("转让",)}, {"modes": ("技术转让",)})[0] == 1
    assert shared_modes(("转让", "许可", "入股"), ("技术转让", "许可")) == ("转让", "许可")


def test_other_ways_of_cooperating_speak_against_a_match():
    value, gap = fact("mode", {"modes": ("技术转让",)}, {"modes": ("合作开发",)})
    assert -1 < value < 0
    assert gap == FactGap("mode", "技术转让", "合作开发", SHORT)


@pytest.mark.parametrize(
    ("budget", "price", "value", "verdict", "short"),
    [
        (yuan(high=500), yuan(low=500), 1, MET, None),
        (yuan(high=500), yuan(low=400, high=900), 1, MET, None),
        (yuan(low=100, high=500), yuan(low=100, high=100), 1, MET, None),
        (yuan(high=500), yuan(high=300), 1, MET, None),
        (yuan(low=500), yuan(low=300, high=400), 1, MET, None),
        (yuan(high=500), yuan(mode=PriceMode.FREE), 1, MET, None),
        (yuan(high=0), yuan(low=0), 1, MET, None),
        (yuan(high=400), yuan(low=500), -0.25, SHORT, 100),
        (yuan(high=400), yuan(low=800, high=900), -1, SHORT, 400),
        (yuan(high=400), yuan(low=4000), -1, SHORT, 3600),
        (yuan(high=0), yuan(low=1), -1, SHORT, 1),
        (yuan(low=500), yuan(low=600), 0, UNKNOWN, None),
        (yuan(high=500), yuan(high=600), 0, UNKNOWN, None),
        (yuan(high=500), yuan(mode=PriceMode.NEGOTIATED), 0, UNKNOWN, None),
    ],
)
def test_a_price_is_held_against_the_budget(budget, price, value, verdict, short):
    found, gap = fact("money", budget, price)
    assert found == pytest.approx(value)
    assert gap.verdict is verdict
    assert gap.shortfall == (None if short is None else Decimal(short))
    assert gap.unit == ("" if short is None else "元")


def test_what_is_free_is_offered_at_nothing():
    assert fact("money", yuan(high=500), yuan(mode=PriceMode.FREE))[1].offered == "0"


@pytest.mark.parametrize("money", [None, Money(mode=PriceMode.NEGOTIATED)])
def test_without_a_figure_nothing_is_asked_of_the_price(money):
    assert fact("money", {"money": money}, yuan(low=5)) == (0, None)


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (yuan(low=100, high=500), "100~500"),
        (yuan(low=100, high=100), "100"),
        (yuan(high="5E+6"), "5000000"),
    ],
)
def test_amounts_are_shown_as_plain_figures(money, shown):
    assert fact("money", money, {})[1].wanted == shown


@pytest.mark.parametrize(
    ("valid_until", "value", "verdict", "short"),
    [
        (date(2027, 6, 30), 1, MET, None),
        (date(2028, 1, 1), 1, MET, None),
        (date(2027, 6, 29), -0.5, SHORT, 1),
        (date(2026, 6, 30), -0.5, SHORT, 365),
    ],
)
def test_an_offer_should_still_stand_at_the_deadline(valid_until, value, verdict, short):
    deadline = {"deadline": date(2027, 6, 30)}
    found, gap = fact("time", deadline, {"valid_until": valid_until})
    assert (found, gap.verdict) == (value, verdict)
    assert gap.shortfall == (None if short is None else Decimal(short))
    assert gap.unit == ("" if short is None else "天")


@pytest.mark.parametrize(
    ("wanted", "offered", "value"),
    [
        ({"fields": ("新材料",)}, {"fields": ("新材料",)}, 1),
        ({"industries": ("3441",)}, {"industries": ("3441",)}, 1),
        ({"industries": ("3441",)}, {"industries": ("C3441",)}, 1),
        ({"fields": ("新材料",), "industries": ("3441",)}, {"industries": ("3441",)}, 1),
        ({"fields": ("新材料",)}, {"industries": ("3441",)}, 0),
        ({"industries": ("没有这个行业",)}, {"industries": ("3441",)}, 0),
    ],
)
def test_fields_and_industries_are_compared_and_the_nearer_counts(wanted, offered, value):
    found, gap = fact("field", wanted, offered)
    assert found == value
    assert gap is None


def test_industries_of_one_group_are_nearer_than_those_of_one_division():
    near = fact("field", {"industries": ("3441",)}, {"industries": ("3442",)})[0]
    far = fact("field", {"industries": ("3441",)}, {"industries": ("3421",)})[0]
    assert 1 > near > far > 0


@pytest.mark.parametrize(
    ("promises", "value", "verdict"),
    [
        ((strong(400),), 1, MET),
        ((strong(300),), -0.5, SHORT),
        ((), 0, UNKNOWN),
        ((Indicator("粒度", Comparator.AT_MOST, Decimal(5), "μm"),), 0, UNKNOWN),
    ],
)
def test_indicators_count_by_how_many_are_met(promises, value, verdict):
    found = compare_facts(make_need(indicators=(STRENGTH,)), make_offer(indicators=promises))
    assert found.values["indicators"] == value
    assert [row.gap.verdict for row in found.indicators] == [verdict]


def test_a_range_covered_in_part_counts_a_little():
    wanted = Indicator("工作温度", Comparator.BETWEEN, Decimal(-40), "℃", Decimal(85))
    offered = Indicator("工作温度", Comparator.BETWEEN, Decimal(-20), "℃", Decimal(85))
    found = compare_facts(make_need(indicators=(wanted,)), make_offer(indicators=(offered,)))
    assert found.indicators[0].gap.verdict is PARTLY
    assert 0 < found.values["indicators"] < 1


def test_indicators_met_and_missed_are_averaged_over_all_that_are_asked():
    other = Indicator("孔隙率", Comparator.AT_MOST, Decimal(2), "%")
    need = make_need(indicators=(STRENGTH, other))
    assert compare_facts(need, make_offer(indicators=(strong(400),))).values["indicators"] == 0.5


def test_indicators_in_the_text_count_like_those_that_were_entered():
    need = make_need(description="抗弯强度不低于350MPa。")
    found = compare_facts(need, make_offer(summary="材料抗弯强度达到400MPa以上。"))
    assert [row.gap.verdict for row in found.indicators] == [MET]
    assert found.values["indicators"] == 1


def test_an_indicator_both_entered_and_written_counts_once():
    need = make_need(description="抗弯强度不低于350MPa。", indicators=(STRENGTH,))
    assert indicators_of(need) == (STRENGTH,)


def test_gaps_stand_in_one_order():
    need = make_need(
        region="南京市", modes=("技术转让",), deadline=date(2027, 1, 1), **trl(6), **yuan(high=5)
    )
    gaps = compare_facts(need, make_offer()).gaps
    assert [gap.fact for gap in gaps] == ["maturity", "region", "mode", "money", "time"]


@pytest.mark.parametrize(
    "asked",
    [
        {"fields": ("新材料",)},
        {"industries": ("3441",)},
        {"region": "江苏省南京市"},
        {"modes": ("技术转让",)},
        {"indicators": (STRENGTH,)},
        {"description": "抗弯强度不低于350MPa。"},
        {"deadline": date(2027, 1, 1)},
        trl(6),
        yuan(high=100),
    ],
)
def test_a_need_that_states_anything_asks_something(asked):
    assert not asks_nothing(make_need(**asked))


def test_a_need_of_text_alone_asks_nothing_and_no_fact_counts_for_it():
    need = make_need(theme="seal", valid_until=date(2027, 1, 1), keywords=("密封",))
    assert asks_nothing(need)
    full = make_offer(
        theme="seal",
        fields=("新材料",),
        region="南京市",
        modes=("技术转让",),
        indicators=(STRENGTH,),
        **trl(9),
        **yuan(low=1),
    )
    assert not any(compare_facts(need, full).values.values())


maturities = st.none() | st.integers(1, 9).map(lambda level: Maturity(level=level))
amounts = st.none() | st.integers(0, 10**9).map(Decimal)
moneys = st.none() | st.builds(
    Money, low=amounts, high=amounts, mode=st.none() | st.sampled_from(PriceMode)
).filter(lambda money: None in (money.low, money.high) or money.low <= money.high)
stated = st.fixed_dictionaries(
    {},
    optional={
        "maturity": maturities,
        "money": moneys,
        "region": st.sampled_from(["", "南京市", "江苏省", "上海", "某地", "深圳市南山区"]),
        "modes": st.lists(st.sampled_from(["技术转让", "合作开发", "其他"]), max_size=2).map(tuple),
        "fields": st.lists(st.sampled_from(["新材料", "生物医药"]), max_size=2).map(tuple),
        "indicators": st.just((STRENGTH,)),
        "valid_until": st.none() | st.dates(),
    },
)


@given(stated, st.none() | st.dates(), stated)
def test_every_fact_lies_between_against_and_for_and_its_verdict_says_the_same(
    wanted, deadline, offered
):
    found = compare_facts(make_need(**wanted, deadline=deadline), make_offer(**offered))
    assert tuple(found.values) == FACT_FEATURES
    assert all(-1 <= value <= 1 for value in found.values.values())
    for gap in found.gaps:
        value = found.values[gap.fact]
        assert {MET: value == 1, UNKNOWN: value == 0, PARTLY: 0 < value < 1, SHORT: value <= 0}[
            gap.verdict
        ]
        assert gap.shortfall is None or gap.shortfall > 0
        assert gap.verdict is SHORT or gap.shortfall is None


@given(stated)
def test_an_offer_that_states_just_what_is_asked_is_never_short(wanted):
    found = compare_facts(make_need(**wanted), make_offer(**wanted))
    assert all(gap.verdict is not SHORT for gap in found.gaps)
    assert all(row.gap.verdict is MET for row in found.indicators)
