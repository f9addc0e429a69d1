"""Whatever period is written, its days are found again, in order and inside the text."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.dates import find_dates

SPOKEN = date(2026, 2, 1)
YEARS = st.integers(1950, 2088)
MONTHS = st.integers(1, 12)
AROUND = st.sampled_from(["力争{}完成", "到{}，", "（{}）", "项目于{}启动。", "{}"])


def one(text, reference=SPOKEN):
    (found,) = find_dates(text, reference)
    return found


@settings(max_examples=80, deadline=None)
@given(YEARS, AROUND)
def test_a_year_runs_from_its_first_to_its_last_day(year, around):
    found = one(around.format(f"{year}年"))
    assert (found.start, found.end) == (date(year, 1, 1), date(year, 12, 31))


@settings(max_examples=80, deadline=None)
@given(YEARS, MONTHS, AROUND)
def test_a_month_ends_on_its_last_day(year, month, around):
    found = one(around.format(f"{year}年{month}月"))
    last = monthrange(year, month)[1]
    assert (found.start, found.end) == (date(year, month, 1), date(year, month, last))


@settings(max_examples=60, deadline=None)
@given(YEARS, st.sampled_from([("一", 1), ("二", 4), ("三", 7), ("四", 10)]), st.booleans())
def test_a_quarter_has_three_months(year, quarter, numbered):
    word, first = quarter
    found = one(f"{year}年{'第' if numbered else ''}{word}季度")
    assert (found.start, found.end.month) == (date(year, first, 1), first + 2)


@settings(max_examples=60, deadline=None)
@given(YEARS, st.integers(1, 9), st.sampled_from(["-", "—", "至", "～"]))
def test_a_span_of_years_holds_both(year, length, dash):
    found = one(f"{year}{dash}{year + length}年")
    assert (found.start.year, found.end.year) == (year, year + length)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(date(1950, 1, 1), date(2088, 12, 31)), min_size=1, max_size=4))
def test_days_in_a_row_are_found_in_order(days):
    text = "；".join(f"{day.year}年{day.month}月{day.day}日" for day in days)
    found = find_dates(text)
    assert [item.start for item in found] == days
    assert all(item.start == item.end for item in found)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789年月日底初上下半季度第一二三十五“”期间末至-.今去明近以来 ", max_size=40))
def test_no_text_breaks_the_order_of_days_and_spans(text):
    found = find_dates(text, SPOKEN)
    assert all(item.start <= item.end for item in found)
    ends = [(item.span.start, item.span.end) for item in found]
    assert ends == sorted(ends)
    assert all(low < high <= len(text) for low, high in ends)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023年2月", date(2023, 2, 1), date(2023, 2, 28)),
        ("2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026年初", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_ends_of_periods_follow_the_calendar(text, start, end):
    found = one(text)
    assert (found.start, found.end) == (start, end)
