"""What may be matched at all, and the code of what stands against it."""

from datetime import date, timedelta

import pytest
from builders import make_need, make_offer
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.conditions import EVERYTHING, Conditions
from guantong.records import Disclosure

TODAY = date(2026, 11, 22)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def against(need=None, offer=None, **conditions):
    return Conditions(**conditions).against_offer(need or make_need(), offer or make_offer())


def test_without_conditions_everything_may_match():
    old = make_offer(valid_until=date(1990, 1, 1), disclosure=Disclosure.NAMED)
    assert against(offer=old) is None
    expired = make_need(deadline=date(1990, 1, 1), disclosure=Disclosure.NAMED)
    assert Conditions().against_need(expired) is None


@pytest.mark.parametrize(
    ("valid_until", "code"),
    [(YESTERDAY, "condition.expired"), (TODAY, None), (TOMORROW, None), (None, None)],
)
def test_the_last_valid_day_still_counts(valid_until, code):
    assert against(offer=make_offer(valid_until=valid_until), today=TODAY) == code


@pytest.mark.parametrize(
    ("valid_until", "deadline", "code"),
    [
        (None, None, None),
        (TODAY, TODAY, None),
        (TOMORROW, None, None),
        (YESTERDAY, TOMORROW, "condition.expired"),
        (TOMORROW, YESTERDAY, "condition.expired"),
        (None, YESTERDAY, "condition.expired"),
    ],
)
def test_a_need_is_over_with_its_validity_or_its_deadline(valid_until, deadline, code):
    need = make_need(valid_until=valid_until, deadline=deadline)
    assert Conditions(today=TODAY).against_need(need) == code


@pytest.mark.parametrize("level", Disclosure)
@pytest.mark.parametrize("shown", [{Disclosure.PUBLIC}, {Disclosure.PUBLIC, Disclosure.REGISTERED}])
def test_only_what_the_reader_may_see_is_matched(level, shown):
    code = None if level in shown else "condition.not_disclosed"
    conditions = Conditions(disclosures=frozenset(shown))
    assert conditions.against_offer(make_need(), make_offer(disclosure=level)) == code
    assert conditions.against_need(make_need(disclosure=level)) == code


@pytest.mark.parametrize(
    ("excluded", "organisation"),
    [
        ("南京理工大学", "南京理工大学"),
        ("南京理工", "南京理工大学"),
        ("南京理工大学", "南京理工大学化学与化工学院"),
        ("示例泵业有限公司", "示例泵业股份有限公司"),
        ("示例泵业", "示例泵业有限公司"),
    ],
)
def test_an_excluded_organisation_is_known_by_its_other_names(excluded, organisation):
    need = make_need(excluded_organisations=("别的单位", excluded))
    assert against(need, make_offer(organisation=organisation)) == "condition.excluded"


@pytest.mark.parametrize("organisation", ["", "南京大学", "南京工业大学"])
def test_organisations_that_are_not_on_the_list_may_match(organisation):
    need = make_need(excluded_organisations=("南京理工大学", ""))
    assert against(need, make_offer(organisation=organisation)) is None


@pytest.mark.parametrize("name", ["示例泵业有限公司", "示例泵业股份有限公司"])
def test_nobody_is_offered_what_is_his_own(name):
    need = make_need(organisation="示例泵业有限公司")
    assert against(need, make_offer(organisation=name)) == "condition.own_offer"


def test_two_records_without_an_organisation_are_not_one_party():
    assert against(make_need(organisation=""), make_offer(organisation="")) is None


def test_of_several_conditions_the_first_is_named():
    need = make_need(organisation="甲公司", excluded_organisations=("甲公司",))
    offer = make_offer(organisation="甲公司", valid_until=YESTERDAY, disclosure=Disclosure.NAMED)
    codes = [
        against(need, offer, today=TODAY, disclosures=frozenset({Disclosure.PUBLIC})),
        against(need, offer, disclosures=frozenset({Disclosure.PUBLIC})),
        against(need, offer),
    ]
    assert codes == ["condition.expired", "condition.not_disclosed", "condition.excluded"]


@given(
    st.none() | st.just(TODAY),
    st.sets(st.sampled_from(Disclosure)).map(frozenset),
    st.sampled_from(["", "甲公司"]),
    st.sampled_from([(), ("乙公司",)]),
    st.none() | st.sampled_from([YESTERDAY, TODAY]),
    st.sampled_from(Disclosure),
    st.sampled_from(["", "甲公司", "乙公司"]),
)
def test_where_everything_may_pass_no_offer_fails(
    today, shown, wanting, excluded, valid_until, level, offering
):
    conditions = Conditions(today=today, disclosures=shown)
    need = make_need(organisation=wanting, excluded_organisations=excluded)
    offer = make_offer(valid_until=valid_until, disclosure=level, organisation=offering)
    if conditions.let_pass(need):
        assert shown == EVERYTHING
        assert conditions.against_offer(need, offer) is None
