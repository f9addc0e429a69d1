from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.reading.statements import (
    Change,
    IndicatorFacts,
    Modality,
    Statement,
    StatementKind,
    SupportFacts,
    TaskFacts,
)
from guantong.reading.wording import cut, cut_inside, details, figure, headline, number, promise
from guantong.text.spans import Span

FACTS = IndicatorFacts(
    indicator="规上工业总产值",
    value=Decimal(5_000_000_000_000),
    unit="元",
    comparator=">",
    change=Change.LEVEL,
    modality=Modality.TARGET,
    time="2030",
    place="贵州省",
)
SUPPORT = SupportFacts(
    beneficiary="新建项目",
    instrument="补助",
    rate=Decimal("0.35"),
    base="总投资",
    amount=None,
    cap=Decimal(100_000_000),
)


def statement(kind, facts):
    return Statement(
        kind=kind, quote="q", span=Span(0, 1), facts=facts, confidence=1, rule="r", block=0
    )


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("5000000000000", "元", "5万亿元", "CNY 5 trillion"),
        ("220000000000", "元", "2200亿元", "CNY 220 billion"),
        ("300000", "元", "30万元", "CNY 300,000"),
        ("5000", "元", "5000元", "CNY 5,000"),
        ("600000", "人", "60万人", "600,000 人"),
        ("8.7", "%", "8.7%", "8.7%"),
        ("1.25", "个百分点", "1.25个百分点", "1.25 个百分点"),
        ("12345678", "吨", "1234.5678万吨", "12,345,678 吨"),
        ("0", "家", "0家", "0 家"),
        ("-2", "%", "-2%", "-2%"),
        ("100", "", "100", "100"),
    ],
)
def test_figures_are_worded_as_people_write_them(value, unit, zh, en):
    assert number(Decimal(value), unit) == zh
    assert number(Decimal(value), unit, "en") == en


@pytest.mark.parametrize(
    ("comparator", "zh", "en"),
    [
        ("=", "5万亿元", "CNY 5 trillion"),
        (">", "超5万亿元", "over CNY 5 trillion"),
        (">=", "5万亿元以上", "at least CNY 5 trillion"),
        ("<", "不足5万亿元", "under CNY 5 trillion"),
        ("<=", "不超过5万亿元", "at most CNY 5 trillion"),
        ("~", "5万亿元左右", "about CNY 5 trillion"),
    ],
)
def test_comparators_become_words(comparator, zh, en):
    facts = replace(FACTS, comparator=comparator)
    assert (figure(facts), figure(facts, "en")) == (zh, en)


def test_a_range_names_both_ends():
    facts = replace(FACTS, value=Decimal(10), value_max=Decimal(15), unit="家", comparator="=")
    assert figure(facts) == "10家至15家"


@pytest.mark.parametrize(
    ("change", "zh"), [(Change.GROWTH, "增长5%左右"), (Change.DECREASE, "下降5%左右")]
)
def test_a_movement_says_its_direction(change, zh):
    facts = replace(FACTS, value=Decimal(5), unit="%", comparator="~", change=change)
    assert figure(facts) == zh


def test_a_support_says_who_gets_what():
    assert headline(statement(StatementKind.SUPPORT, SUPPORT)) == (
        "新建项目：补助，总投资的35%，最高1亿元"
    )


@pytest.mark.parametrize(
    ("changes", "zh"),
    [
        ({"rate": None, "base": None}, "补助，最高1亿元"),
        ({"base": None, "cap": None}, "补助，35%"),
        (
            {"rate": None, "base": "平方米", "amount": Decimal(10), "cap": None},
            "补助，每平方米10元",
        ),
        (
            {"rate": None, "base": "每个岗位", "amount": Decimal(2000), "cap": None},
            "补助，每个岗位2000元",
        ),
        ({"rate": None, "base": None, "cap": None, "instrument": "其他"}, "其他扶持"),
    ],
)
def test_a_support_is_worded_by_what_it_states(changes, zh):
    assert promise(replace(SUPPORT, **changes)) == zh


def test_a_support_for_nobody_in_particular_says_so():
    facts = replace(SUPPORT, beneficiary=None)
    assert headline(statement(StatementKind.SUPPORT, facts)).startswith("（未写明对象）：")


def test_a_short_line_never_loses_its_figure():
    facts = replace(SUPPORT, beneficiary="特" * 60)
    shown = headline(statement(StatementKind.SUPPORT, facts), longest=10)
    assert shown == "特" * 9 + "…：补助，总投资的35%，最高1亿元"


def test_details_leave_out_what_is_not_known():
    facts = replace(FACTS, time=None, place=None)
    assert details(statement(StatementKind.INDICATOR, facts)) == [("性质", "目标")]
    task = TaskFacts(text="建平台", responsible=(), deadline=None, position=None)
    assert details(statement(StatementKind.TASK, task)) == []


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_is_one_line_of_the_length_allowed(text, longest):
    for shown in (cut(text, longest), cut_inside(text, longest)):
        assert len(shown) <= longest
        assert "\n" not in shown


def test_a_text_is_cut_at_its_end_and_a_quote_inside():
    assert cut("一二三四五六", 4) == "一二三…"
    assert cut_inside("一二三四五六", 5) == "一二…五六"
    assert cut("一二三", 3) == cut_inside("一二三", 3) == "一二三"


@given(st.decimals(0, 10**13, places=2, allow_nan=False))
def test_the_worded_figure_is_the_figure(value):
    scales = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
    shown = number(value, "")
    word = next(word for word in scales if shown.endswith(word))
    back = Decimal(shown.removesuffix(word)) * scales[word]
    assert abs(back - value) <= Decimal("0.0001") * scales[word]
