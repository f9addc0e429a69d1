"""Counts in Chinese numerals: exact ones are figures, lists and vague ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_of import ahead, past, triples

from guantong.reading.statements.numerals import below_hundred, find_spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两所高校实现升格。", [("高校", 2, "所")]),
        ("新建三座水厂。", [("水厂", 3, "座")]),
        ("成功发射十二颗卫星。", [("卫星", 12, "颗")]),
        ("新增三十家专精特新企业。", [("专精特新企业", 30, "家")]),
        ("开通了五条国际航线。", [("国际航线", 5, "条")]),
        ("新引进四名院士。", [("院士", 4, "名")]),
        ("建成两座体育馆。", [("体育馆", 2, "座")]),
        ("六家企业入选独角兽榜单，产值增长8%。", [("企业", 6, "家"), ("产值", 8, "%")]),
        (
            "新增高新技术企业20家，建成两座数据中心。",
            [("新增高新技术企业", 20, "家"), ("数据中心", 2, "座")],
        ),
    ],
)
def test_exact_counts_are_figures(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert triples(past(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "抓好五项重点任务。",
        "出台八条措施。",
        "三座城市各有所长，各展所能。",
        "引进二三十家企业。",
        "引进十余家企业。",
        "建成数十座水厂。",
        "这两家企业入选榜单。",
        "第三座水厂建成。",
        "构建三位一体格局，保持两位数增长。",
        "每两家企业建成一个联合体。",
        "新增一家上市公司。",
        "推进“三座城市”建设。",
        "建成两级平台，引进三家以上企业。",
        "贯彻中央八项规定精神，严明纪律。",
    ],
)
def test_lists_vague_counts_and_phrases_are_none(text: str) -> None:
    assert past(text) == []


def test_a_plan_makes_a_count_a_target() -> None:
    (record,) = ahead("新建三座水厂。")
    assert (record["value"], record["modality"], record["comparator"]) == (3, "target", "=")


NUMERALS = "零一二三四五六七八九"


@given(st.integers(2, 99))
def test_every_count_below_a_hundred_is_read(value: int) -> None:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    numeral = head + (NUMERALS[ones] if ones else "")
    assert below_hundred(numeral) == value
    (found,) = find_spelled(f"新建{numeral}座水厂")
    assert (found.value, found.unit) == (value, "座")
