"""Numbers are read and written as officials do."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.messages import render
from guantong.text.numbers import parse_number, read_number, render_number, scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("0", "0"),
        ("3.2万亿", "3200000000000"),
        ("5百万", "5000000"),
        ("500亿", "50000000000"),
        ("３２．５万", "325000"),
        ("-7.25", "-7.25"),
        ("负三点五", "-3.5"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百一十", "110"),
        ("三百二十万", "3200000"),
        ("一万零五百", "10500"),
        ("一万亿", "1000000000000"),
        ("三万五千亿", "3500000000000"),
        ("两百零五万", "2050000"),
        ("一亿零三", "100000003"),
        ("叁佰万", "3000000"),
        ("二〇二六", "2026"),
    ],
)
def test_digits_scales_and_chinese_numerals_are_read(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(("text", "value"), [("三百二", 320), ("一万五", 15000), ("两千三", 2300)])
def test_the_last_scale_may_be_left_unsaid(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百分之三十", "0.3"),
        ("百分之30", "0.3"),
        ("30%", "0.3"),
        ("30％", "0.3"),
        ("5‰", "0.005"),
        ("千分之五", "0.005"),
        ("两成", "0.2"),
        ("三成半", "0.35"),
        ("四分之一", "0.25"),
        ("一半", "0.5"),
    ],
)
def test_shares_are_fractions_of_one(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "面议", "十几", "1.2.3", "两两", "万亿元", "12,34", "零分之一"]
)
def test_what_is_no_number_is_refused_with_its_text(text):
    with pytest.raises(InputError) as caught:
        parse_number(text)
    assert caught.value.code == "quantities.not_a_number"
    assert text in render(caught.value.code, **caught.value.params)


def test_read_number_answers_none_instead_of_raising():
    assert read_number("三百") == 300
    assert read_number("三百家") is None


def test_scale_words_multiply():
    assert scale("") == 1
    assert scale("万亿") == 10**12


@pytest.mark.parametrize(
    ("value", "digits", "mixed", "chinese"),
    [
        (0, "0", "0", "零"),
        (15, "15", "15", "十五"),
        (110, "110", "110", "一百一十"),
        (10500, "10,500", "1.05万", "一万零五百"),
        (3200000, "3,200,000", "320万", "三百二十万"),
        (-25000, "-25,000", "-2.5万", "负二万五千"),
        (10**12, "1,000,000,000,000", "1万亿", "一万亿"),
        (100000003, "100,000,003", "1.00000003亿", "一亿零三"),
    ],
)
def test_numbers_are_written_in_three_styles(value, digits, mixed, chinese):
    assert render_number(value, "digits") == digits
    assert render_number(value) == mixed
    assert render_number(value, "chinese") == chinese


def test_chinese_numerals_end_below_ten_to_the_sixteenth():
    assert parse_number(render_number(10**16 - 1, "chinese")) == 10**16 - 1
    with pytest.raises(InputError) as caught:
        render_number(10**16, "chinese")
    assert caught.value.code == "quantities.too_large"


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-(10**16) + 1, 10**16 - 1),
    st.integers(0, 4),
    st.sampled_from(["digits", "mixed", "chinese"]),
)
def test_a_number_that_is_written_is_read_back(digits, places, style):
    value = Decimal(digits).scaleb(-places)
    assert parse_number(render_number(value, style)) == value
