from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from match_makers import indicator

from guantong.matching.reports.wording import (
    cut,
    indicator_value,
    kind_name,
    level_name,
    modes,
    money,
    money_range,
    plain,
    quantity,
    signed,
    verdict_name,
)
from guantong.text.gap import Verdict
from guantong.text.quantities import Comparator


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("8000000", "800 万元", "CNY 8 million"),
        ("350000", "35 万元", "CNY 350,000"),
        ("123456", "12.35 万元", "CNY 123,456"),
        ("5000", "5000 元", "CNY 5000"),
        ("120000000", "1.2 亿元", "CNY 120 million"),
        ("0", "0 元", "CNY 0"),
        ("-2000000", "-200 万元", "CNY -2 million"),
    ],
)
def test_amounts_are_shown_in_the_unit_people_use(amount, zh, en):
    assert money(Decimal(amount), "zh") == zh
    assert money(Decimal(amount), "en") == en


def test_a_range_of_money_is_shown_from_end_to_end_and_nothing_stays_nothing():
    assert money_range("3000000~5000000") == "300 万元至500 万元"
    assert money_range("3000000~5000000", "en") == "CNY 3 million – CNY 5 million"
    assert money_range("") == ""


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("0.9", "t", "0.9 t"),
        ("91.50", "%", "91.5%"),
        ("15", "℃", "15℃"),
        ("4000", "次", "4000次"),
        ("2.5", "mΩ·cm²", "2.5 mΩ·cm²"),
        ("5", "μm", "5 μm"),
        ("2000000", "元", "200 万元"),
        ("1", "TRL", "1 级"),
        ("1.0", "", "1"),
    ],
)
def test_figures_stand_apart_from_latin_units_only(value, unit, shown):
    assert quantity(Decimal(value), unit) == shown


@pytest.mark.parametrize("digits", [27, 28, 36, 40])
def test_an_absurd_amount_is_shown_and_not_fatal(digits):
    shown = quantity(Decimal("9" * digits), "元")
    assert shown.endswith(" 亿元")
    assert Decimal(shown.removesuffix(" 亿元")) == pytest.approx(Decimal(10) ** (digits - 8))


def test_units_that_are_words_are_translated():
    assert quantity(Decimal(30), "天", "en") == "30 days"
    assert quantity(Decimal(2), "TRL", "en") == "2 level(s)"


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (indicator("", Comparator.AT_LEAST, "67", "%"), "≥67%"),
        (indicator("", Comparator.LESS, "5", "ms"), "<5 ms"),
        (indicator("", Comparator.WITHIN, "0.1", "mm"), "±0.1 mm"),
        (indicator("", Comparator.EQUAL, "100", "kg"), "100 kg"),
        (indicator("", Comparator.ABOUT, "5", "%"), "约 5%"),
        (indicator("", Comparator.BETWEEN, "-40", "℃", upper=Decimal(85)), "-40~85℃"),
        (indicator("", Comparator.AT_LEAST, "80", "%", condition="1000次"), "≥80%（1000次）"),
        (indicator("", Comparator.EQUAL, "20", "%", change="+"), "提高 20%"),
        (indicator("", Comparator.EQUAL, "20", "%", change="-"), "降低 20%"),
    ],
)
def test_an_indicator_is_shown_with_comparator_range_change_and_condition(made, shown):
    assert indicator_value(made) == shown


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_a_plain_number_reads_back_as_the_same_number(number):
    shown = plain(number)
    assert Decimal(shown) == number
    assert "E" not in shown
    assert not ("." in shown and shown.endswith(("0", ".")))


def test_what_is_added_has_its_sign():
    assert [signed(value) for value in (0.421, -0.013, 0.001, -0.001)] == [
        "+0.42",
        "-0.01",
        "±0.00",
        "±0.00",
    ]


def test_levels_have_four_names():
    assert [level_name(level, "zh") for level in (1, 2, 3, 4)] == ["无", "弱", "较强", "强"]
    assert [level_name(level, "en") for level in (1, 2, 3, 4)] == [
        "none",
        "weak",
        "fairly strong",
        "strong",
    ]


def test_a_place_or_a_mode_differs_where_a_figure_falls_short():
    assert verdict_name("region", Verdict.SHORT, "zh") == "不符"
    assert verdict_name("indicator", Verdict.SHORT, "zh") == "不足"
    assert verdict_name("mode", Verdict.UNKNOWN, "zh") == "未说明"


def test_modes_are_translated_and_unknown_ones_kept():
    assert modes("合作开发、自选方式", "en") == "joint development, 自选方式"
    assert modes("合作开发、技术许可", "zh") == "合作开发、技术许可"


def test_a_kind_that_is_not_installed_keeps_its_word():
    assert kind_name("achievement", "zh") == "科技成果"
    assert kind_name("spaceship", "en") == "spaceship"


@given(st.text(max_size=60), st.integers(2, 30))
def test_a_cut_text_is_one_line_of_at_most_the_length(text, longest):
    shown = cut(text, longest)
    assert len(shown) <= longest
    assert "\n" not in shown


def test_a_short_text_is_not_cut():
    assert cut("一行\n又一行", 10) == "一行 又一行"
    assert cut("很长的一句话，还有下文", 8) == "很长的一句话…"
