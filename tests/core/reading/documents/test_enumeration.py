"""Marks of enumeration are known from figures, versions and words that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.reading.documents.enumeration import inline_markers, marker, value_of
from guantong.reading.documents.readers.docx_styles import numeral


@pytest.mark.parametrize(
    ("line", "style", "number", "end"),
    [
        ("第一编 总则", "part", 1, 3),
        ("第十二章 附则", "chapter", 12, 4),
        ("第三节 金融支持", "section", 3, 3),
        ("第二十三条 对新认定的企业", "article", 23, 5),
        ("第3条 奖励", "article", 3, 3),
        ("一、总体要求", "comma", 1, 2),
        ("十一、保障措施", "comma", 11, 3),
        ("一. 总体要求", "comma", 1, 2),
        ("（三）强化服务", "bracket", 3, 3),
        ("(十)强化服务", "bracket", 10, 3),
        ("1.申报条件", "point", 1, 2),
        ("12、申报条件", "point", 12, 3),
        ("3．申报条件", "point", 3, 2),
        ("（1）营业执照", "point_bracket", 1, 3),
        ("(12) 营业执照", "point_bracket", 12, 4),
        ("2）营业执照", "half_bracket", 2, 2),
        ("①高校", "circle", 1, 1),
        ("一是强化创新", "is", 1, 2),
        ("二要优化环境", "must", 2, 2),
        ("第一，坚持创新", "ordinal", 1, 3),
        ("——经济稳中有进", "dash", 0, 2),
        ("［7］山水工程：", "note", 7, 3),
    ],
)
def test_a_mark_is_known(line: str, style: str, number: int, end: int) -> None:
    found = marker(line)
    assert found is not None
    assert (found.style, found.number, found.end) == (style, number, end)


@pytest.mark.parametrize(
    "line",
    [
        "1.5万家企业",
        "2026年重点工作",
        "一、二、三产业增加值分别增长6%",
        "第三方机构评估",
        "第一条款规定",
        "第九次全国代表大会",
        "一要素市场",
        "三座城市",
        "（新华社北京1月30日电）",
        "（AI）平台",
        "5家企业",
        "——",
        "",
        "十五五时期",
        "12345热线",
    ],
)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert marker(line) is None


@given(st.integers(1, 999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert value_of(numeral(number, "chineseCounting")) == number


@given(st.integers(1, 20))
def test_circled_numbers_are_read_back(number: int) -> None:
    assert value_of(numeral(number, "decimalEnclosedCircle")) == number


def numbers(text: str) -> list[tuple[str, int]]:
    return [(mark.style, mark.number) for mark in inline_markers(text)]


def test_marks_inside_a_paragraph_are_found_in_order() -> None:
    text = "会议强调三项任务：一是强化投入，二是引进人才；三是优化环境。（1）高校；（2）企业。"
    assert numbers(text) == [
        ("is", 1),
        ("is", 2),
        ("is", 3),
        ("point_bracket", 1),
        ("point_bracket", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "这一是非问题必须回答。",
        "会议指出，一是要加快建设。",
        "二是补短板，三是强弱项。",
        "其中，（3）不适用。",
        "增长1.5倍，达到2.6万家。",
    ],
)
def test_a_mark_without_its_sequence_is_none(text: str) -> None:
    assert numbers(text) == []


def test_a_second_sequence_starts_anew() -> None:
    text = "一要学习，二要实干。会议还要求：一要务实，二要清廉，三要高效。"
    assert numbers(text) == [("must", n) for n in (1, 2, 1, 2, 3)]
