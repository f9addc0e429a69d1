"""Clean text reads well and every character of it knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.documents import Block, BlockKind
from guantong.reading.documents.cleaning import clean
from guantong.text.spans import Span

WORDS = ["科技", "成果", "。", "，", "AI", "5", "12.5", "%", "（", "）", "“", "”"]
SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u3000", "\u200b"]
MARKS = ["**", "# ", "- ", "[链接](http://a.cn/b)", "![图](a.png)"]
PIECES = st.sampled_from(WORDS + SPACES + MARKS)


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    cleaned, runs = clean(text, 0, len(text), kind)
    return Block(kind=kind, span=Span(0, len(text)), clean=cleaned, runs=runs)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("建设一批中试平\n台，服务企业", "建设一批中试平台，服务企业"),
        ("突破\n\n200 万元", "突破200万元"),
        ("第 一 条　为了规范", "第一条为了规范"),
        ("在CES 2026上", "在CES 2026上"),
        ("总规模达13800 PFLOPS", "总规模达13800 PFLOPS"),
        ("using the\nGenie Sim 3.0", "using the Genie Sim 3.0"),
        ("增长52 %", "增长52%"),
        ("## 优化营商环境", "优化营商环境"),
        ("- 世界领先园区", "世界领先园区"),
        ("**本报讯** 记者", "本报讯记者"),
        ("见[实施方案](http://a.cn/x.html)全文", "见实施方案全文"),
        ("看图![示意](a.png)说明", "看图说明"),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("发展成效。 姚雯", "发展成效。 姚雯"),
        ("“双高协同 智慧生态”大会", "“双高协同智慧生态”大会"),
    ],
)
def test_prose_is_cleaned(text: str, cleaned: str) -> None:
    assert block(text).clean == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("举行“新年第一会” 聚焦人工智能", "举行“新年第一会” 聚焦人工智能"),
        ("第一章 总 则", "第一章 总则"),
        ("关于印发若干措施\n的通知", "关于印发若干措施的通知"),
    ],
)
def test_a_title_keeps_the_space_between_its_halves(text: str, cleaned: str) -> None:
    assert block(text, BlockKind.TITLE).clean == cleaned


def test_a_table_is_left_as_it_is() -> None:
    assert block("年份\t家数\n2025\t5", BlockKind.TABLE).clean == "年份\t家数\n2025\t5"


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join), st.sampled_from(list(BlockKind)))
def test_every_clean_character_leads_back_to_where_it_stood(text: str, kind: BlockKind) -> None:
    made = block(text, kind)
    previous = -1
    for offset, char in enumerate(made.clean):
        span = made.original_span(offset, offset + 1)
        assert span.end == span.start + 1
        assert span.start > previous
        previous = span.start
        original = span.of(text)
        assert original == char or (char == " " and original.isspace())


@settings(max_examples=80)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join), st.data())
def test_a_stretch_of_clean_text_is_found_in_the_original(text: str, data: st.DataObject) -> None:
    made = block(text)
    start = data.draw(st.integers(0, len(made.clean)))
    end = data.draw(st.integers(start, len(made.clean)))
    quote = made.original_span(start, end).of(text)
    again = made.clean[start:end]
    assert [char for char in again if not char.isspace()] == [
        char for char in clean(quote, 0, len(quote), BlockKind.PARAGRAPH)[0] if not char.isspace()
    ] or any(mark in quote for mark in ("*", "#", "- ", "[", "]", "!"))


def test_nothing_but_space_and_marks_is_ever_dropped() -> None:
    text = "一、 支持 建设（AI）平 台\n奖励 100 万元；"
    assert block(text).clean.replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_stretch_outside_the_block_is_refused() -> None:
    made = block("科技成果")
    for start, end in ((-1, 2), (0, 5), (3, 2)):
        with pytest.raises(ValueError, match="outside"):
            made.original_span(start, end)


def test_an_empty_stretch_has_a_place() -> None:
    made = block("科 技")
    assert made.original_span(1, 1) == Span(2, 2)
    assert made.original_span(2, 2) == Span(3, 3)
