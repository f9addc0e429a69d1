"""Times in sentences: years, months, plans, periods, relative years."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.statements.times import (
    Section,
    find_times,
    section_of_heading,
    section_of_opening,
)


@pytest.mark.parametrize(
    ("text", "value", "deadline"),
    [
        ("2031年", "2031", False),
        ("2031年度", "2031", False),
        ("到2035年", "2035", True),
        ("2035年底", "2035", True),
        ("截至2031年末", "2031", True),
        ("2031年12月", "2031-12", False),
        ("2031年3月5日", "2031-03", False),
        ("2031—2035年", "2031-2035", False),
        ("2031年至2035年", "2031-2035", False),
        ("“十五五”时期", "2026-2030", False),
        ("“十五五”以来", "2026-2030", False),
        ("十五五期间", "2026-2030", False),
        ("到“十五五”末", "2030", True),
        ("2028年以来", "2028-2031", False),
        ("去年", "2031", False),
        ("今年", "2032", False),
        ("明年", "2033", False),
        ("过去一年", "2031", False),
        ("一年来", "2031", False),
        ("五年来", "2027-2031", False),
        ("过去五年", "2027-2031", False),
        ("这五年", "2027-2031", False),
        ("近三年", "2029-2031", False),
        ("未来三年", "2032-2034", False),
        ("今后五年", "2032-2036", False),
        ("2032全国智能体开发者大会", "2032", False),
    ],
)
def test_a_time_is_read_as_year_month_or_period(text: str, value: str, deadline: bool) -> None:
    (found,) = find_times(text + "，", 2032)
    assert found.value == value
    if deadline:
        assert found.deadline


@pytest.mark.parametrize(
    "text", ["比2030年增长", "较2030年提高", "2031年第四次会议", "全年任务",
             "三年级学生", "千年古城"]
)  # fmt: skip
def test_what_is_compared_with_or_only_numbered_is_no_time(text: str) -> None:
    assert find_times(text, 2032) == []


def test_relative_years_need_a_year_to_count_from() -> None:
    assert find_times("去年和五年来", None) == []


@settings(max_examples=80, deadline=None)
@given(year=st.integers(2010, 2049), month=st.integers(1, 12), pad=st.booleans())
def test_a_rendered_month_is_read_back(year: int, month: int, pad: bool) -> None:
    shown = f"{month:02d}" if pad else str(month)
    (found,) = find_times(f"截至{year}年{shown}月，全市", 2032)
    assert found.value == f"{year}-{month:02d}"


@settings(max_examples=60, deadline=None)
@given(first=st.integers(2010, 2030), length=st.integers(1, 9), mark=st.sampled_from("-—–~至到"))
def test_a_rendered_period_is_read_back(first: int, length: int, mark: str) -> None:
    (found,) = find_times(f"在{first}{mark}{first + length}年期间", 2032)
    assert found.value == f"{first}-{first + length}"
    assert found.last == first + length


@pytest.mark.parametrize(
    ("heading", "target", "time"),
    [
        ("一、2031年工作回顾", False, "2031"),
        ("一、“十五五”时期和2031年工作回顾", False, "2026-2030"),
        ("一、2031年主要工作和“十五五”发展成就", False, "2031"),
        ("二、“十六五”时期主要目标任务", True, "2031-2035"),
        ("三、2032年重点工作", True, "2032"),
        ("三、2032年主要工作", True, "2032"),
        ("四、下一步工作打算", True, "2032"),
        ("（一）过去一年取得的成效", False, "2031"),
    ],
)
def test_a_heading_tells_what_its_section_speaks_of(heading: str, target: bool, time: str) -> None:
    section = section_of_heading(heading, 2032, Section())
    assert (section.target, section.time) == (target, time)


def test_a_heading_without_time_keeps_the_outer_section() -> None:
    outer = Section(True, "2032")
    assert section_of_heading("（一）着力扩大有效需求", 2032, outer) == outer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("过去一年，我们砥砺前行。", Section(False, "2031")),
        ("刚刚过去的2031年，我们攻坚克难。", Section(False, "2031")),
        ("五年来，我们接续奋斗。", Section(False, "2027-2031")),
        ("——这五年，创新动能加快释放。", Section(False, "2027-2031")),
        ("今年是新的起点，任务艰巨。", Section(True, "2032")),
        ("经济稳中向好，结构优化。", Section(False, "2030")),
    ],
)
def test_a_paragraph_may_turn_to_another_time(text: str, expected: Section) -> None:
    assert section_of_opening(text, 2032, Section(False, "2030")) == expected
