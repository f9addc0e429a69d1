"""Workbooks are read sheet by sheet; hidden sheets stay hidden."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from document_makers import xlsx

from guantong.errors import InputError
from guantong.reading.documents import BlockKind, Document, read_document
from guantong.reading.documents.readers.sheets import cell_text

ROWS = [
    ["2025年主要指标"],
    ["指标", "数值", "单位", "日期"],
    ["研发投入强度", 3.38, "%", datetime.fromisoformat("2026-01-05")],
    ["高新技术企业", 5000.0, "家"],
    [],
    ["注：数据为初步统计"],
]


def read(sheets: dict[str, list[list[object]]], **options: object) -> Document:
    return read_document(xlsx(sheets, **options), name="a.xlsx")  # type: ignore[arg-type]


def table_of(document: Document) -> list[list[str]]:
    block = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    return [[span.of(document.text) for span in row] for row in block.cells]


def test_a_sheet_is_a_table_with_the_text_around_it() -> None:
    document = read({"指标": ROWS})
    assert [block.kind.value for block in document.blocks] == ["title", "table", "paragraph"]
    assert document.head.title == "2025年主要指标"
    assert table_of(document) == [
        ["指标", "数值", "单位", "日期"],
        ["研发投入强度", "3.38", "%", "2026-01-05"],
        ["高新技术企业", "5000", "家", ""],
    ]


def test_every_sheet_is_a_page_under_its_name() -> None:
    document = read({"甲表": ROWS, "乙表": [["a", "b"], [1, 2]]})
    pages = {block.clean: block.page for block in document.blocks}
    assert pages["甲表"] == 1
    assert pages["乙表"] == 2


def test_hidden_sheets_are_not_read() -> None:
    document = read({"甲表": ROWS, "内部": [["秘密", "数"], ["x", 1]]}, hidden=["内部"])
    assert "秘密" not in document.text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("", ""),
        ("  平台 ", "平台"),
        (True, "是"),
        (False, "否"),
        (12.0, "12"),
        (-3.5, "-3.5"),
        (0.1, "0.1"),
        (1e20, "1e+20"),
        (datetime.fromisoformat("2026-01-05"), "2026-01-05"),
        (datetime.fromisoformat("2026-01-05 09:30"), "2026-01-05 09:30:00"),
        (date(2026, 1, 5), "2026-01-05"),
        (time(9, 30), "09:30:00"),
    ],
)
def test_a_cell_is_shown_as_it_is_read(value: object, shown: str) -> None:
    assert cell_text(value) == shown


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read({"甲表": []})
    assert refused.value.code == "documents.no_text"


def test_a_broken_workbook_is_a_damaged_file() -> None:
    from document_makers import archive

    broken = archive({"xl/workbook.xml": "<workbook><sheets>", "[Content_Types].xml": "<a/>"})
    with pytest.raises(InputError) as refused:
        read_document(broken, name="a.xlsx")
    assert refused.value.code == "documents.damaged"
