"""A Word file is read with its styles, automatic numbers, tables, notes and page breaks."""

from __future__ import annotations

import pytest
from document_makers import docx, p, part
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.reading.documents import BlockKind, Document, read_document
from guantong.reading.documents.readers.docx_styles import numeral

PROSE = "为支持中试平台建设，加快科技成果转化，培育发展新质生产力，结合本市实际，制定本措施。"
STYLES = """
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="H2"><w:name w:val="标题 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="章标题"/><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="Out"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="C"><w:name w:val="caption"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop2"/></w:style>
<w:style w:styleId="Loop2"><w:name w:val="b"/><w:basedOn w:val="Loop"/></w:style>
"""
LEVEL = '<w:lvl w:ilvl="{}"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
LEVELS = [
    LEVEL.format(0, "chineseCounting", "%1、"),
    LEVEL.format(1, "chineseCounting", "（%2）"),
    LEVEL.format(2, "decimal", "%3."),
]
NUMBERING = f"""
<w:abstractNum w:abstractNumId="0">{"".join(LEVELS)}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{LEVEL.format(0, "bullet", "l")}</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
"""


def numbered(text: str, level: int, list_id: int = 5) -> str:
    mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, extra=mark)


def cell(text: str, *, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(text)}</w:tc>'


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def read(body: str, **files: object) -> Document:
    return read_document(docx(body, **files), name="a.docx")  # type: ignore[arg-type]


def found(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.clean) for block in document.blocks]


def test_styles_make_titles_headings_captions_and_contents() -> None:
    body = (
        p("临江市行动方案", style="T")
        + p("重点任务……3", style="TOC1")
        + p("总体目标", style="H1")
        + p(PROSE)
        + p("算力", style="H2")
        + p("图1 算力布局", style="C")
        + p("保障", style="Own")
        + p("资金", style="Out")
        + p(PROSE)
    )
    assert found(read(body, styles=STYLES)) == [
        ("title", 1, "临江市行动方案"),
        ("noise", 0, "重点任务……3"),
        ("heading", 1, "总体目标"),
        ("paragraph", 0, PROSE),
        ("heading", 2, "算力"),
        ("caption", 0, "图1 算力布局"),
        ("heading", 1, "保障"),
        ("heading", 2, "资金"),
        ("paragraph", 0, PROSE),
    ]


def test_automatic_numbers_are_part_of_the_text() -> None:
    body = "".join(
        (
            numbered("总体要求", 0),
            numbered("指导思想", 1),
            p(PROSE),
            numbered("目标", 1),
            numbered("到2027年建成平台10家。", 2),
            numbered("到2030年建成平台20家。", 2),
            numbered("重点任务", 0),
            numbered("强化投入。", 1),
            numbered("要点", 0, 6),
        )
    )
    texts = [block.clean for block in read(body, numbering=NUMBERING).blocks]
    assert texts == [
        "一、总体要求",
        "（一）指导思想",
        PROSE,
        "（二）目标",
        "1.到2027年建成平台10家。",
        "2.到2030年建成平台20家。",
        "二、重点任务",
        "（一）强化投入。",
        "要点",
    ]


def test_tables_keep_their_cells_and_joined_ones_their_columns() -> None:
    document = read(
        p(PROSE) + table([cell("合计", span=2), cell("5")], [cell("甲"), cell("乙"), cell("6")])
    )
    block = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    cells = [[span.of(document.text) for span in row] for row in block.cells]
    assert cells == [["合计", "", "5"], ["甲", "乙", "6"]]


def test_a_table_inside_a_cell_is_text_of_the_cell() -> None:
    inner = f"<w:tc>{table([cell('甲'), cell('乙')])}</w:tc>"
    document = read(table([cell("外"), inner], [cell("丙"), cell("丁")]))
    cells = [[span.of(document.text) for span in row] for row in document.blocks[0].cells]
    assert cells == [["外", "甲 乙"], ["丙", "丁"]]


def test_deleted_and_hidden_text_is_not_read_but_inserted_text_is() -> None:
    body = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>结尾。</w:t></w:r></w:p>"
    )
    assert read(body).blocks[0].clean == "保留新增结尾。"


def test_a_drawing_and_its_fall_back_are_read_once() -> None:
    box = "<w:txbxContent>" + p("框中的字在此。") + "</w:txbxContent>"
    body = (
        f"<w:p><w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback>"
        f"</AlternateContent></w:r><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
    )
    assert read(body).text.count("框中的字") == 1
    assert PROSE in read(body).text


def test_page_breaks_number_the_pages() -> None:
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    document = read(p(PROSE) + broken + p(PROSE.replace("本市", "全市")))
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.pages[1].of(document.text).strip() == PROSE.replace("本市", "全市")


def test_headers_are_noise_and_footnotes_are_text() -> None:
    document = read(
        p(PROSE),
        parts={
            "word/header1.xml": part("hdr", p("临江市人民政府公报")),
            "word/footnotes.xml": part("footnotes", p("注：数据为初步统计数。")),
        },
    )
    assert [(block.clean, block.rule) for block in document.blocks] == [
        (PROSE, ""),
        ("注：数据为初步统计数。", ""),
        ("临江市人民政府公报", "page_furniture"),
    ]


def test_a_paragraph_is_never_joined_to_the_next() -> None:
    halves = (
        "要坚持稳中求进工作总基调，统筹推进科技创新和产业",
        "创新，支持企业牵头组建创新联合体。",
    )
    assert len(read(p(halves[0]) + p(halves[1])).blocks) == 2


def test_styles_that_inherit_from_each_other_do_no_harm() -> None:
    assert read(p(PROSE, style="Loop"), styles=STYLES).blocks[0].clean == PROSE


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "chineseLegalSimplified", "拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (5, "unknownForm", "5"),
    ],
)
def test_numbers_are_shown_in_their_format(number: int, form: str, shown: str) -> None:
    assert numeral(number, form) == shown


@given(st.integers(1, 99))
def test_roman_numbers_grow_by_one(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[char] for char in numeral(number, "lowerRoman")]
    total = sum(
        -digit if index + 1 < len(digits) and digit < digits[index + 1] else digit
        for index, digit in enumerate(digits)
    )
    assert total == number


def test_broken_xml_is_a_damaged_file() -> None:
    with pytest.raises(InputError) as refused:
        read("<w:p><w:r>")
    assert refused.value.code == "documents.damaged"


def test_a_document_type_in_the_xml_is_refused() -> None:
    from document_makers import archive

    bomb = '<!DOCTYPE x [<!ENTITY a "啊啊啊"><!ENTITY b "&a;&a;&a;">]><w:p>&b;</w:p>'
    with pytest.raises(InputError) as refused:
        read_document(archive({"word/document.xml": bomb}), name="a.docx")
    assert refused.value.code == "documents.doctype"
