"""What is printed is put in order by where it stands alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.documents.readers.layout import (
    Line,
    Segment,
    lines_in_order,
    passages,
)

SIZE = 10.0


def segment(text: str, left: float, top: float, size: float = SIZE) -> Segment:
    return Segment(text, left, left + size * len(text), top, top + size)


def texts(segments: list[Segment]) -> list[str]:
    return [line.text for line in lines_in_order(segments)]


def paragraphs(segments: list[Segment]) -> list[str]:
    return [passage.text.replace("\n", "") for passage in passages(lines_in_order(segments))]


def block(word: str, left: float, lines: int = 6, top: float = 100) -> list[Segment]:
    return [segment(word * 10 + str(number), left, top + 16 * number) for number in range(lines)]


@settings(max_examples=40)
@given(st.permutations(block("左", 40) + block("右", 320)))
def test_columns_are_read_in_order_however_they_were_written(segments: list[Segment]) -> None:
    expected = [part.text for part in block("左", 40) + block("右", 320)]
    assert texts(segments) == expected


def test_what_crosses_the_gutter_parts_the_columns_into_bands() -> None:
    segments = (
        block("甲", 40, top=100)
        + block("乙", 320, top=100)
        + [segment("横" * 30, 100, 220)]
        + block("丙", 40, top=260)
        + block("丁", 320, top=260)
    )
    order = "".join(dict.fromkeys(text[0] for text in texts(segments)))
    assert order == "甲乙横丙丁"


def test_a_page_of_one_column_stays_one() -> None:
    segments = [segment("字" * 40, 60, 100 + 16 * number) for number in range(20)]
    assert {line.column for line in lines_in_order(segments)} == {0}


def test_cells_of_a_wide_table_are_not_taken_for_columns() -> None:
    segments = [
        segment(text, left, 100 + 16 * number)
        for number in range(10)
        for left, text in ((60, "年份"), (200, "12"), (340, "30"))
    ]
    assert {line.column for line in lines_in_order(segments)} == {0}
    assert [len(passage.rows) for passage in passages(lines_in_order(segments))] == [10]


@pytest.mark.parametrize(("gap", "joined"), [(0, "前后"), (2, "前后"), (5, "前 后"), (8, "前 后")])
def test_neighbours_on_a_line_are_joined(gap: float, joined: str) -> None:
    assert texts([segment("前", 50, 100), segment("后", 60 + gap, 100)]) == [joined]


def test_a_wide_gap_parts_a_line() -> None:
    line = lines_in_order([segment("前", 50, 100), segment("后", 90, 100)])[0]
    assert [part.text for part in line.parts] == ["前", "后"]


def test_a_raised_small_mark_belongs_to_its_line() -> None:
    found = texts([segment("注释", 50, 100), segment("1", 70, 98, 5), segment("继续", 76, 100)])
    assert found == ["注释1继续"]


def test_lines_become_paragraphs_by_indent_and_length() -> None:
    segments = [
        segment("一" * 18, 70, 100),
        segment("一" * 20, 50, 116),
        segment("一" * 7 + "。", 50, 132),
        segment("二" * 18, 70, 148),
        segment("二" * 20, 50, 164),
        *[segment("三" * (18 if number % 2 else 20), 70 if number % 2 else 50, 180 + 16 * number)
          for number in range(8)],
    ]  # fmt: skip
    found = paragraphs(segments)
    assert found[0] == "一" * 45 + "。"
    assert found[1].startswith("二" * 38)


def test_a_larger_print_begins_a_new_paragraph() -> None:
    segments = [segment("题" * 10, 50, 60, 18)] + [
        segment("文" * 30, 50, 100 + 16 * number) for number in range(6)
    ]
    assert paragraphs(segments) == ["题" * 10, "文" * 180]


def test_a_wide_space_begins_a_new_paragraph() -> None:
    segments = [segment("文" * 30, 50, 100 + 16 * number) for number in range(6)]
    segments += [segment("文" * 30, 50, 240 + 16 * number) for number in range(6)]
    assert paragraphs(segments) == ["文" * 180, "文" * 180]


def test_centred_lines_of_a_title_are_one_passage() -> None:
    lines = [
        Line([segment("关于支持科技成果转化的若干", 183, 60, 18)]),
        Line([segment("政策措施", 264, 90, 18)]),
        *[Line([segment("文" * 50, 50, 140 + 16 * number)]) for number in range(6)],
    ]
    assert passages(lines)[0].text.replace("\n", "") == "关于支持科技成果转化的若干政策措施"


def test_the_print_of_a_line_is_as_high_as_most_of_it() -> None:
    mixed = segment("中文", 50, 100)
    mixed.extend(Segment("AI", 70, 80, 98, 112), "")
    assert mixed.size == pytest.approx((10 * 2 + 14 * 2) / 4)
    assert mixed.text == "中文AI"
    assert (mixed.top, mixed.bottom) == (98, 112)


PLACED = st.tuples(
    st.text("甲乙丙丁1A", min_size=1, max_size=12), st.floats(0, 500), st.floats(0, 800)
)


@settings(max_examples=60)
@given(st.lists(PLACED, max_size=40))
def test_no_arrangement_loses_or_adds_text(placed: list[tuple[str, float, float]]) -> None:
    segments = [segment(text, left, top) for text, left, top in placed]
    before = sorted("".join(part.text for part in segments))
    found = "".join(line.text for line in lines_in_order(segments)).replace(" ", "")
    assert set(found) <= set(before)
    assert len(found) <= len(before)
    kept = sum(len(passage.text.replace("\n", "").replace(" ", "")) for passage in
               passages(lines_in_order([segment(t, x, y) for t, x, y in placed])))  # fmt: skip
    assert kept == len(found)
