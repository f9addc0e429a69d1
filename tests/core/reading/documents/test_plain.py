"""Lines of a text file are pieces at their very place; rows of cells are tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.documents import BlockKind, Document, read_document
from guantong.reading.documents.readers.plain import draft_of_text

PROSE = "会议强调，要推动科技创新和产业创新深度融合，加快建设现代化产业体系。"


def read(text: str) -> Document:
    return read_document(text.encode(), name="a.txt")


def cells(document: Document) -> list[list[list[str]]]:
    return [
        [[span.of(document.text).strip() for span in row] for row in block.cells]
        for block in document.blocks
        if block.kind is BlockKind.TABLE
    ]


@settings(max_examples=80)
@given(st.lists(st.sampled_from(["甲乙", "丙。", " ", "　　", "\n", "\r\n", "\r", "\f", "\t"])))
def test_every_piece_stands_at_its_place(parts: list[str]) -> None:
    text = "".join(parts)
    draft = draft_of_text(text)
    for piece in draft.pieces:
        lines = text[piece.start : piece.end].replace("\r\n", "\n").replace("\r", "\n")
        assert lines.split("\n") == piece.text.split("\n")
    assert sum(len(span.of(text)) for span in draft.pages) == len(text)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("甲\n乙\n\n丙\n\n\n丁", [0, 0, 1, 2]),
        ("甲\r\n乙\r\n\r\n丙", [0, 0, 1]),
        ("甲\n   \n乙", [0, 1]),
    ],
)
def test_blank_lines_are_counted(text: str, gaps: list[int]) -> None:
    assert [piece.gap for piece in draft_of_text(text).pieces] == gaps


def test_an_indent_is_noticed() -> None:
    pieces = draft_of_text("甲\n　　乙\n 丙\n").pieces
    assert [piece.indented for piece in pieces] == [False, True, False]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("（上接第1版）会议指出", ["（上接第1版）", "会议指出"]),
        ("会议指出。 （下转第三版）", ["会议指出。", "（下转第三版）"]),
        ("(上接A2版)会议指出(下转第4版)", ["(上接A2版)", "会议指出", "(下转第4版)"]),
        ("（下转第2版）", ["（下转第2版）"]),
        ("见（上接第1版）的文章", ["见（上接第1版）的文章"]),
        ("出版（第3版）", ["出版（第3版）"]),
    ],
)
def test_jump_lines_are_parted_at_either_end(line: str, parts: list[str]) -> None:
    pieces = draft_of_text(f"题目\n{line}\n").pieces[1:]
    assert [piece.text for piece in pieces] == parts
    for piece in pieces:
        assert f"题目\n{line}\n"[piece.start : piece.end] == piece.text


def test_rows_parted_by_tabs_are_a_table() -> None:
    document = read(f"{PROSE}\n年份\t家数\t增长\n2024\t12\t5%\n2025\t\t8%\n{PROSE}\n")
    assert cells(document) == [
        [["年份", "家数", "增长"], ["2024", "12", "5%"], ["2025", "", "8%"]],
    ]


def test_a_single_line_with_a_tab_is_no_table() -> None:
    document = read(f"联系人：\t张老师\n{PROSE}\n")
    assert cells(document) == []


def test_rows_of_other_widths_are_another_table() -> None:
    document = read(f"甲\t1\n乙\t2\n丙\t3\t4\n丁\t5\t6\n{PROSE}\n")
    assert cells(document) == [[["甲", "1"], ["乙", "2"]], [["丙", "3", "4"], ["丁", "5", "6"]]]


def test_a_blank_line_parts_tables() -> None:
    document = read(f"甲\t1\n乙\t2\n\n丙\t3\n丁\t4\n{PROSE}\n")
    assert len(cells(document)) == 2


def test_the_rule_below_the_head_of_a_markdown_table_is_no_row() -> None:
    document = read(f"| 级别 | 补助 |\n| :-- | --: |\n| 省级 | 50万元 |\n\n{PROSE}\n")
    assert cells(document) == [[["级别", "补助"], ["省级", "50万元"]]]


def test_nothing_is_lost_or_moved_in_a_file_of_any_line_ends() -> None:
    text = f"题目在此\r\n\r\n{PROSE}\r\r\n{PROSE}\u2028{PROSE}\n"
    document = read(text)
    assert document.text == text
    assert [b.span.of(text) for b in document.blocks] == ["题目在此", PROSE, PROSE, PROSE]
