"""Dates and periods are read in every usual form."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.text.dates import find_dates, parse_date, render_date

SPOKEN = date(2026, 2, 1)
STYLES = ["iso", "slashes", "dots", "digits", "chinese", "numerals"]


def spans(text, reference=SPOKEN):
    return [
        (found.span.of(text), found.start.isoformat(), found.end.isoformat(), str(found.precision))
        for found in find_dates(text, reference)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-04",
        "2026/1/4",
        "2026.1.4",
        "2026年1月4日",
        "2026 年 1 月 4 日",
        "20260104",
        "二〇二六年一月四日",
        "二零二六年一月四号",
        "２０２６年１月４日",
        "2026-01-04 00:00:00",
        "2026-01-04T08:30:00Z",
    ],
)
def test_every_usual_form_of_a_day_is_read(text):
    assert parse_date(text) == date(2026, 1, 4)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026年", "昨天", "", "1月4日", "2026-13-01", "0000-01-01"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(InputError) as caught:
        parse_date(text)
    assert caught.value.code == "quantities.not_a_date"


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(STYLES))
def test_a_day_that_is_written_is_read_back(day, style):
    assert parse_date(render_date(day, style)) == day


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1950, 1, 1), date(2089, 12, 31)),
    st.sampled_from(["iso", "slashes", "dots", "chinese", "numerals"]),
)
def test_a_day_in_a_sentence_is_found_with_its_span(day, style):
    written = render_date(day, style)
    text = f"会议于{written}召开。"
    (found,) = find_dates(text)
    assert (found.start, found.end) == (day, day)
    assert found.span.of(text) == written


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2026年", "2026-01-01", "2026-12-31", "year"),
        ("2025年度", "2025-01-01", "2025-12-31", "year"),
        ("2025年12月", "2025-12-01", "2025-12-31", "month"),
        ("2026年一季度", "2026-01-01", "2026-03-31", "quarter"),
        ("2026年第三季度", "2026-07-01", "2026-09-30", "quarter"),
        ("今年前三季度", "2026-01-01", "2026-09-30", "quarter"),
        ("2026年上半年", "2026-01-01", "2026-06-30", "half"),
        ("下半年", "2026-07-01", "2026-12-31", "half"),
        ("2025年底", "2025-12-01", "2025-12-31", "month"),
        ("去年", "2025-01-01", "2025-12-31", "year"),
        ("前年", "2024-01-01", "2024-12-31", "year"),
        ("明年", "2027-01-01", "2027-12-31", "year"),
        ("5月份", "2026-05-01", "2026-05-31", "month"),
        ("1月4日", "2026-01-04", "2026-01-04", "day"),
        ("1月20日至23日", "2026-01-20", "2026-01-23", "day"),
        ("2026-2027年", "2026-01-01", "2027-12-31", "years"),
        ("2021年至2025年", "2021-01-01", "2025-12-31", "years"),
        ("近三年", "2023-02-02", "2026-02-01", "years"),
        ("本世纪中叶", "2050-01-01", "2050-12-31", "year"),
        ("“十五五”末", "2030-01-01", "2030-12-31", "year"),
        ("“十五五”时期", "2026-01-01", "2030-12-31", "years"),
        ("“十四五”期间", "2021-01-01", "2025-12-31", "years"),
        ("“十四五”以来", "2021-01-01", "2025-12-31", "years"),
        ("“十五五”以来", "2026-01-01", "2026-02-01", "years"),
        ("“十四五”收官之年", "2025-01-01", "2025-12-31", "year"),
        ("十五五开局之年", "2026-01-01", "2026-12-31", "year"),
    ],
)
def test_periods_have_a_first_and_a_last_day(text, start, end, precision):
    assert spans(text) == [(text, start, end, precision)]


def test_a_deadline_is_marked():
    (found,) = find_dates("到2030年")
    assert found.until and found.end == date(2030, 12, 31)
    (other,) = find_dates("2030年")
    assert not other.until


def test_what_leans_on_a_reference_date_is_left_out_without_one():
    assert find_dates("今年、近三年和1月4日，上半年") == []
    assert len(find_dates("今年、近三年和1月4日，上半年", SPOKEN)) == 4


def test_a_month_right_after_a_date_has_its_year():
    found = find_dates("2025年3月1日至5月2日", SPOKEN)
    assert [(item.start, item.end) for item in found] == [
        (date(2025, 3, 1), date(2025, 3, 1)),
        (date(2025, 5, 2), date(2025, 5, 2)),
    ]


def test_the_same_year_means_the_year_last_named():
    assert [item.start.year for item in find_dates("2024年立项，当年投产", SPOKEN)] == [2024, 2024]
    assert [item.start.year for item in find_dates("去年、今年、明年", SPOKEN)] == [
        2025,
        2026,
        2027,
    ]


@pytest.mark.parametrize(
    "text",
    ["十五家企业", "2月30日", "2025年13月", "3.5个月", "100年", "电话2026-0104", "十五五规划"],
)
def test_no_day_is_made_up(text):
    assert all(item[0].endswith("年") and item[3] == "year" for item in spans(text))
    assert text[:3] not in {item[0] for item in spans(text)}


def test_leap_days_survive_counting_back():
    (found,) = find_dates("近一年", date(2024, 2, 29))
    assert found.start == date(2023, 3, 1)
