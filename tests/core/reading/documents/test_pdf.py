"""A PDF is read in the order a person reads it: columns, paragraphs, tables, furniture apart."""

from __future__ import annotations

import pytest
from document_makers import WIDTH, Placed, column, pdf

from guantong.reading.documents import BlockKind, Document, read_document

SENTENCES = [
    "鼓励高校院所建设概念验证中心，对经认定的中心，按其实际投入的30%给予补助，最高不超过200万元。",
    "支持企业与高校院所共建联合实验室，开展关键核心技术攻关，对承担国家项目的企业给予配套支持。",
    "到2027年，力争建成概念验证中心20家以上，服务成果转化项目500项，带动社会投资超过10亿元。",
    "完善科技金融服务，设立成果转化基金，首期规模5亿元，为初创企业提供投贷联动的综合服务方案。",
]


def read(*pages: list[Placed]) -> Document:
    return read_document(pdf(pages), name="a.pdf")


def texts(document: Document, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.clean for block in document.blocks if block.kind is kind]


def furniture(number: int) -> list[Placed]:
    return [
        (60, 30, 9, "临江市人民政府公报"),
        (470, 30, 9, "2026年第3期"),
        (280, 800, 9, f"— {number} —"),
    ]


def body(count: int, left: float = 80, width: int = 36) -> list[Placed]:
    text = "\n".join(SENTENCES[number % 4] for number in range(count))
    return column(text, left, 120, width=width)


def test_lines_become_paragraphs() -> None:
    assert texts(read(body(4))) == SENTENCES


def test_offsets_lead_into_the_extracted_text() -> None:
    document = read(body(4))
    for block in document.blocks:
        start = block.clean.index("，")
        assert block.original_span(start, start + 1).of(document.text) == "，"
        broken = block.span.of(document.text)
        assert broken.replace("\n", "") == block.clean


def test_headers_footers_and_page_numbers_are_noise_of_their_page() -> None:
    document = read(*(furniture(number) + body(3) for number in range(1, 10)))
    noise = [block for block in document.blocks if block.kind is BlockKind.NOISE]
    assert {block.rule for block in noise} == {"page_furniture"}
    assert len(noise) == 2 * 9
    assert {block.page for block in noise} == set(range(1, 10))
    assert texts(document) == SENTENCES[:3] * 9


def test_headers_are_known_on_two_pages_already() -> None:
    document = read(furniture(1) + body(2), furniture(2) + body(3))
    assert texts(document) == SENTENCES[:2] + SENTENCES[:3]


def test_a_sentence_that_runs_over_the_page_is_whole() -> None:
    lines = body(2)
    document = read(furniture(1) + lines[:4], furniture(2) + lines[4:])
    assert texts(document) == SENTENCES[:2]
    assert [block.page for block in document.blocks[:2]] == [1, 1]


def test_columns_are_read_one_after_the_other() -> None:
    text = "\n".join(SENTENCES)
    left = column(text, 40, 120, width=20)
    right = column(text.replace("企业", "公司"), 310, 120, width=20)
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    found = texts(read(mixed))
    assert found == SENTENCES + [sentence.replace("企业", "公司") for sentence in SENTENCES]


def test_a_title_over_both_columns_comes_first() -> None:
    title: list[Placed] = [(120, 60, 22, "临江召开科技创新大会部署任务")]
    text = "\n".join(SENTENCES)
    page = column(text, 310, 120, width=20) + column(text, 40, 120, width=20) + title
    document = read(page)
    assert document.head.title == "临江召开科技创新大会部署任务"
    assert document.blocks[0].kind is BlockKind.TITLE
    assert texts(document) == SENTENCES * 2


def test_three_columns_are_read_in_order() -> None:
    text = "\n".join(SENTENCES[:3])
    columns = [column(text.replace("企业", word), left, 100, width=13) for word, left in
               (("企业", 20), ("公司", 205), ("厂家", 390))]  # fmt: skip
    page = [line for group in zip(*columns, strict=True) for line in group]
    expected = [s.replace("企业", word) for word in ("企业", "公司", "厂家") for s in SENTENCES[:3]]
    assert texts(read(page)) == expected


def test_a_title_over_two_lines_is_one() -> None:
    first, second = "临江市人民政府关于印发支持科技成果转化", "若干措施的通知"
    page = [
        ((WIDTH - 18 * len(first)) / 2, 60, 18, first),
        ((WIDTH - 18 * len(second)) / 2, 90, 18, second),
        *body(4),
    ]
    assert read(page).head.title == first + second


def test_headings_in_larger_print_are_headings() -> None:
    page = [*column(SENTENCES[0], 80, 100, width=36), (80, 180, 15, "强化金融支持")]
    page += column("\n".join(SENTENCES[1:]), 80, 220, width=36)
    document = read(page)
    assert texts(document, BlockKind.HEADING) == ["强化金融支持"]


def test_numbered_lines_are_not_run_together() -> None:
    lines = ["一、支持建设", "（一）对平台给予补助。", "（二）对人才给予奖励。", "二、附则"]
    page = column("\n".join([*lines, SENTENCES[0]]), 80, 100, width=36)
    assert [block.clean for block in read(page).blocks] == [*lines, SENTENCES[0]]


def test_a_signature_at_the_right_is_not_run_together() -> None:
    page = [*body(4), (400, 500, 12, "临江市人民政府"), (412, 530, 12, "2026年3月5日")]
    document = read(page)
    assert document.head.issuer == "临江市人民政府"
    assert str(document.head.date) == "2026-03-05"


def test_rows_of_cells_are_a_table() -> None:
    rows = [("年份", "中试平台", "成交额"), ("2024", "12", "310.5"), ("2025", "18", "356.2")]
    cells: list[Placed] = [
        (100 + 130 * place, 400 + 22 * number, 11, text)
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
    ]
    document = read(body(4) + cells)
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert [tuple(span.of(document.text) for span in row) for row in table.cells] == rows


def test_an_empty_cell_does_not_shift_its_row() -> None:
    rows = [("甲", "1", "2"), ("乙", "", "4"), ("丙", "5", "6"), ("丁", "7", "8")]
    cells: list[Placed] = [
        (100 + 130 * place, 400 + 22 * number, 11, text)
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
        if text
    ]
    document = read(body(4) + cells)
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert [tuple(span.of(document.text) for span in row) for row in table.cells] == rows


def test_text_printed_twice_for_weight_is_read_once() -> None:
    page = [
        (80.0, 60.0, 16.0, "支持科技成果转化"),
        (80.3, 60.0, 16.0, "支持科技成果转化"),
        *body(4),
    ]
    assert read(page).text.count("支持科技成果转化") == 1


def test_pages_hold_their_own_text() -> None:
    document = read(body(1), body(2), body(3))
    assert len(document.pages) == 3
    assert document.pages[0].of(document.text).replace("\n", "") == SENTENCES[0]


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    read_document(
        pdf([body(1)] * 5), name="a.pdf", progress=lambda done, total: told.append((done, total))
    )
    assert told == [(number, 5) for number in range(1, 6)]


@pytest.mark.parametrize("blank", [[], [(80.0, 100.0, 12.0, "   ")]])
def test_an_empty_page_among_others_is_no_trouble(blank: list[Placed]) -> None:
    document = read(body(1), blank, body(1))
    assert [block.page for block in document.blocks] == [1, 3]
