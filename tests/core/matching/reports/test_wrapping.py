import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.reports.wrapping import Wrapped, width_of, wrap

MIXED = st.text(alphabet="硅碳负极，。（）“”、 abc1.5≥%", max_size=80)


def test_chinese_takes_two_columns():
    assert width_of("硅碳 Si") == 7
    assert width_of("（+0.42）") == 9


def test_chinese_breaks_anywhere_and_english_at_spaces():
    assert wrap("高首效硅碳负极材料", 8) == ["高首效硅", "碳负极材", "料"]
    assert wrap("layered oxide cathode", 14) == ["layered oxide", "cathode"]
    assert wrap("用 silicon 做负极", 8) == ["用", "silicon", "做负极"]


def test_no_line_begins_with_closing_or_ends_with_opening_marks():
    assert wrap("一二三，四", 6) == ["一二", "三，四"]
    assert wrap("一二（三四）", 6) == ["一二", "（三", "四）"]
    assert wrap("他说“好”", 6) == ["他说", "“好”"]


def test_line_breaks_of_the_text_stay():
    assert wrap("一\n\n二", 10) == ["一", "", "二"]


def test_a_word_longer_than_a_line_is_cut():
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@given(MIXED, st.integers(4, 40))
def test_nothing_is_lost_but_blanks(text, width):
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(MIXED, st.integers(12, 40))
def test_lines_keep_within_the_width_but_for_marks_that_cannot_part(text, width):
    for line in wrap(text, width):
        assert width_of(line) <= width or set(line[1:]) <= set("，。（）“”、 ")


@pytest.mark.parametrize("mark", ["", "· "])
def test_a_cell_of_a_table_is_wrapped_to_its_width(mark):
    from rich.console import Console

    console = Console(file=io.StringIO(), width=12)
    console.print(Wrapped("高首效硅碳负极材料\n二", mark=mark))
    lines = console.file.getvalue().splitlines()
    assert max(map(width_of, lines)) <= 12
    assert lines[0].startswith(mark)
    assert lines[1].startswith(" " * len(mark))
    assert lines[-1] == mark + "二"
